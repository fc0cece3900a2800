package dev.escapade.advice.code;

import dev.escapade.advice.finding.CauseStep;
import java.util.List;

/**
 * How a value comes to be on the heap, in words.
 *
 * @param steps from the value on
 * @param end what made it outlive its frame
 * @param endPos where that is, in this package; 0 if it is not known
 * @param keeper the variable, function or method that keeps it; may be empty
 */
public record Way(List<CauseStep> steps, End end, int endPos, String keeper) {
  /** What is known of a value of which the log says nothing. */
  public static final Way UNKNOWN = new Way(List.of(), End.UNKNOWN, 0, "");

  public Way {
    steps = List.copyOf(steps);
  }

  /** What makes a value outlive its frame. */
  public enum End {
    /** It is returned to a caller. */
    RETURNED,
    /** It is stored in a package-level variable, or in what is reachable from one. */
    GLOBAL,
    /** It is stored through a pointer, as in a field or an element of what lives elsewhere. */
    STORED,
    /** It is sent on a channel. */
    SENT,
    /** A goroutine uses it. */
    GOROUTINE,
    /** It is passed to a method of an interface, of which nothing is known. */
    INTERFACE_CALL,
    /** It is passed to a function value, of which nothing is known. */
    FUNCTION_VALUE,
    /** It is passed to a function that keeps it. */
    CALLEE,
    /** It is too large for a frame, or its size is not constant. */
    SIZE,
    /** A variable outside of the loop keeps it from round to round. */
    LOOP,
    /** It is copied to a slice that is kept. */
    COPIED,
    /** Something refers to it that is on the heap itself. */
    HOLDER,
    /** It is the value of a panic. */
    PANIC,
    /** The log tells nothing. */
    UNKNOWN
  }

  /** Reports whether the value is kept because the program wants to keep it. */
  public boolean isByNeed() {
    return switch (end) {
      case GLOBAL, STORED, SENT, GOROUTINE -> true;
      case RETURNED,
          INTERFACE_CALL,
          FUNCTION_VALUE,
          CALLEE,
          SIZE,
          LOOP,
          COPIED,
          HOLDER,
          PANIC,
          UNKNOWN ->
          false;
    };
  }
}
