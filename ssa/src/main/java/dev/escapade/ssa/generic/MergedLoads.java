package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.LoopNest;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells apart the loads that become part of the instruction that uses them (ssa/_gen/AMD64.rules,
 * Go 1.26): two loads from one place are not the same value when one is part of a comparison with 1
 * and the other of a comparison with 2. The form of a load is kept in its auxiliary integer, 0 for
 * an instruction of its own.
 */
final class MergedLoads {
  private final Func f;
  private final LoopNest loops;
  private final Map<Form, Integer> forms = new HashMap<>();

  /**
   * What a load is part of.
   *
   * @param what which instruction
   * @param operand its other operand: a constant, or the number of a value
   */
  private record Form(String what, long operand) {}

  private MergedLoads(Func f) {
    this.f = f;
    this.loops = f.loopNest();
  }

  static void mark(Func f) {
    new MergedLoads(f).mark();
  }

  private void mark() {
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.STORE) {
          changeInPlace(v);
        } else if (v.numArgs() == 1) {
          unary(v);
        } else if (isComparison(v)) {
          compare(v, v.arg(0), v.arg(1), "compare");
          compare(v, v.arg(1), v.arg(0), "compare with");
        } else if (isArithmetic(v.op)) {
          combine(v, v.arg(1), v.arg(0));
          if (v.op.isCommutative()) {
            combine(v, v.arg(0), v.arg(1));
          }
        }
      }
      for (int i = 0; i < b.numControls(); i++) {
        Value c = b.control(i);
        if (isSingle(c) && c.block() == b) {
          form(c, "compare", 0);
        }
      }
    }
  }

  private void unary(Value v) {
    Value x = v.arg(0);
    if (!isSingle(x)) {
      return;
    }
    switch (v.op) {
      case IS_NON_NIL -> {
        if (x.block() == v.block()) {
          form(x, "compare", 0);
        }
      }
      case SIGN_EXT8TO16,
          SIGN_EXT8TO32,
          SIGN_EXT8TO64,
          SIGN_EXT16TO32,
          SIGN_EXT16TO64,
          SIGN_EXT32TO64,
          ZERO_EXT8TO16,
          ZERO_EXT8TO32,
          ZERO_EXT8TO64,
          ZERO_EXT16TO32,
          ZERO_EXT16TO64,
          ZERO_EXT32TO64 ->
          form(x, v.op.text() + " to " + v.type, 0);
      default -> {}
    }
  }

  private void compare(Value v, Value x, Value y, String what) {
    if (!isSingle(x) || x.block() != v.block()) {
      return;
    }
    switch (y.op) {
      case CONST8, CONST16, CONST32, CONST_BOOL, CONST_NIL -> form(x, "compare", y.auxInt);
      case CONST64 -> {
        if (y.auxInt == (int) y.auxInt) {
          form(x, "compare", y.auxInt);
        }
      }
      default -> {
        // Of two loads only one can be part of the instruction.
        if (x.auxInt == 0 && (!isSingle(y) || y.auxInt == 0)) {
          form(x, what, y.id);
        }
      }
    }
  }

  /** {@code v} may read {@code load} as it computes, if the other operand is not needed again. */
  private void combine(Value v, Value load, Value other) {
    if (isSingle(load)
        && load.block() == v.block()
        && load.auxInt == 0
        && other.uses == 1
        && loops.depth(v.block()) <= loops.depth(other.block())
        && !isConstant(other)) {
      form(load, "combine", v.id);
    }
  }

  /** A store of what was there, changed. */
  private void changeInPlace(Value store) {
    Value changed = store.arg(1);
    Value mem = store.arg(2);
    if (changed.uses != 1 || changed.numArgs() != 2 || !isArithmetic(changed.op)) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      Value load = changed.arg(i);
      if (isSingle(load)
          && load.arg(1) == mem
          && !load.type.isFloat()
          && Pointers.isSame(load.arg(0), store.arg(0))) {
        form(load, "change", store.id);
        return;
      }
    }
  }

  private void form(Value load, String what, long operand) {
    load.auxInt = forms.computeIfAbsent(new Form(what, operand), _ -> forms.size() + 1);
  }

  private static boolean isSingle(Value v) {
    return v.op == Op.LOAD && v.uses == 1;
  }

  private static boolean isConstant(Value v) {
    return switch (v.op) {
      case CONST8, CONST16, CONST32, CONST64, CONST_BOOL, CONST_NIL -> true;
      default -> false;
    };
  }

  /** Whether two integers, pointers or booleans are compared. */
  private static boolean isComparison(Value v) {
    return v.numArgs() == 2
        && v.type.isBoolean()
        && !v.arg(0).type.isFloat()
        && switch (v.op) {
          case AND_B, OR_B -> false;
          default -> true;
        };
  }

  private static boolean isArithmetic(Op op) {
    return switch (op) {
      case ADD32,
          ADD64,
          ADD_PTR,
          SUB32,
          SUB64,
          SUB_PTR,
          AND32,
          AND64,
          OR32,
          OR64,
          XOR32,
          XOR64,
          ADD32F,
          ADD64F,
          SUB32F,
          SUB64F,
          MUL32F,
          MUL64F,
          DIV32F,
          DIV64F ->
          true;
      default -> false;
    };
  }
}
