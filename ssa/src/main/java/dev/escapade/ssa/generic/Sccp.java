package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sparse conditional constant propagation (Wegman, Zadeck, "Constant Propagation with Conditional
 * Branches"): assumes values to be constant, and branches not to be taken, until it sees otherwise.
 */
final class Sccp {
  private enum Level {
    TOP,
    CONSTANT,
    BOTTOM
  }

  private record Cell(Level level, @Nullable Value constant) {
    boolean same(Cell c) {
      if (level != c.level) {
        return false;
      }
      Value a = constant;
      Value b = c.constant;
      return a == b || (a != null && b != null && a.op == b.op && a.auxInt == b.auxInt);
    }
  }

  private static final Cell TOP = new Cell(Level.TOP, null);
  private static final Cell BOTTOM = new Cell(Level.BOTTOM, null);

  private final Func f;
  private final ArrayDeque<Edge> edges = new ArrayDeque<>();
  private final ArrayDeque<Value> uses = new ArrayDeque<>();
  private final Set<Edge> visited = new HashSet<>();
  private final boolean[] visitedBlock;
  private final Map<Value, Cell> cells = new HashMap<>();
  private final List<Value> order = new ArrayList<>();
  private final Map<Value, List<Value>> usersOf = new HashMap<>();
  private final Map<Value, List<Block>> blocksOf = new HashMap<>();

  private Sccp(Func f) {
    this.f = f;
    this.visitedBlock = new boolean[f.numBlocks()];
  }

  static void run(Func f) {
    Sccp s = new Sccp(f);
    s.index();
    s.solve();
    s.replace();
  }

  private void index() {
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (!possible(v)) {
          continue;
        }
        for (int i = 0; i < v.numArgs(); i++) {
          if (possible(v.arg(i))) {
            usersOf.computeIfAbsent(v.arg(i), _ -> new ArrayList<>()).add(v);
          }
        }
      }
      for (int i = 0; i < b.numControls(); i++) {
        if (possible(b.control(i))) {
          blocksOf.computeIfAbsent(b.control(i), _ -> new ArrayList<>()).add(b);
        }
      }
    }
  }

  private void solve() {
    edges.add(new Edge(f.entry(), 0));
    while (true) {
      Edge e = edges.poll();
      if (e != null) {
        if (visited.add(e)) {
          enter(e.block());
        }
        continue;
      }
      Value v = uses.poll();
      if (v == null) {
        return;
      }
      visit(v);
    }
  }

  private void enter(Block b) {
    boolean seen = visitedBlock[b.id];
    visitedBlock[b.id] = true;
    for (int i = 0, n = b.values.size(); i < n; i++) {
      Value v = b.values.get(i);
      if (v.op == Op.PHI || !seen) {
        visit(v);
      }
    }
    if (!seen) {
      leave(b);
    }
  }

  private static boolean isConst(Value v) {
    return switch (v.op) {
      case CONST64, CONST32, CONST16, CONST8, CONST_BOOL, CONST32F, CONST64F -> true;
      default -> false;
    };
  }

  /** How many arguments decide whether the operation gives a constant; 0 if it never does. */
  private static int arity(Op op) {
    return switch (op) {
      case NEG8,
          NEG16,
          NEG32,
          NEG64,
          NEG32F,
          NEG64F,
          COM8,
          COM16,
          COM32,
          COM64,
          FLOOR,
          CEIL,
          TRUNC,
          ROUND_TO_EVEN,
          SQRT,
          TRUNC16TO8,
          TRUNC32TO8,
          TRUNC32TO16,
          TRUNC64TO8,
          TRUNC64TO16,
          TRUNC64TO32,
          CVT32TO32F,
          CVT32TO64F,
          CVT64TO32F,
          CVT64TO64F,
          CVT32FTO32,
          CVT32FTO64,
          CVT64FTO32,
          CVT64FTO64,
          CVT32FTO64F,
          CVT64FTO32F,
          CVT_BOOL_TO_UINT8,
          ZERO_EXT8TO16,
          ZERO_EXT8TO32,
          ZERO_EXT8TO64,
          ZERO_EXT16TO32,
          ZERO_EXT16TO64,
          ZERO_EXT32TO64,
          SIGN_EXT8TO16,
          SIGN_EXT8TO32,
          SIGN_EXT8TO64,
          SIGN_EXT16TO32,
          SIGN_EXT16TO64,
          SIGN_EXT32TO64,
          CTZ8,
          CTZ16,
          CTZ32,
          CTZ64,
          SLICEMASK,
          IS_NON_NIL,
          NOT ->
          1;
      case ADD64,
          ADD32,
          ADD16,
          ADD8,
          ADD32F,
          ADD64F,
          SUB64,
          SUB32,
          SUB16,
          SUB8,
          SUB32F,
          SUB64F,
          MUL64,
          MUL32,
          MUL16,
          MUL8,
          MUL32F,
          MUL64F,
          DIV32F,
          DIV64F,
          DIV8,
          DIV16,
          DIV32,
          DIV64,
          DIV8U,
          DIV16U,
          DIV32U,
          DIV64U,
          MOD8,
          MOD16,
          MOD32,
          MOD64,
          MOD8U,
          MOD16U,
          MOD32U,
          MOD64U,
          EQ64,
          EQ32,
          EQ16,
          EQ8,
          EQ32F,
          EQ64F,
          LESS64,
          LESS32,
          LESS16,
          LESS8,
          LESS64U,
          LESS32U,
          LESS16U,
          LESS8U,
          LESS32F,
          LESS64F,
          LEQ64,
          LEQ32,
          LEQ16,
          LEQ8,
          LEQ64U,
          LEQ32U,
          LEQ16U,
          LEQ8U,
          LEQ32F,
          LEQ64F,
          EQ_B,
          NEQ_B,
          LSH64X64,
          RSH64X64,
          RSH64UX64,
          LSH32X64,
          RSH32X64,
          RSH32UX64,
          LSH16X64,
          RSH16X64,
          RSH16UX64,
          LSH8X64,
          RSH8X64,
          RSH8UX64,
          IS_IN_BOUNDS,
          IS_SLICE_IN_BOUNDS,
          AND8,
          AND16,
          AND32,
          AND64,
          OR8,
          OR16,
          OR32,
          OR64,
          XOR8,
          XOR16,
          XOR32,
          XOR64 ->
          2;
      default -> 0;
    };
  }

  private static boolean possible(Value v) {
    return isConst(v) || v.op == Op.COPY || v.op == Op.PHI || arity(v.op) > 0;
  }

  private Cell cell(Value v) {
    return possible(v) ? cells.getOrDefault(v, TOP) : BOTTOM;
  }

  private void visit(Value v) {
    if (!possible(v)) {
      return;
    }
    Cell old = cell(v);
    Cell c = compute(v);
    if (cells.put(v, c) == null) {
      order.add(v);
    }
    if (c.same(old)) {
      return;
    }
    for (Value u : usersOf.getOrDefault(v, List.of())) {
      if (u != v) {
        uses.add(u);
      }
    }
    for (Block b : blocksOf.getOrDefault(v, List.of())) {
      if (visitedBlock[b.id]) {
        leave(b);
      }
    }
  }

  private Cell compute(Value v) {
    if (isConst(v)) {
      return new Cell(Level.CONSTANT, v);
    }
    if (v.op == Op.COPY) {
      return cell(v.arg(0));
    }
    if (v.op == Op.PHI) {
      return meet(v);
    }
    Cell a = cell(v.arg(0));
    if (arity(v.op) == 1) {
      return a.level == Level.CONSTANT ? fold(v, a, null) : a;
    }
    Cell b = cell(v.arg(1));
    if (a.level == Level.CONSTANT && b.level == Level.CONSTANT) {
      return fold(v, a, b);
    }
    return a.level == Level.BOTTOM || b.level == Level.BOTTOM ? BOTTOM : TOP;
  }

  private Cell meet(Value phi) {
    Cell c = TOP;
    for (int i = 0; i < phi.numArgs(); i++) {
      if (!visited.contains(new Edge(phi.block(), i))) {
        continue;
      }
      Cell a = cell(phi.arg(i));
      if (a.level == Level.BOTTOM
          || (a.level == c.level && a.level == Level.CONSTANT && !a.same(c))) {
        return BOTTOM;
      }
      if (a.level == Level.CONSTANT && c.level == Level.TOP) {
        c = a;
      }
    }
    return c;
  }

  /** Computes with constants by the rules, on a value of its own. */
  private Cell fold(Value v, Cell a, @Nullable Cell b) {
    Value x = f.entry().newValue(v.pos, v.inl, v.op, v.type);
    if (a.constant != null) {
      x.addArg(a.constant);
    }
    if (b != null && b.constant != null) {
      x.addArg(b.constant);
    }
    if (Opt.value(x, false) && isConst(x)) {
      return new Cell(Level.CONSTANT, x);
    }
    x.reset(Op.INVALID);
    return BOTTOM;
  }

  /** Follows the edges out of {@code b} that may be taken. */
  private void leave(Block b) {
    switch (b.kind) {
      case EXIT, RET, RET_JMP, INVALID -> {}
      case DEFER -> edges.addAll(b.succs());
      case FIRST, PLAIN -> edges.add(b.succEdge(0));
      case IF, JUMP_TABLE -> {
        Cell c = cell(b.control(0));
        Value k = c.constant;
        if (c.level == Level.BOTTOM) {
          edges.addAll(b.succs());
        } else if (k != null) {
          long i = b.kind == BlockKind.IF ? 1 - k.auxInt : k.auxInt;
          if (i >= 0 && i < b.numSuccs()) {
            edges.add(b.succEdge((int) i));
          }
        }
      }
    }
  }

  private void replace() {
    for (Value v : order) {
      Value k = cell(v).constant;
      if (k == null) {
        continue;
      }
      if (!isConst(v)) {
        v.reset(k.op);
        v.auxInt = k.auxInt;
      }
      for (Block b : blocksOf.getOrDefault(v, List.of())) {
        rewire(b, k);
      }
    }
  }

  private static void rewire(Block b, Value k) {
    if (b.kind == BlockKind.IF) {
      b.removeEdge((int) k.auxInt);
    } else if (b.kind == BlockKind.JUMP_TABLE && k.auxInt >= 0 && k.auxInt < b.numSuccs()) {
      int i = (int) k.auxInt;
      Edge e0 = b.succEdge(0);
      Edge e1 = b.succEdge(i);
      b.setSuccEdge(0, e1);
      b.setSuccEdge(i, e0);
      e0.block().setPredEdge(e0.index(), new Edge(b, i));
      e1.block().setPredEdge(e1.index(), new Edge(b, 0));
      while (b.numSuccs() > 1) {
        b.removeEdge(1);
      }
    } else {
      return;
    }
    b.kind = BlockKind.PLAIN;
    b.likely = 0;
    b.resetControls();
  }
}
