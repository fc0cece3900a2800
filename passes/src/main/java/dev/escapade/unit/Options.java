package dev.escapade.unit;

/**
 * The compiler flags that the middle end obeys.
 *
 * @param messages how often {@code -m} is given
 * @param inlining 1 by default, 0 under {@code -l}, 2 to 4 under {@code -l=2} to {@code -l=4}
 * @param optimize whether {@code -N} is absent
 * @param race whether {@code -race} is given
 * @param debug what {@code -d} says
 */
public record Options(
    int messages, int inlining, boolean optimize, boolean race, DebugSettings debug) {
  /** No messages, everything optimized. */
  public static final Options DEFAULT = ofFlags(0, 0, false);

  /**
   * The options that the flags ask for (cmd/compile/internal/base, "LowerL"): one {@code -l} turns
   * inlining off, and so does {@code -N}.
   *
   * @param messages the count of {@code -m}
   * @param l the count of {@code -l}
   * @param n whether {@code -N} is given
   */
  public static Options ofFlags(int messages, int l, boolean n) {
    int inlining = l <= 1 ? 1 - l : l;
    return new Options(messages, inlining, !n, false, DebugSettings.DEFAULT);
  }

  /** These options with {@code -race} and {@code -d} as given. */
  public Options with(boolean newRace, DebugSettings newDebug) {
    return new Options(messages, inlining, optimize, newRace, newDebug);
  }

  /**
   * These options for a package of the runtime, which is always optimized and never checked
   * (cmd/compile/internal/base, ParseFlags).
   */
  public Options forRuntime() {
    return new Options(messages, inlining, true, race, debug.withoutCheckptr());
  }

  /** Reports whether functions are inlined at all. */
  public boolean inlines() {
    return inlining != 0;
  }
}
