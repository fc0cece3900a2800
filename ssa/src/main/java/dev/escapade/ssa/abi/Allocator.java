package dev.escapade.ssa.abi;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.SType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives out registers and places on the stack. */
final class Allocator {
  private static final int REG_BYTES = 8;

  private final AbiConfig config;
  private int intUsed;
  private int floatUsed;
  private long stack;
  private long spill;

  Allocator(AbiConfig config) {
    this.config = config;
  }

  /** How many registers are used in this area. */
  int used() {
    return intUsed + floatUsed;
  }

  /** Starts with the results, or ends them: all registers are free again. */
  void nextArea() {
    stack = align(stack, REG_BYTES);
    intUsed = 0;
    floatUsed = 0;
  }

  long stackBytes() {
    return stack;
  }

  long spillBytes() {
    return align(spill, REG_BYTES);
  }

  Assignment assign(SType t, @Nullable Name name, boolean isResult) {
    List<Integer> registers = registers(t);
    long offset = -1;
    if (registers.isEmpty()) {
      offset = align(stack, t.align());
      stack = offset + t.size();
    } else if (!isResult) {
      offset = align(spill, t.align());
      spill = offset + t.size();
    }
    return new Assignment(t, name, registers, offset);
  }

  private List<Integer> registers(SType t) {
    if (t.size() == 0) {
      return List.of();
    }
    int ints = Parts.intRegisters(t);
    int floats = Parts.floatRegisters(t);
    if (ints > config.intRegs() - intUsed || floats > config.floatRegs() - floatUsed) {
      return List.of();
    }
    List<Integer> registers = new ArrayList<>(ints + floats);
    for (SType part : Parts.types(t)) {
      registers.add(part.isFloat() ? config.intRegs() + floatUsed++ : intUsed++);
    }
    return registers;
  }

  private static long align(long x, long a) {
    return (x + a - 1) & -a;
  }
}
