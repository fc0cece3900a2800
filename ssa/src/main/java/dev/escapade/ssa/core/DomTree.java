package dev.escapade.ssa.core;

import org.jspecify.annotations.Nullable;

/**
 * The dominator tree, with intervals that answer in constant time whether a block dominates another
 * one. The children of a block are in the reverse order of the function's list of blocks.
 */
public final class DomTree {
  private final @Nullable Block[] child;
  private final @Nullable Block[] sibling;
  private final @Nullable Block[] parent;
  private final int[] enter;
  private final int[] leave;

  DomTree(Func f, @Nullable Block[] parentOf) {
    int n = f.numBlocks();
    child = new Block[n];
    sibling = new Block[n];
    parent = new Block[n];
    enter = new int[n];
    leave = new int[n];
    for (Block b : f.blocks) {
      Block p = parentOf[b.id];
      if (p != null) {
        parent[b.id] = p;
        sibling[b.id] = child[p.id];
        child[p.id] = b;
      }
    }
    number(f.entry());
  }

  /** Numbers the tree without recursion, as it may be deep. */
  private void number(Block root) {
    int n = 1;
    Block b = root;
    boolean down = true;
    while (true) {
      if (down) {
        enter[b.id] = ++n;
        n += 2;
        Block c = child[b.id];
        if (c != null) {
          b = c;
          continue;
        }
      }
      leave[b.id] = ++n;
      n += 2;
      if (b == root) {
        return;
      }
      Block s = sibling[b.id];
      if (s != null) {
        b = s;
        down = true;
      } else {
        Block p = parent[b.id];
        if (p == null) {
          return;
        }
        b = p;
        down = false;
      }
    }
  }

  /** The first child, or null. */
  public @Nullable Block child(Block b) {
    return child[b.id];
  }

  /** The next child of the parent, or null. */
  public @Nullable Block sibling(Block b) {
    return sibling[b.id];
  }

  /** The immediate dominator, or null. */
  public @Nullable Block parent(Block b) {
    return parent[b.id];
  }

  /** Whether {@code x} dominates {@code y} or is {@code y}. */
  public boolean dominatesOrEq(Block x, Block y) {
    return x == y || (enter[x.id] <= enter[y.id] && leave[y.id] <= leave[x.id]);
  }

  /** Whether {@code x} dominates {@code y} and is another block. */
  public boolean dominates(Block x, Block y) {
    return x != y && enter[x.id] < enter[y.id] && leave[y.id] < leave[x.id];
  }

  /** A number that grows from a block to those that it dominates. */
  public int order(Block b) {
    return enter[b.id];
  }
}
