package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.prove.Branches;
import dev.escapade.ssa.prove.Facts;

/** Lets a branch jump past another one whose outcome follows from its own. */
final class BranchRedirect {
  private BranchRedirect() {}

  static boolean run(Func f) {
    Facts facts = new Facts(f);
    facts.checkpoint();
    boolean changed = false;
    for (int i = f.blocks.size() - 1; i >= 0; i--) {
      Block b = f.blocks.get(i);
      if (b.kind == BlockKind.IF && onlyBranches(b)) {
        changed |= redirect(facts, b);
        if (b.numPreds() == 0 && b != f.entry()) {
          b.kind = BlockKind.INVALID;
        }
      }
    }
    facts.restore();
    return changed;
  }

  /** Whether the block computes nothing but its condition. */
  private static boolean onlyBranches(Block b) {
    Value c = b.control(0);
    return c.block() == b ? b.values.size() == 1 && c.uses == 1 : b.values.isEmpty();
  }

  private static boolean redirect(Facts facts, Block b) {
    boolean changed = false;
    for (int k = 0; k < b.numPreds(); k++) {
      Edge e = b.predEdge(k);
      Block p = e.block();
      if (p.kind != BlockKind.IF || p == b) {
        continue;
      }
      facts.checkpoint();
      facts.addBranch(p, e.index() == 1 ? Branches.NEGATIVE : Branches.POSITIVE);
      for (int j = 0; j < 2; j++) {
        facts.checkpoint();
        facts.addBranch(b, j == 0 ? Branches.POSITIVE : Branches.NEGATIVE);
        boolean never = facts.isContradiction();
        facts.restore();
        int way = 1 ^ j;
        if (!never || b.succ(way) == b) {
          continue;
        }
        move(b, k, e, way);
        changed = true;
        k--;
        break;
      }
      facts.restore();
    }
    return changed;
  }

  /** Lets edge in {@code k} of {@code b} lead to where {@code b} goes by {@code way}. */
  private static void move(Block b, int k, Edge e, int way) {
    Block child = b.succ(way);
    b.removePred(k);
    e.block().setSuccEdge(e.index(), new Edge(child, child.numPreds()));
    for (Value v : b.values) {
      if (v.op == Op.PHI) {
        b.removePhiArg(v, k);
      }
    }
    child.addPredEdge(new Edge(e.block(), e.index()));
    int at = b.succEdge(way).index();
    for (Value v : child.values) {
      if (v.op == Op.PHI) {
        v.addArg(v.arg(at));
      }
    }
  }
}
