package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The walk over the dominator tree. */
public final class Prove {
  /** To walk into a block, or to leave one. */
  private record Work(Block block, boolean leave) {}

  private final Func f;
  private final Map<Block, InductionVariables.Induction> inductions = new HashMap<>();
  private final Facts facts;
  private final FlowLimits flow;
  private final ValueFacts orders;
  private final Simplify simplify;
  private final SlicePairs slices;
  private int[] depth = {};

  private Prove(Func f) {
    this.f = f;
    for (InductionVariables.Induction v : InductionVariables.find(f)) {
      // A variable that only counts is left for others to reverse.
      if (v.ind().uses != 2 || v.next().uses != 1) {
        inductions.put(v.entry(), v);
      }
    }
    facts = new Facts(f);
    flow = new FlowLimits(facts);
    orders = new ValueFacts(facts);
    simplify = new Simplify(facts);
    slices = new SlicePairs(facts);
  }

  /** Runs the pass. */
  public static void run(Func f) {
    new Prove(f).walk();
  }

  private void walk() {
    facts.checkpoint();
    lengths();
    @Nullable Block[] idom = f.idom();
    DomTree dom = f.domTree();
    ArrayList<Work> work = new ArrayList<>();
    work.add(new Work(f.entry(), false));
    while (!work.isEmpty()) {
      Work w = work.removeLast();
      if (w.leave) {
        facts.restore();
        continue;
      }
      Block b = w.block;
      Block parent = idom[b.id];
      int branch = Branches.of(dom, parent, b);
      facts.checkpoint();
      InductionVariables.Induction v = inductions.get(b);
      if (v != null && parent != null) {
        addInduction(parent, v);
      }
      if (branch != Branches.UNKNOWN && parent != null) {
        facts.addBranch(parent, branch);
      }
      slices.learn(b);
      if (facts.isContradiction()) {
        if (parent != null) {
          removeBranch(parent, branch);
        }
        facts.restore();
        continue;
      }
      sort(b);
      for (int i = 0, n = b.values.size(); i < n; i++) {
        Value x = b.values.get(i);
        flow.learn(x);
        simplify.foldArgs(x);
        orders.learn(b, x);
        simplify.value(b, x);
      }
      branches(dom, b);
      work.add(new Work(b, true));
      for (Block c = dom.child(b); c != null; c = dom.sibling(c)) {
        work.add(new Work(c, false));
      }
    }
    facts.restore();
  }

  /** Lengths and capacities of the same slice are equal. */
  private void lengths() {
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.uses == 0 || (v.op != Op.SLICE_LEN && v.op != Op.SLICE_CAP)) {
          continue;
        }
        @Nullable Value[] table = v.op == Op.SLICE_LEN ? facts.lens : facts.caps;
        int s = v.arg(0).id;
        Value known = table[s];
        if (known != null) {
          facts.update(b, v, known, Relations.SIGNED, Relations.EQ);
        } else {
          table[s] = v;
        }
      }
    }
  }

  private void addInduction(Block b, InductionVariables.Induction v) {
    int d = Relations.SIGNED;
    if (facts.isNonNegative(v.min()) && facts.isNonNegative(v.max())) {
      d |= Relations.UNSIGNED;
    }
    facts.addRestrictions(b, d, v.min(), v.ind(), v.minExclusive() ? Relations.LT : Relations.LE);
    facts.addRestrictions(b, d, v.ind(), v.max(), v.maxInclusive() ? Relations.LE : Relations.LT);
  }

  /** Removes a way out of {@code b} that leads to a block with several ways in. */
  private void branches(DomTree dom, Block b) {
    if (b.kind != BlockKind.IF) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      int branch = i == 0 ? Branches.POSITIVE : Branches.NEGATIVE;
      if (Branches.of(dom, b, b.succ(i)) != Branches.UNKNOWN) {
        continue; // the walk will come there
      }
      facts.checkpoint();
      facts.addBranch(b, branch);
      boolean never = facts.isContradiction();
      facts.restore();
      if (never) {
        removeBranch(b, branch);
        break;
      }
    }
  }

  private static void removeBranch(Block b, int branch) {
    if (branch == Branches.POSITIVE || branch == Branches.NEGATIVE) {
      b.kind = BlockKind.FIRST;
      b.resetControls();
      if (branch == Branches.POSITIVE) {
        b.swapSuccessors();
      }
    }
  }

  /** Sorts the values of a block so that each comes after its arguments; phis come first. */
  private void sort(Block b) {
    if (depth.length < f.numValues()) {
      depth = new int[f.numValues() + 16];
    }
    for (Value v : b.values) {
      depth[v.id] = 0;
    }
    for (Value v : b.values) {
      depth(v);
    }
    b.values.sort(Comparator.<Value>comparingInt(v -> depth[v.id]).thenComparingInt(v -> v.id));
  }

  /** One more than the depth of the deepest argument in the same block, computed with a stack. */
  private void depth(Value root) {
    List<Value> stack = new ArrayList<>();
    stack.add(root);
    while (!stack.isEmpty()) {
      Value v = stack.getLast();
      if (depth[v.id] != 0) {
        stack.removeLast();
        continue;
      }
      int max = 2;
      boolean ready = true;
      if (v.op == Op.PHI) {
        max = 1;
      } else {
        for (int i = 0; i < v.numArgs(); i++) {
          Value a = v.arg(i);
          if (a.block() != v.block()) {
            continue;
          }
          if (depth[a.id] == 0) {
            stack.add(a);
            ready = false;
          } else {
            max = Math.max(max, depth[a.id] + 1);
          }
        }
      }
      if (ready) {
        depth[v.id] = max;
        stack.removeLast();
      }
    }
  }
}
