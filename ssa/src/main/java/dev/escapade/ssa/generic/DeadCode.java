package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Removes blocks that cannot be reached and values that nothing needs. */
public final class DeadCode {
  private DeadCode() {}

  /** Runs the pass. */
  public static void run(Func f) {
    boolean[] reachable = reachable(f);
    for (Block b : f.blocks) {
      if (!reachable[b.id]) {
        cutEdgesToReachable(b, reachable);
      }
    }
    for (Block b : f.blocks) {
      if (reachable[b.id] && b.kind == BlockKind.FIRST) {
        b.removeEdge(1);
        b.kind = BlockKind.PLAIN;
        b.likely = 0;
      }
    }
    CopyElim.run(f);
    boolean[] live = live(f, reachable);
    NamedValues names = f.names;
    if (names != null) {
      names.retain(live);
    }
    for (Block b : f.blocks) {
      if (!reachable[b.id]) {
        b.resetControls();
      }
      for (Value v : b.values) {
        if (!live[v.id]) {
          v.resetArgs();
        }
      }
    }
    for (Block b : f.blocks) {
      freeDead(f, b, live);
    }
    int n = 0;
    for (int i = 0; i < f.blocks.size(); i++) {
      Block b = f.blocks.get(i);
      if (reachable[b.id]) {
        f.blocks.set(n++, b);
      } else {
        f.freeBlock(b);
      }
    }
    f.blocks.subList(n, f.blocks.size()).clear();
  }

  private static void cutEdgesToReachable(Block b, boolean[] reachable) {
    int i = 0;
    while (i < b.numSuccs()) {
      if (reachable[b.succ(i).id]) {
        b.removeEdge(i);
      } else {
        i++;
      }
    }
  }

  private static void freeDead(Func f, Block b, boolean[] live) {
    int n = 0;
    for (int i = 0; i < b.values.size(); i++) {
      Value v = b.values.get(i);
      if (live[v.id]) {
        b.values.set(n++, v);
      } else {
        f.freeValue(v);
      }
    }
    b.values.subList(n, b.values.size()).clear();
  }

  /** Which blocks can be reached from the entry, by number. */
  public static boolean[] reachable(Func f) {
    boolean[] reachable = new boolean[f.numBlocks()];
    ArrayList<Block> todo = new ArrayList<>();
    reachable[f.entry().id] = true;
    todo.add(f.entry());
    while (!todo.isEmpty()) {
      Block b = todo.removeLast();
      int n = b.kind == BlockKind.FIRST ? 1 : b.numSuccs();
      for (int i = 0; i < n; i++) {
        Block c = b.succ(i);
        if (!reachable[c.id]) {
          reachable[c.id] = true;
          todo.add(c);
        }
      }
    }
    return reachable;
  }

  /** Which values are needed, by number: those with effects, the controls, and their arguments. */
  static boolean[] live(Func f, boolean[] reachable) {
    boolean[] live = new boolean[f.numValues()];
    BitSet inlined = inlinedCalls(f);
    ArrayList<Value> todo = new ArrayList<>();
    for (Block b : f.blocks) {
      if (!reachable[b.id]) {
        continue;
      }
      for (int i = 0; i < b.numControls(); i++) {
        mark(b.control(i), live, todo);
      }
      for (Value v : b.values) {
        if (v.op.isCall() || v.op.hasSideEffects() || v.op.isNilCheck()) {
          mark(v, live, todo);
        }
        if (v.op == Op.INL_MARK && inlined.get((int) v.auxInt)) {
          mark(v, live, todo);
        }
      }
    }
    while (!todo.isEmpty()) {
      Value v = todo.removeLast();
      for (int i = 0; i < v.numArgs(); i++) {
        if (v.op != Op.PHI || reachable[v.block().pred(i).id]) {
          mark(v.arg(i), live, todo);
        }
      }
    }
    return live;
  }

  private static void mark(Value v, boolean[] live, List<Value> todo) {
    if (!live[v.id]) {
      live[v.id] = true;
      todo.add(v);
    }
  }

  /** The inlined calls of which something is left. */
  private static BitSet inlinedCalls(Func f) {
    BitSet calls = new BitSet();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.inl > 0) {
          calls.set(v.inl);
        }
      }
      if (b.inl > 0) {
        calls.set(b.inl);
      }
    }
    return calls;
  }
}
