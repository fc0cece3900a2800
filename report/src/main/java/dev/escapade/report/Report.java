package dev.escapade.report;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.RuleInfo;
import java.util.List;

/**
 * What a run found.
 *
 * @param findings in the order of output
 * @param rules all rules that were asked, whether they found something or not
 * @param counts what functions allocate, where a form shows it; may be empty
 * @param sources the code that the findings are about
 * @param version that of the program
 */
public record Report(
    List<Finding> findings,
    List<RuleInfo> rules,
    List<FunctionCount> counts,
    Sources sources,
    String version) {
  public Report {
    findings = List.copyOf(findings);
    rules = List.copyOf(rules);
    counts = List.copyOf(counts);
  }
}
