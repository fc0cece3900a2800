package dev.escapade.ssa.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reducible loops of a function, and how they are nested. */
public final class LoopNest {
  /** A loop: the blocks that reach a back edge to the header, which dominates them. */
  public static final class Loop {
    public final Block header;
    @Nullable Loop outer;
    int depth;
    boolean inner = true;

    Loop(Block header) {
      this.header = header;
    }

    /** The loop around this one, or null. */
    public @Nullable Loop outer() {
      return outer;
    }

    /** The number of loops around, this one included. */
    public int depth() {
      return depth;
    }

    /** Whether no loop is within this one. */
    public boolean isInner() {
      return inner;
    }
  }

  private final @Nullable Loop[] loopOf;
  private final List<Loop> loops = new ArrayList<>();
  private final DomTree dom;
  private boolean irreducible;

  private LoopNest(Func f) {
    loopOf = new Loop[f.numBlocks()];
    dom = f.domTree();
  }

  /** The innermost loop with the block, or null. */
  public @Nullable Loop loopOf(Block b) {
    return b.id < loopOf.length ? loopOf[b.id] : null;
  }

  /** The loops in the order of discovery. */
  public List<Loop> loops() {
    return loops;
  }

  /** Whether there are loops with several entries, for which nothing here is accurate. */
  public boolean hasIrreducible() {
    return irreducible;
  }

  /** The number of loops around the block. */
  public int depth(Block b) {
    Loop l = loopOf(b);
    return l == null ? 0 : l.depth;
  }

  static LoopNest of(Func f) {
    LoopNest n = new LoopNest(f);
    boolean[] visited = new boolean[f.numBlocks()];
    for (Block b : f.postorder()) {
      n.visit(b, visited);
      visited[b.id] = true;
    }
    for (Loop l : n.loops) {
      depthOf(l);
    }
    return n;
  }

  private static int depthOf(Loop l) {
    if (l.depth == 0) {
      Loop o = l.outer;
      l.depth = o == null ? 1 : depthOf(o) + 1;
    }
    return l.depth;
  }

  /** Finds the innermost loop that {@code b} is in from those of its successors. */
  private void visit(Block b, boolean[] visited) {
    Loop innermost = null;
    for (Edge e : b.succs()) {
      Block s = e.block();
      Loop l = loopOf[s.id];
      if (dom.dominatesOrEq(s, b)) {
        if (l == null) {
          l = new Loop(s);
          loops.add(l);
          loopOf[s.id] = l;
        }
      } else if (!visited[s.id]) {
        irreducible = true;
      } else if (l != null && !dom.dominatesOrEq(l.header, b)) {
        l = nearestOuter(l, b);
      }
      if (l == null || l == innermost) {
        continue;
      }
      if (innermost == null) {
        innermost = l;
      } else if (dom.dominates(innermost.header, l.header)) {
        nest(innermost, l);
        innermost = l;
      } else if (dom.dominates(l.header, innermost.header)) {
        nest(l, innermost);
      }
    }
    if (innermost != null) {
      loopOf[b.id] = innermost;
    }
  }

  private @Nullable Loop nearestOuter(Loop l, Block b) {
    Loop o = l.outer;
    while (o != null && !dom.dominatesOrEq(o.header, b)) {
      o = o.outer;
    }
    return o;
  }

  /** Notes that {@code outer} is somewhere around {@code inner}. */
  private void nest(Loop outer, Loop inner) {
    Loop in = inner;
    Loop old = in.outer;
    while (old != null && dom.dominates(outer.header, old.header)) {
      in = old;
      old = in.outer;
    }
    if (old == outer) {
      return;
    }
    if (old != null) {
      nest(old, outer);
    }
    in.outer = outer;
    outer.inner = false;
  }
}
