package dev.escapade.tools.compare;

import java.util.List;
import java.util.SortedMap;

/**
 * What a comparison found.
 *
 * @param subject what was compared
 * @param packages the score of each package that either side speaks of, by import path
 * @param kinds the kinds of disagreement
 * @param placements the values that only one side has on the heap
 * @param failures what went wrong on our side besides: errors of loading, crashes
 * @param loaded how many packages were loaded, dependencies included
 * @param wallMillis how long our side took
 */
record Result(
    Subject subject,
    SortedMap<String, Score> packages,
    Kinds kinds,
    Placements placements,
    List<String> failures,
    int loaded,
    long wallMillis) {
  /** The score of all packages together. */
  Score total() {
    return packages.values().stream().reduce(Score.NOTHING, Score::plus);
  }
}
