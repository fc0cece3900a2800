package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
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
        v.setArg(i, source(a));
      }
    }
  }

  /**
   * What a chain of copies copies; the chain is made short. A cycle, which only dead code has, is
   * cut.
   */
  static Value source(Value copy) {
    Value w = copy.arg(0);
    Value slow = w;
    boolean advance = false;
    while (w.op == Op.COPY) {
      w = w.arg(0);
      if (w == slow) {
        w.reset(Op.UNKNOWN);
        break;
      }
      if (advance) {
        slow = slow.arg(0);
      }
      advance = !advance;
    }
    Value v = copy;
    while (v != w) {
      Value next = v.arg(0);
      v.setArg(0, w);
      v = next;
    }
    return w;
  }
}
