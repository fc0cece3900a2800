package dev.escapade.ssa.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Orders of the control-flow graph. Dominators are computed as by Cooper, Harvey and Kennedy, "A
 * Simple, Fast Dominance Algorithm".
 */
final class Dominators {
  private Dominators() {}

  /** The reachable blocks in postorder, successors tried first to last. */
  static Block[] postorder(Func f) {
    boolean[] seen = new boolean[f.numBlocks()];
    int[] next = new int[f.numBlocks()];
    ArrayList<Block> order = new ArrayList<>(f.blocks.size());
    ArrayDeque<Block> stack = new ArrayDeque<>();
    stack.push(f.entry());
    seen[f.entry().id] = true;
    while (!stack.isEmpty()) {
      Block b = stack.element();
      int i = next[b.id]++;
      if (i < b.numSuccs()) {
        Block s = b.succ(i);
        if (!seen[s.id]) {
          seen[s.id] = true;
          stack.push(s);
        }
      } else {
        stack.pop();
        order.add(b);
      }
    }
    return order.toArray(Block[]::new);
  }

  static @Nullable Block[] idom(Func f) {
    Block[] post = f.postorder();
    int[] number = new int[f.numBlocks()];
    for (int i = 0; i < post.length; i++) {
      number[post[i].id] = i;
    }
    @Nullable Block[] idom = new Block[f.numBlocks()];
    Block entry = f.entry();
    idom[entry.id] = entry;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = post.length - 2; i >= 0; i--) {
        Block b = post[i];
        Block d = null;
        for (Edge e : b.preds()) {
          Block p = e.block();
          if (idom[p.id] != null) {
            d = d == null ? p : meet(d, p, number, idom);
          }
        }
        if (d != idom[b.id]) {
          idom[b.id] = d;
          changed = true;
        }
      }
    }
    idom[entry.id] = null;
    return idom;
  }

  private static Block meet(Block first, Block second, int[] number, @Nullable Block[] idom) {
    Block b = first;
    Block c = second;
    while (b != c) {
      if (number[b.id] < number[c.id]) {
        b = up(b, idom);
      } else {
        c = up(c, idom);
      }
    }
    return b;
  }

  private static Block up(Block b, @Nullable Block[] idom) {
    Block d = idom[b.id];
    if (d == null) {
      throw new IllegalStateException("no dominator of " + b);
    }
    return d;
  }
}
