package dev.escapade.profile;

import java.util.Comparator;

/**
 * A call that a profile has seen.
 *
 * @param caller the linker's name of the function that calls
 * @param callee the linker's name of the function that is called
 * @param lineOffset the line of the call, counted from that of the caller's start; may be negative
 *     under line directives
 * @param weight the samples in which the call was going on
 */
public record CallEdge(String caller, String callee, long lineOffset, long weight) {
  /** From the heaviest to the lightest, in an order that depends on the calls only. */
  static final Comparator<CallEdge> BY_WEIGHT =
      Comparator.comparingLong(CallEdge::weight)
          .reversed()
          .thenComparing(CallEdge::caller)
          .thenComparing(CallEdge::callee)
          .thenComparingLong(CallEdge::lineOffset);
}
