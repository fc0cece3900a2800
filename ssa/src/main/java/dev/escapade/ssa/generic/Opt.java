package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.rewrite.Rewriter;

/**
 * Rewrites values by rules that hold on all machines. Rules of one operation are tried in this
 * order: computing with constants, rules written in Java, rules of {@link Identities}.
 */
final class Opt {
  private Opt() {}

  /** The first of three times: products stay products, as later passes look for them. */
  static void early(Func f) {
    Rewriter.apply(f, v -> value(v, true), Opt::block, true);
  }

  static void late(Func f) {
    Rewriter.apply(f, v -> value(v, false), Opt::block, true);
  }

  static boolean value(Value v, boolean early) {
    return Fold.apply(v) || java(v) || Identities.RULES.apply(v, early);
  }

  private static boolean java(Value v) {
    return switch (v.op) {
      case LOAD, STORE, MOVE, ZERO -> MemoryRules.apply(v);
      case SELECT_N, STATIC_LE_CALL, STATIC_CALL, INTER_LE_CALL, MEM_EQ -> CallRules.apply(v);
      default -> CheckRules.apply(v) || AggregateRules.apply(v);
    };
  }

  static boolean block(Block b) {
    if (b.kind != BlockKind.IF) {
      return false;
    }
    Value c = b.control(0);
    if (c.op == Op.NOT) {
      b.setControl(c.arg(0));
      b.swapSuccessors();
      return true;
    }
    if (c.op == Op.CONST_BOOL) {
      boolean taken = c.auxInt != 0;
      b.reset(BlockKind.FIRST);
      if (!taken) {
        b.swapSuccessors();
      }
      return true;
    }
    return false;
  }
}
