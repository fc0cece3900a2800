package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** Makes users of copies use what is copied, and phis of one value copies. */
final class CopyElim {
  private CopyElim() {}

  static void run(Func f) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block b : f.blocks) {
        for (Value v : b.values) {
          SType t = v.type;
          if ((t.isStruct() || t.isArray()) && t.size() == 0) {
            v.reset(Op.EMPTY);
          }
          args(v);
          changed |= Block.phielim(v);
        }
      }
    }
    NamedValues names = f.names;
    if (names != null) {
      names.followCopies();
    }
    for (Block b : f.blocks) {
      for (int i = 0; i < b.numControls(); i++) {
        Value v = b.control(i);
        if (v.op == Op.COPY) {
          b.replaceControl(i, v.arg(0));
        }
      }
    }
  }

  /** Replaces the arguments of {@code v} that are copies. */
  static void args(Value v) {
    for (int i = 0; i < v.numArgs(); i++) {
      Value a = v.arg(i);
      if (a.op == Op.COPY) {
        v.setArg(i, a.copied());
      }
    }
  }
}
