package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one value must be.
 *
 * @param op the operation; null for any
 * @param slot where the value is noted
 * @param bound whether the slot already has a value, which must be equal
 * @param literal for a constant its number, or null
 * @param args for each argument what it must be; empty to ask nothing
 * @param parent the slot of the value that this is an argument of; -1 for the root
 * @param index which argument this is
 */
record Pattern(
    @Nullable Op op,
    int slot,
    boolean bound,
    @Nullable Long literal,
    List<Pattern> args,
    int parent,
    int index) {
  /** Whether the arguments may stand in the other order. */
  boolean swaps() {
    return op != null && op.isCommutative() && args.size() >= 2;
  }

  /** Whether the value fits but for its arguments. */
  boolean fits(Value v, @Nullable Value before) {
    if (op != null && v.op != op) {
      return false;
    }
    if (literal != null && v.auxInt != literal) {
      return false;
    }
    if (bound && before != null) {
      return op == null ? v == before : v.auxInt == before.auxInt;
    }
    return args.isEmpty() || v.numArgs() == args.size();
  }
}
