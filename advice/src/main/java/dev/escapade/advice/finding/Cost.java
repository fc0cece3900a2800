package dev.escapade.advice.finding;

/**
 * What it costs each time that the place is reached.
 *
 * @param allocs the number of heap allocations, or {@link #UNKNOWN}
 * @param bytes what they take, rounded up to size classes where that is known, or {@link #UNKNOWN}
 * @param inLoop whether the place is in a loop of its function
 * @param hot whether a profile says that it runs often
 * @param text the cost in words, with the conditions under which it is less; may be empty
 */
public record Cost(long allocs, long bytes, boolean inLoop, boolean hot, String text) {
  /** A figure that cannot be told, or makes no sense for the rule. */
  public static final long UNKNOWN = -1;

  /** Nothing to be told. */
  public static final Cost NONE = new Cost(UNKNOWN, UNKNOWN, false, false, "");
}
