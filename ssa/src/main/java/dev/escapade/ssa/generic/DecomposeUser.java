package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** Replaces phis of structs and arrays by phis of their fields and elements. */
final class DecomposeUser {
  private DecomposeUser() {}

  static void run(Func f) {
    for (Block b : f.blocks) {
      for (int i = 0, n = b.values.size(); i < n; i++) {
        Value v = b.values.get(i);
        if (v.op == Op.PHI) {
          phi(v);
        }
      }
    }
    NamedValues names = f.names;
    if (names != null) {
      names.splitAggregates();
    }
  }

  private static void phi(Value v) {
    SType t = v.type;
    if (!t.isStruct() && !t.isArray()) {
      return;
    }
    if (t.size() == 0) {
      v.reset(Op.EMPTY);
      return;
    }
    int n = t.isStruct() ? t.numFields() : 1;
    Value[] parts = new Value[n];
    for (int i = 0; i < n; i++) {
      parts[i] = v.block().newValue(v.pos, v.inl, Op.PHI, part(t, i));
    }
    Op select = t.isStruct() ? Op.STRUCT_SELECT : Op.ARRAY_SELECT;
    for (Value a : v.args()) {
      for (int i = 0; i < n; i++) {
        parts[i].addArg(a.block().newValueI(v.pos, v.inl, select, part(t, i), i, a));
      }
    }
    v.reset(t.isStruct() ? Op.STRUCT_MAKE : Op.ARRAY_MAKE1);
    v.addArgs(parts);
    for (Value p : parts) {
      phi(p);
    }
  }

  private static SType part(SType t, int i) {
    return t.isStruct() ? t.field(i) : t.elem();
  }
}
