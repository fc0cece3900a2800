package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import org.jspecify.annotations.Nullable;

/** Slices that grow together, from equal lengths by equal amounts, keep equal lengths. */
final class SlicePairs {
  private enum Where {
    LOOP,
    BRANCH
  }

  /** A phi one of whose slices is longer by {@code difference} than the phi or the other one. */
  private record Growth(long difference, Where where, int index) {}

  private final Facts facts;

  SlicePairs(Facts facts) {
    this.facts = facts;
  }

  private @Nullable Value len(Value slice) {
    return slice.id < facts.lens.length ? facts.lens[slice.id] : null;
  }

  void learn(Block b) {
    Value[] first = new Value[2];
    Growth[] growth = new Growth[2];
    for (Value v : b.values) {
      if (v.uses == 0 || v.op != Op.PHI || v.numArgs() != 2 || len(v) == null) {
        continue;
      }
      Growth g = growth(v);
      if (g == null) {
        continue;
      }
      int k = g.index;
      Value start = len(v.arg(1 - k));
      if (start == null) {
        continue;
      }
      Value w = first[k];
      if (w == null) {
        first[k] = v;
        growth[k] = g;
        continue;
      }
      Value other = len(w.arg(1 - k));
      Value a = len(v);
      Value c = len(w);
      if (g.equals(growth[k])
          && other != null
          && (start == other || facts.isEqual(start, other))
          && a != null
          && c != null) {
        facts.update(b, a, c, Relations.SIGNED, Relations.EQ);
      }
    }
  }

  private static @Nullable Growth growth(Value phi) {
    int i;
    if (phi.arg(0).op != Op.SLICE_MAKE && phi.arg(1).op == Op.SLICE_MAKE) {
      i = 1;
    } else if (phi.arg(0).op == Op.SLICE_MAKE && phi.arg(1).op != Op.SLICE_MAKE) {
      i = 0;
    } else {
      return null;
    }
    Value l = phi.arg(i).arg(1);
    if (l.op != Op.ADD64 && l.op != Op.ADD32) {
      return null;
    }
    Op constant = l.op == Op.ADD64 ? Op.CONST64 : Op.CONST32;
    for (Where where : Where.values()) {
      Value slice = where == Where.LOOP ? phi : phi.arg(1 - i);
      for (int k = 0; k < 2; k++) {
        Value len = l.arg(1 - k);
        if (l.arg(k).op == constant && len.op == Op.SLICE_LEN && len.arg(0) == slice) {
          return new Growth(l.arg(k).auxInt, where, i);
        }
      }
    }
    return null;
  }
}
