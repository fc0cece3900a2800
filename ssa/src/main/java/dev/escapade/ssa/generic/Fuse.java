package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;

/**
 * Merges blocks, and branches whose outcome does not matter, to a fixed point. Which of the merges
 * are tried is given as bits.
 */
final class Fuse {
  static final int PLAIN = 1;
  static final int IF = 2;
  static final int INT_IN_RANGE = 4;
  static final int SINGLE_BIT_DIFFERENCE = 8;
  static final int NAN_CHECK = 16;
  static final int BRANCH_REDIRECT = 32;
  static final int SHORT_CIRCUIT = 64;

  private Fuse() {}

  static void early(Func f) {
    run(f, PLAIN | INT_IN_RANGE | SINGLE_BIT_DIFFERENCE | NAN_CHECK);
  }

  static void late(Func f) {
    run(f, PLAIN | IF | BRANCH_REDIRECT);
  }

  static void run(Func f, int kinds) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = f.blocks.size() - 1; i >= 0; i--) {
        Block b = f.blocks.get(i);
        if ((kinds & IF) != 0) {
          changed |= branch(b);
        }
        if ((kinds & INT_IN_RANGE) != 0) {
          changed |= FuseComparisons.intInRange(b);
        }
        if ((kinds & SINGLE_BIT_DIFFERENCE) != 0) {
          changed |= FuseComparisons.singleBitDifference(b);
        }
        if ((kinds & NAN_CHECK) != 0) {
          changed |= FuseComparisons.nanCheck(b);
        }
        if ((kinds & PLAIN) != 0) {
          changed |= plain(b);
        }
        if ((kinds & SHORT_CIRCUIT) != 0) {
          changed |= ShortCircuit.block(b);
        }
      }
      if ((kinds & BRANCH_REDIRECT) != 0) {
        changed |= BranchRedirect.run(f);
      }
      if (changed) {
        f.invalidateCfg();
      }
    }
  }

  /** Replaces a branch both of whose ways lead to the same place with the same values. */
  private static boolean branch(Block b) {
    if (b.kind != BlockKind.IF) {
      return false;
    }
    Block s0 = b.succ(0);
    Block s1 = b.succ(1);
    boolean empty0 = s0.kind == BlockKind.PLAIN && isEmpty(s0);
    boolean empty1 = s1.kind == BlockKind.PLAIN && isEmpty(s1);
    Edge e0 = empty0 ? s0.succEdge(0) : b.succEdge(0);
    Edge e1 = empty1 ? s1.succEdge(0) : b.succEdge(1);
    int i0 = e0.index();
    int i1 = e1.index();
    Block ss0 = e0.block();
    Block ss1 = e1.block();
    if (!empty0) {
      s0 = b;
    }
    if (!empty1) {
      s1 = b;
    }
    if (ss0 != ss1) {
      if (!empty0 || !empty1) {
        return false;
      }
      if (s0 == ss1) {
        s0 = b;
        ss0 = ss1;
      } else if (ss0 == s1) {
        s1 = b;
      } else {
        return false;
      }
    }
    for (Value v : ss0.values) {
      if (v.op == Op.PHI && v.uses > 0 && v.arg(i0) != v.arg(i1)) {
        return false;
      }
    }
    b.removeEdge(0);
    if (s0 != b && s0.numPreds() == 0) {
      s0.removeEdge(0);
      for (Value v : s0.values) {
        v.setBlock(b);
      }
      b.values.addAll(s0.values);
      s0.kind = BlockKind.INVALID;
      s0.values.clear();
      s0.clearSuccs();
      s0.clearPreds();
    }
    b.kind = BlockKind.PLAIN;
    b.likely = 0;
    b.resetControls();
    dropUnused(b);
    return true;
  }

  private static void dropUnused(Block b) {
    ArrayList<Value> todo = new ArrayList<>();
    for (Value v : b.values) {
      if (v.uses == 0 && v.isRemovable()) {
        todo.add(v);
      }
    }
    while (!todo.isEmpty()) {
      Value v = todo.removeLast();
      if (v.uses == 0 && v.isRemovable()) {
        for (int i = 0; i < v.numArgs(); i++) {
          todo.add(v.arg(i));
        }
        v.reset(Op.INVALID);
      }
    }
  }

  /** Whether the block computes nothing that matters. */
  static boolean isEmpty(Block b) {
    for (Value v : b.values) {
      if (v.uses > 0
          || v.op.isCall()
          || v.op.hasSideEffects()
          || v.type.isVoid()
          || v.op.isNilCheck()) {
        return false;
      }
    }
    return true;
  }

  /** Merges the longest chain of blocks through {@code first} into the last of them. */
  private static boolean plain(Block first) {
    Block b = first;
    if (b.kind != BlockKind.PLAIN) {
      return false;
    }
    Block c = b.succ(0);
    if (c.numPreds() != 1 || c == b) {
      return false;
    }
    while (b.numPreds() == 1 && b.pred(0) != c && b.pred(0).kind == BlockKind.PLAIN) {
      b = b.pred(0);
    }
    while (c.kind == BlockKind.PLAIN) {
      Block next = c.succ(0);
      if (next == b || next.numPreds() != 1) {
        break;
      }
      c = next;
    }
    ArrayList<Value> values = new ArrayList<>();
    for (Block x = b; x != c; x = x.succ(0)) {
      for (Value v : x.values) {
        v.setBlock(c);
      }
      values.addAll(x.values);
    }
    c.values.addAll(0, values);
    c.clearPreds();
    for (Edge e : b.preds()) {
      e.block().setSuccEdge(e.index(), new Edge(c, c.numPreds()));
      c.addPredEdge(e);
    }
    Func f = b.func;
    if (f.entry == b) {
      f.entry = c;
    }
    Block x = b;
    while (x != c) {
      Block next = x.succ(0);
      x.kind = BlockKind.INVALID;
      x.values.clear();
      x.clearPreds();
      x.clearSuccs();
      x = next;
    }
    return true;
  }
}
