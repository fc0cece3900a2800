package dev.escapade.tools.compare;

/**
 * How far two multisets of lines agree.
 *
 * @param same lines that both have
 * @param missing lines that only the Go toolchain has
 * @param extra lines that only Escapade has
 */
record Score(long same, long missing, long extra) {
  static final Score NOTHING = new Score(0, 0, 0);

  /** All lines, each counted once. */
  long total() {
    return same + missing + extra;
  }

  /** The lines on which they differ. */
  long different() {
    return missing + extra;
  }

  /** The share of the lines that are the same, from 0 to 100; 100 when there are no lines. */
  double percent() {
    return total() == 0 ? 100 : 100.0 * same / total();
  }

  Score plus(Score other) {
    return new Score(same + other.same, missing + other.missing, extra + other.extra);
  }
}
