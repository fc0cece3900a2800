package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Value;

/** Positions of blocks that have nothing of their own in the source. */
final class Places {
  private Places() {}

  /** Reports whether nothing in the block tells where it is in the source. */
  static boolean isLacking(Block b) {
    if (b.kind != BlockKind.PLAIN || b.pos != 0) {
      return false;
    }
    for (Value v : b.values) {
      if (!isLacking(v)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLacking(Value v) {
    return switch (v.op) {
      case VAR_DEF, VAR_LIVE, PHI -> true;
      case FWD_REF, COPY -> v.type.isMem();
      default -> false;
    };
  }

  /** Gives predecessors that lack a position that of the first value in {@code b}. */
  static void givePredecessors(Block b) {
    long line = 0;
    for (int i = 0; i < b.numPreds(); i++) {
      Block p = b.pred(i);
      if (!isLacking(p)) {
        continue;
      }
      if (line == 0) {
        line = first(b);
      }
      State.setPos(p, line);
      if (p.pos != 0) {
        givePredecessors(p);
      }
    }
  }

  private static long first(Block b) {
    for (Value v : b.values) {
      if (!isLacking(v) && v.pos != 0) {
        return State.pack(v.pos, v.inl);
      }
    }
    return State.pack(b.pos, b.inl);
  }
}
