package dev.escapade.ssa.abi;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.SType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one parameter or result is passed.
 *
 * @param type its type
 * @param name the variable in the function that is called, where that is known
 * @param registers the registers of its parts: integer registers from 0, then floating-point ones;
 *     empty if it is passed on the stack
 * @param offset where it is on the stack, or a parameter's room to spill is, in bytes from the
 *     start of that area; -1 if there is none
 */
public record Assignment(SType type, @Nullable Name name, List<Integer> registers, long offset) {
  /** Reports whether this is passed in registers. */
  public boolean inRegisters() {
    return !registers.isEmpty();
  }

  /** The types of the parts in registers, in the order of the registers. */
  public List<SType> registerTypes() {
    return inRegisters() ? Parts.types(type) : List.of();
  }

  /** Where the parts in registers are within the value, in bytes. */
  public long[] registerOffsets() {
    return inRegisters() ? Parts.offsets(type) : new long[0];
  }

  /** Where it is in the frame, in bytes from the first argument. */
  public long frameOffset(AbiInfo info) {
    if (offset < 0) {
      throw new IllegalStateException("nowhere in the frame: " + type);
    }
    return inRegisters() ? offset + info.spillAreaOffset() : offset;
  }
}
