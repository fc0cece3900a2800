package dev.escapade.advice.finding;

import org.jspecify.annotations.Nullable;

/**
 * What it costs each time that the place is reached.
 *
 * @param allocs the number of heap allocations, or {@link #UNKNOWN}
 * @param bytes what they take, rounded up to size classes where that is known, or {@link #UNKNOWN}
 * @param inLoop whether the place is in a loop of its function
 * @param heat what a profile says, if it says that the place runs often; or null
 * @param text the cost in words, with the conditions under which it is less; may be empty
 */
public record Cost(long allocs, long bytes, boolean inLoop, @Nullable Heat heat, String text) {
  /** A figure that cannot be told, or makes no sense for the rule. */
  public static final long UNKNOWN = -1;

  /** Nothing to be told. */
  public static final Cost NONE = new Cost(UNKNOWN, UNKNOWN, false, null, "");

  /** Reports whether a profile says that the place runs often. */
  public boolean hot() {
    return heat != null;
  }

  /** The same with what a profile says. */
  public Cost withHeat(Heat h) {
    return new Cost(allocs, bytes, inLoop, h, text);
  }
}
