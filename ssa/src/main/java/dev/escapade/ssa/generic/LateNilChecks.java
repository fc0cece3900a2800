package dev.escapade.ssa.generic;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the checks of nil for which there is no instruction that would fault in their place.
 *
 * <p>A check of p in the state of memory m is needless if an instruction of the same block
 * dereferences p with a small offset before memory changes, or with its next change. The release
 * decides this on scheduled instructions. Here only the checks of a block need their order: the
 * checks and loads of one state of memory are scheduled between two changes of it, and the check
 * comes first, as a scheduler takes checks as soon as it can. What instructions are chosen matters
 * only in what they dereference, which this tells from operations and their sizes (amd64).
 */
final class LateNilChecks {
  /** Offsets below this fault for nil. */
  private static final int ZERO_PAGE = 4096;

  /** The most bytes that are moved by loads and stores with offsets of their own. */
  private static final int MAX_UNROLLED_MOVE = 16;

  private static final int MAX_UNROLLED_ZERO = 15;

  private LateNilChecks() {}

  /**
   * Runs after write barriers are expanded.
   *
   * @param left is told of each check that is left, block by block as control flows
   */
  static void run(Func f, Consumer<Value> left) {
    // A block stands before those that it leads to, the first of them first.
    boolean[] seen = new boolean[f.numBlocks()];
    boolean[] done = new boolean[f.numBlocks()];
    ArrayDeque<Block> path = new ArrayDeque<>();
    ArrayDeque<Block> order = new ArrayDeque<>();
    path.push(f.entry());
    while (!path.isEmpty()) {
      Block b = path.pop();
      if (!seen[b.id]) {
        seen[b.id] = true;
        path.push(b);
        for (int i = 0; i < b.numSuccs(); i++) {
          if (!seen[b.succ(i).id]) {
            path.push(b.succ(i));
          }
        }
      } else if (!done[b.id]) {
        done[b.id] = true;
        order.push(b);
      }
    }
    for (Block b : order) {
      block(b, left);
    }
  }

  private static void block(Block b, Consumer<Value> left) {
    List<Value> checks = new ArrayList<>();
    Map<Value, Set<Value>> derefs = new HashMap<>();
    Map<Value, Value> transparent = new HashMap<>();
    for (Value v : b.values) {
      Value mem = v.memoryArg();
      if (v.op == Op.NIL_CHECK) {
        checks.add(v);
      }
      if (mem == null) {
        continue;
      }
      if (v.op == Op.VAR_LIVE || (v.op == Op.VAR_DEF && !hasPointers(v))) {
        transparent.put(mem, v);
      }
      dereferenced(v, derefs.computeIfAbsent(mem, _ -> new HashSet<>()));
    }
    if (checks.size() > 1) {
      checks.clear();
      Schedule.of(b).stream().filter(v -> v.op == Op.NIL_CHECK).forEach(checks::add);
    }
    Map<Value, Set<Value>> later = new HashMap<>();
    List<Value> kept = new ArrayList<>();
    for (int i = checks.size() - 1; i >= 0; i--) {
      Value c = checks.get(i);
      Value p = pointer(c.arg(0));
      boolean needless = false;
      for (Value m = c.arg(1); m != null && !needless; m = transparent.get(m)) {
        needless =
            derefs.getOrDefault(m, Set.of()).contains(p)
                || later.getOrDefault(m, Set.of()).contains(p);
      }
      if (!needless) {
        kept.add(c);
        later.computeIfAbsent(c.arg(1), _ -> new HashSet<>()).add(p);
      }
    }
    kept.reversed().forEach(left);
  }

  private static boolean hasPointers(Value varDef) {
    if (!(varDef.aux instanceof Name n)) {
      return true;
    }
    Type t = n.typeOrNull();
    if (t != null) {
      return varDef.func().config.types.of(t).hasPointers();
    }
    return !(n.opt instanceof SType s) || s.hasPointers();
  }

  /** The pointer without the checks of it. */
  private static Value pointer(Value v) {
    Value p = v;
    while (p.op == Op.NIL_CHECK || p.op == Op.COPY || (p.op == Op.OFF_PTR && p.auxInt == 0)) {
      p = p.arg(0);
    }
    return p;
  }

  private static void add(Value address, boolean offsets, Set<Value> to) {
    Value p = address;
    long offset = 0;
    while (p.op == Op.OFF_PTR || p.op == Op.NIL_CHECK || p.op == Op.COPY) {
      offset += p.op == Op.OFF_PTR ? p.auxInt : 0;
      p = p.arg(0);
    }
    if (offset == 0 || (offsets && offset > 0 && offset < ZERO_PAGE)) {
      to.add(p);
    }
  }

  /** The pointers that {@code v} dereferences. */
  private static void dereferenced(Value v, Set<Value> to) {
    switch (v.op) {
      case LOAD -> {
        if (v.uses > 0) {
          add(v.arg(0), true, to);
        }
      }
      case STORE -> add(v.arg(0), true, to);
      case ZERO -> add(v.arg(0), v.auxInt <= MAX_UNROLLED_ZERO, to);
      case MOVE -> {
        boolean offsets = v.auxInt <= MAX_UNROLLED_MOVE;
        add(v.arg(0), offsets, to);
        add(v.arg(1), offsets, to);
      }
      case ATOMIC_LOAD8,
          ATOMIC_LOAD32,
          ATOMIC_LOAD64,
          ATOMIC_LOAD_PTR,
          ATOMIC_LOAD_ACQ32,
          ATOMIC_LOAD_ACQ64,
          ATOMIC_STORE32,
          ATOMIC_STORE64,
          ATOMIC_STORE_PTR_NO_WB,
          ATOMIC_STORE_REL32,
          ATOMIC_STORE_REL64,
          ATOMIC_EXCHANGE32,
          ATOMIC_EXCHANGE64,
          ATOMIC_ADD32,
          ATOMIC_ADD64,
          ATOMIC_COMPARE_AND_SWAP32,
          ATOMIC_COMPARE_AND_SWAP64,
          ATOMIC_COMPARE_AND_SWAP_REL32 ->
          add(v.arg(0), true, to);
      case ATOMIC_STORE8,
          ATOMIC_EXCHANGE8,
          ATOMIC_AND8,
          ATOMIC_AND32,
          ATOMIC_OR8,
          ATOMIC_OR32,
          ATOMIC_AND64VALUE,
          ATOMIC_AND32VALUE,
          ATOMIC_OR64VALUE,
          ATOMIC_OR32VALUE ->
          add(v.arg(0), false, to);
      default -> {}
    }
  }
}
