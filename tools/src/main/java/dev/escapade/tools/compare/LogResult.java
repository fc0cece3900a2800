package dev.escapade.tools.compare;

import java.util.List;

/**
 * What a comparison of optimization logs found.
 *
 * @param subject what was compared
 * @param score the lines of all logs, each log's as a multiset
 * @param files how many logs either side has
 * @param differences the logs that are not equal byte for byte, by name
 * @param failures what went wrong on either side besides
 * @param wallMillis how long our side took
 */
record LogResult(
    Subject subject,
    Score score,
    int files,
    List<Difference> differences,
    List<String> failures,
    long wallMillis) {
  LogResult {
    differences = List.copyOf(differences);
    failures = List.copyOf(failures);
  }

  /**
   * A log that is not equal.
   *
   * @param file its name
   * @param score its lines
   * @param theirs the first line that differs, as the toolchain has it: a line that we have not,
   *     where there is one; or nothing
   * @param ours the same of our side
   */
  record Difference(String file, Score score, String theirs, String ours) {
    /** Reports whether both have the same lines. */
    boolean isOfOrder() {
      return score.different() == 0;
    }
  }

  /** Reports whether both sides have the same, byte for byte. */
  boolean isEqual() {
    return differences.isEmpty() && failures.isEmpty();
  }

  /** How many logs have the same lines in another order. */
  long inOtherOrder() {
    return differences.stream().filter(Difference::isOfOrder).count();
  }
}
