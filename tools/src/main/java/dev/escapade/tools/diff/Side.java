package dev.escapade.tools.diff;

import dev.escapade.advice.finding.Finding;
import dev.escapade.report.Sources;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the two revisions.
 *
 * @param name what it is called in output
 * @param decisions what was decided, in the compiler's words
 * @param findings what the rules found
 * @param counts the allocations of each function of the packages, as a number, range or formula
 * @param sources the code
 */
public record Side(
    String name,
    List<Finding> decisions,
    List<Finding> findings,
    SortedMap<String, String> counts,
    Sources sources) {
  public Side {
    decisions = List.copyOf(decisions);
    findings = List.copyOf(findings);
    counts = new TreeMap<>(counts);
  }
}
