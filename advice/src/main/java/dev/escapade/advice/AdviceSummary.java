package dev.escapade.advice;

import dev.escapade.advice.code.FunctionFact;
import dev.escapade.advice.finding.Finding;
import java.util.List;
import java.util.Map;

/**
 * What the rules leave of a package.
 *
 * @param functions what importers may want to know of its functions, by their full names
 * @param findings what was found, sorted; empty for a package that nobody asked about
 */
public record AdviceSummary(Map<String, FunctionFact> functions, List<Finding> findings) {
  public AdviceSummary {
    functions = Map.copyOf(functions);
    findings = List.copyOf(findings);
  }
}
