package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.LoopNest;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves values down to the blocks that use them, if that lengthens the life of at most one
 * register; loads only to where memory is in the state that they load from. Constants count as part
 * of the instruction that uses them.
 */
final class Tighten {
  private final Func f;
  private final DomTree dom;
  private final @Nullable Value[] startMemory;
  private final boolean[] canMove;

  private Tighten(Func f) {
    this.f = f;
    this.dom = f.domTree();
    this.startMemory = new Value[f.numBlocks()];
    this.canMove = new boolean[f.numValues()];
  }

  static void run(Func f) {
    Tighten t = new Tighten(f);
    t.memoryStates();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        t.canMove[v.id] = isMovable(v);
      }
    }
    boolean changed = true;
    while (changed) {
      changed = t.round();
    }
  }

  private static boolean isMovable(Value v) {
    switch (v.op) {
      case PHI,
          ARG,
          ARG_INT_REG,
          ARG_FLOAT_REG,
          SELECT0,
          SELECT1,
          SELECT_N,
          NIL_CHECK,
          GET_CLOSURE_PTR,
          INL_MARK -> {
        return false;
      }
      default -> {}
    }
    Value first = null;
    for (int i = 0; i < v.numArgs(); i++) {
      Value a = address(v.arg(i));
      if (!needsRegister(a) || a == first) {
        continue;
      }
      if (first != null) {
        return isComparison(v);
      }
      first = a;
    }
    return true;
  }

  /** What of an address is in a register; the offset is part of the instruction. */
  private static Value address(Value v) {
    Value a = v;
    while (a.op == Op.OFF_PTR) {
      a = a.arg(0);
    }
    return a;
  }

  private static boolean needsRegister(Value a) {
    if (a.type.isMemory() || a.type.isVoid() || a.type.isFlags() || a.type.isTuple()) {
      return false;
    }
    return switch (a.op) {
      case SP, SB, CONST8, CONST16, CONST32, CONST_BOOL, CONST_NIL -> false;
      case CONST64 -> a.auxInt != (int) a.auxInt;
      case ADDR, LOCAL_ADDR -> false;
      default -> true;
    };
  }

  /** Whether the result is in the flags where a branch uses it. */
  private static boolean isComparison(Value v) {
    return v.type.isBoolean() && v.numArgs() == 2 && v.uses == 1;
  }

  /** Finds the state of memory at the start of blocks where something asks for it. */
  private void memoryStates() {
    ArrayDeque<Block> changed = new ArrayDeque<>();
    @Nullable Value[] end = new Value[f.numBlocks()];
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        Value mem = null;
        if (v.op == Op.PHI) {
          mem = v.type.isMemory() ? v : null;
        } else if (v.op == Op.INIT_MEM) {
          mem = v;
        } else {
          Value a = v.memoryArg();
          mem = a != null && a.block() != b ? a : null;
        }
        if (mem != null && startMemory[b.id] == null) {
          startMemory[b.id] = mem;
          changed.add(b);
        }
      }
    }
    while (!changed.isEmpty()) {
      Block b = changed.remove();
      Value mem = Objects.requireNonNull(startMemory[b.id]);
      for (int i = 0; i < b.numPreds(); i++) {
        Block p = b.pred(i);
        if (end[p.id] != null) {
          continue;
        }
        Value m = mem.op == Op.PHI && mem.block() == b ? mem.arg(i) : mem;
        end[p.id] = m;
        if (startMemory[p.id] == null) {
          startMemory[p.id] = m;
          changed.add(p);
        }
      }
    }
  }

  private Block common(@Nullable Block a, Block b) {
    Block x = a == null ? b : a;
    while (!dom.dominatesOrEq(x, b)) {
      x = Objects.requireNonNull(dom.parent(x));
    }
    return x;
  }

  private boolean round() {
    @Nullable Block[] target = new Block[f.numValues()];
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        for (int i = 0; i < v.numArgs(); i++) {
          Value a = v.arg(i);
          if (canMove[a.id]) {
            target[a.id] = common(target[a.id], v.op == Op.PHI ? b.pred(i) : b);
          }
        }
      }
      for (int i = 0; i < b.numControls(); i++) {
        Value c = b.control(i);
        if (canMove[c.id]) {
          target[c.id] = common(target[c.id], b);
        }
      }
    }
    LoopNest loops = f.loopNest();
    boolean changed = false;
    for (Block b : f.blocks) {
      int i = 0;
      while (i < b.values.size()) {
        Value v = b.values.get(i);
        Block t = target[v.id];
        if (t != null && !loops.hasIrreducible()) {
          t = outOfLoops(loops, b, t);
        }
        Value mem = v.memoryArg();
        if (t == null || t == b || (mem != null && startMemory[t.id] != mem)) {
          i++;
          continue;
        }
        target[v.id] = t;
        v.moveTo(t, i);
        changed = true;
      }
    }
    return changed;
  }

  /** The block nearest to {@code t} that is in no deeper loop than {@code b}. */
  private Block outOfLoops(LoopNest loops, Block b, Block t) {
    Block x = t;
    LoopNest.Loop from = loops.loopOf(b);
    LoopNest.Loop l = loops.loopOf(x);
    while (l != null && (from == null || l.depth() > from.depth())) {
      x = Objects.requireNonNull(dom.parent(l.header));
      l = loops.loopOf(x);
    }
    return x;
  }
}
