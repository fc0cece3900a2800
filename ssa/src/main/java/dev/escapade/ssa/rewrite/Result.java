package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value to use or to make.
 *
 * @param op the operation of a new value; null to use what the slot has
 * @param slot the slot of a value to use, or -1
 * @param number the constant or other number of a new value, or null
 * @param typeSlot the slot of the value whose type a new value gets, or -1
 * @param typeName the name of the type that a new value gets, or empty
 * @param bits the width of the number, to which it is wrapped
 */
record Result(
    @Nullable Op op,
    int slot,
    @Nullable Expression number,
    int typeSlot,
    String typeName,
    int bits,
    List<Result> args) {
  Result withType(int newTypeSlot, String newTypeName) {
    return new Result(op, slot, number, newTypeSlot, newTypeName, bits, args);
  }
}
