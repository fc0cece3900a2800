package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds variables that a loop counts up or down by a constant. */
final class InductionVariables {
  /**
   * One of them.
   *
   * @param ind its value in an iteration, a phi
   * @param next its value in the next iteration
   * @param entry the block where the body begins
   * @param minExclusive whether {@code min} is not reached
   * @param maxInclusive whether {@code max} is reached
   */
  record Induction(
      Value ind,
      Value next,
      Value min,
      Value max,
      Block entry,
      boolean minExclusive,
      boolean maxInclusive) {}

  /** The parts of {@code phi(init, phi + inc)}; the edge is the one back to the loop's head. */
  private record Parts(Value init, Value inc, Value next, Edge back) {}

  private final Func f;
  private final DomTree dom;

  private InductionVariables(Func f) {
    this.f = f;
    this.dom = f.domTree();
  }

  static List<Induction> find(Func f) {
    InductionVariables finder = new InductionVariables(f);
    List<Induction> list = new ArrayList<>();
    for (int i = 0; i < f.blocks.size(); i++) {
      Induction v = finder.of(f.blocks.get(i));
      if (v != null) {
        list.add(v);
      }
    }
    return list;
  }

  private static boolean isAdd(Op op) {
    return op == Op.ADD64 || op == Op.ADD32 || op == Op.ADD16 || op == Op.ADD8;
  }

  private static @Nullable Parts parts(Value ind) {
    if (ind.op != Op.PHI) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Value n = ind.arg(i);
      if (isAdd(n.op) && (n.arg(0) == ind || n.arg(1) == ind)) {
        Value inc = n.arg(0) == ind ? n.arg(1) : n.arg(0);
        return new Parts(ind.arg(1 - i), inc, n, ind.block().predEdge(i));
      }
    }
    return null;
  }

  private @Nullable Induction of(Block b) {
    if (b.kind != BlockKind.IF || b.numPreds() != 2) {
      return null;
    }
    Value c = b.control(0);
    boolean inclusive;
    switch (c.op) {
      case LEQ64, LEQ32, LEQ16, LEQ8 -> inclusive = true;
      case LESS64, LESS32, LESS16, LESS8 -> inclusive = false;
      default -> {
        return null;
      }
    }
    Value ind = c.arg(0);
    Value limit = c.arg(1);
    boolean less = true;
    Parts p = parts(ind);
    if (p == null) {
      p = parts(limit);
      if (p == null) {
        return null;
      }
      Value t = ind;
      ind = limit;
      limit = t;
      less = false;
    }
    if (ind.block() != b || !p.inc.isIntConst()) {
      return null;
    }
    long step = p.inc.auxInt;
    if (step == 0 || step == least(ind.type)) {
      return null;
    }
    Edge body;
    if (dom.dominatesOrEq(b.succ(0), p.back.block())) {
      body = b.succEdge(0);
    } else if (dom.dominatesOrEq(b.succ(1), p.back.block())) {
      body = b.succEdge(1);
      less = !less;
      inclusive = !inclusive;
    } else {
      return null;
    }
    if (step > 0 != less
        || body.block().numPreds() != 1
        || !dom.dominatesOrEq(body.block(), p.next.block())) {
      return null;
    }
    Bound bound =
        step > 0 ? up(p, ind, limit, step, inclusive) : down(p, ind, limit, step, inclusive);
    if (bound == null) {
      return null;
    }
    return step > 0
        ? new Induction(ind, p.next, p.init, bound.limit, body.block(), false, bound.inclusive)
        : new Induction(ind, p.next, bound.limit, p.init, body.block(), !bound.inclusive, true);
  }

  private static long least(SType t) {
    return -1L << (8 * t.size() - 1);
  }

  private static long greatest(SType t) {
    return ~least(t);
  }

  private record Bound(Value limit, boolean inclusive) {}

  /** The last value that is reached counting up; null if the variable may overflow. */
  private @Nullable Bound up(Parts p, Value ind, Value limit, long step, boolean inclusive) {
    if (limit.isIntConst()) {
      long v = limit.auxInt;
      if (!inclusive) {
        if (v == least(limit.type)) {
          return null;
        }
        v--;
      }
      if (p.init.isIntConst()) {
        long init = p.init.auxInt;
        if (init > v) {
          return null;
        }
        v = init + Long.divideUnsigned(v - init, step) * step;
      }
      if (v > greatest(ind.type) - step) {
        return null;
      }
      return constant(limit, v, inclusive, inclusive ? v : v + 1);
    }
    if (step == 1 && !inclusive) {
      return new Bound(limit, false);
    }
    // Up to len(s)-k there is room for a step of k.
    long k = room(limit);
    boolean fits = k >= 0 && (inclusive ? step <= k : step <= k + 1 && k != greatest(limit.type));
    return fits ? new Bound(limit, inclusive) : null;
  }

  private @Nullable Bound down(Parts p, Value ind, Value limit, long step, boolean inclusive) {
    if (limit.isIntConst()) {
      long v = limit.auxInt;
      if (!inclusive) {
        if (v == greatest(limit.type)) {
          return null;
        }
        v++;
      }
      if (p.init.isIntConst()) {
        long init = p.init.auxInt;
        if (init < v) {
          return null;
        }
        v = init - Long.divideUnsigned(init - v, -step) * -step;
      }
      if (v < least(ind.type) - step) {
        return null;
      }
      return constant(limit, v, inclusive, inclusive ? v : v - 1);
    }
    return step == -1 && !inclusive ? new Bound(limit, false) : null;
  }

  /** The limit {@code v}, inclusive, for which the old one does if it is {@code same}. */
  private Bound constant(Value limit, long v, boolean inclusive, long same) {
    if (same == limit.auxInt) {
      return new Bound(limit, inclusive);
    }
    Value c =
        switch (limit.op) {
          case CONST8 -> f.constInt8(limit.type, (byte) v);
          case CONST16 -> f.constInt16(limit.type, (short) v);
          case CONST32 -> f.constInt32(limit.type, (int) v);
          default -> f.constInt64(limit.type, v);
        };
    return new Bound(c, true);
  }

  /** The k of {@code len(s) - k}; -1 if the value is none. */
  private static long room(Value v) {
    Value x = v;
    Value y = null;
    boolean add = isAdd(v.op);
    boolean sub = v.op == Op.SUB64 || v.op == Op.SUB32 || v.op == Op.SUB16 || v.op == Op.SUB8;
    if (add || sub) {
      x = v.arg(0);
      y = v.arg(1);
      if (add && x.isIntConst()) {
        x = v.arg(1);
        y = v.arg(0);
      }
    }
    if (x.op != Op.SLICE_LEN && x.op != Op.STRING_LEN && x.op != Op.SLICE_CAP) {
      return -1;
    }
    if (y == null) {
      return 0;
    }
    if (!y.isIntConst()) {
      return -1;
    }
    return add ? -y.auxInt : y.auxInt;
  }
}
