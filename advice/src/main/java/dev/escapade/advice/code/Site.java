package dev.escapade.advice.code;

import dev.escapade.ir.Func;
import dev.escapade.ir.Node;

/**
 * A place of the code that may allocate, with the verdict of escape analysis.
 *
 * @param node the expression, or the variable for {@link Kind#VARIABLE}; of the code, not the tree
 * @param fn the function that is compiled
 * @param pos where it is written
 * @param outerPos where it is in the function that is compiled: the outermost inlined call, or
 *     {@code pos}
 * @param text how the compiler spells it
 * @param onHeap whether escape analysis put it on the heap
 */
public record Site(
    Node node, Kind kind, Func fn, int pos, int outerPos, String text, boolean onHeap) {
  /** What allocates. */
  public enum Kind {
    /** {@code &T{}} or {@code new(T)}. */
    NEW,
    MAKE_SLICE,
    MAKE_MAP,
    MAKE_CHAN,
    SLICE_LITERAL,
    /** The slice for the arguments of a variadic call. */
    ARGUMENT_SLICE,
    MAP_LITERAL,
    CLOSURE,
    METHOD_VALUE,
    /** The box of a value that becomes an interface. */
    BOX,
    CONCATENATION,
    BYTES_TO_STRING,
    STRING_TO_BYTES,
    /** Conversions between runes and strings. */
    RUNES,
    APPEND,
    /** A variable or parameter. */
    VARIABLE
  }

  /** Reports whether an inlined call brought it here. */
  public boolean isInlined() {
    return pos != outerPos;
  }
}
