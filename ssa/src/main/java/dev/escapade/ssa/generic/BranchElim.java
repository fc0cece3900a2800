package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.BitSet;

/** Replaces short branches that only choose values by conditional moves. */
final class BranchElim {
  /** The most values that may be computed in vain. */
  private static final int MAX_SPECULATED = 2;

  private static final int MAX_COST = 2;

  private BranchElim() {}

  static void run(Func f) {
    BitSet addresses = addresses(f);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block b : f.blocks) {
        changed |= branch(f, addresses, b) || twoWays(f, addresses, b);
      }
    }
  }

  /**
   * The values that loaded addresses depend on: a processor predicts a branch better than it waits
   * for them.
   */
  private static BitSet addresses(Func f) {
    BitSet set = new BitSet();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        switch (v.op) {
          case LOAD,
              ATOMIC_LOAD8,
              ATOMIC_LOAD32,
              ATOMIC_LOAD64,
              ATOMIC_LOAD_PTR,
              ATOMIC_LOAD_ACQ32,
              ATOMIC_LOAD_ACQ64 ->
              set.set(v.arg(0).id);
          case MOVE -> set.set(v.arg(1).id);
          default -> {}
        }
      }
    }
    int before = -1;
    while (set.cardinality() != before) {
      before = set.cardinality();
      for (Block b : f.postorder()) {
        for (int i = b.values.size() - 1; i >= 0; i--) {
          Value v = b.values.get(i);
          if (set.get(v.id)) {
            for (int k = 0; k < v.numArgs(); k++) {
              SType t = v.arg(k).type;
              if (t.isInteger() || t.isPtr() || t.isUnsafePtr()) {
                set.set(v.arg(k).id);
              }
            }
          }
        }
      }
    }
    return set;
  }

  /** Whether there is a conditional move for values of the type of {@code v}. */
  static boolean canCondSelect(Value v) {
    SType t = v.type;
    return t.size() <= 8 && (t.isPtrShaped() || (t.isInteger() && t.size() >= 2));
  }

  private static boolean canSelectPhis(Block post, BitSet addresses) {
    boolean any = false;
    for (Value v : post.values) {
      if (v.op == Op.PHI) {
        any = true;
        if (addresses.get(v.id) || !canCondSelect(v)) {
          return false;
        }
      }
    }
    return any;
  }

  private static boolean isLeaf(Block b) {
    return b.kind == BlockKind.PLAIN && b.numPreds() == 1;
  }

  private static boolean branch(Func f, BitSet addresses, Block dom) {
    if (dom.kind != BlockKind.IF || dom.likely != 0) {
      return false;
    }
    Block simple = null;
    Block post = null;
    for (int i = 0; i < 2; i++) {
      Block bb = dom.succ(i);
      Block other = dom.succ(i ^ 1);
      if (isLeaf(bb) && bb.succ(0) == other) {
        simple = bb;
        post = other;
        break;
      }
    }
    if (simple == null || post == null || post.numPreds() != 2 || post == dom) {
      return false;
    }
    if (!canSelectPhis(post, addresses)
        || simple.values.size() > MAX_SPECULATED
        || !canSpeculativelyExecute(simple)) {
      return false;
    }
    boolean swap = (post.pred(0) == dom) != (dom.succ(0) == post);
    select(post, swap, dom.control(0));
    takeOver(dom, post);
    append(dom, simple);
    append(dom, post);
    clear(post);
    clear(simple);
    f.invalidateCfg();
    return true;
  }

  private static boolean twoWays(Func f, BitSet addresses, Block b) {
    if (b.kind != BlockKind.IF || b.likely != 0) {
      return false;
    }
    Block yes = b.succ(0);
    Block no = b.succ(1);
    if (!isLeaf(yes)
        || yes.values.size() > 1
        || !canSpeculativelyExecute(yes)
        || !isLeaf(no)
        || no.values.size() > 1
        || !canSpeculativelyExecute(no)
        || yes.succ(0) != no.succ(0)) {
      return false;
    }
    Block post = yes.succ(0);
    if (post.numPreds() != 2
        || post == b
        || !canSelectPhis(post, addresses)
        || !isCheap(no, yes, post)) {
      return false;
    }
    boolean swap = post.pred(0) != yes;
    select(post, swap, b.control(0));
    takeOver(b, post);
    append(b, yes);
    append(b, no);
    append(b, post);
    clear(yes);
    clear(no);
    clear(post);
    f.invalidateCfg();
    return true;
  }

  private static boolean isCheap(Block no, Block yes, Block post) {
    int phis = 0;
    int others = 0;
    for (Value v : post.values) {
      if (v.op == Op.PHI) {
        phis++;
      }
      for (int i = 0; i < v.numArgs(); i++) {
        Block b = v.arg(i).block();
        if (b == no || b == yes) {
          others++;
        }
      }
    }
    return phis + (phis > 1 ? others : 0) < MAX_COST;
  }

  private static void select(Block post, boolean swap, Value condition) {
    for (Value v : post.values) {
      if (v.op == Op.PHI) {
        v.op = Op.COND_SELECT;
        if (swap) {
          v.swapArgs(0, 1);
        }
        v.addArg(condition);
      }
    }
  }

  private static void takeOver(Block b, Block post) {
    b.kind = post.kind;
    b.copyControls(post);
    b.aux = post.aux;
    b.clearSuccs();
    for (Edge e : post.succs()) {
      e.block().setPredEdge(e.index(), new Edge(b, b.numSuccs()));
      b.addSuccEdge(e);
    }
  }

  private static void append(Block b, Block from) {
    for (Value v : from.values) {
      v.setBlock(b);
    }
    b.values.addAll(from.values);
  }

  private static void clear(Block b) {
    b.values.clear();
    b.clearPreds();
    b.clearSuccs();
    b.aux = null;
    b.resetControls();
    b.likely = 0;
    b.kind = BlockKind.INVALID;
  }

  /** Whether the values of the block may be computed where they are not needed. */
  static boolean canSpeculativelyExecute(Block b) {
    for (Value v : b.values) {
      if (v.op == Op.PHI
          || isDivision(v.op)
          || v.op == Op.OFF_PTR
          || v.op == Op.ADD_PTR
          || v.op == Op.SUB_PTR
          || v.type.isMemory()
          || v.op.hasSideEffects()
          || (v.op != Op.INL_MARK && v.memoryArg() != null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDivision(Op op) {
    return switch (op) {
      case DIV8,
          DIV8U,
          DIV16,
          DIV16U,
          DIV32,
          DIV32U,
          DIV64,
          DIV64U,
          DIV128U,
          DIV32F,
          DIV64F,
          MOD8,
          MOD8U,
          MOD16,
          MOD16U,
          MOD32,
          MOD32U,
          MOD64,
          MOD64U ->
          true;
      default -> false;
    };
  }
}
