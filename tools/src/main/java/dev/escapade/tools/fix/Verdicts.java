package dev.escapade.tools.fix;

import dev.escapade.advice.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an analysis says of the code.
 *
 * @param findings all of them, whatever their severity
 * @param broken the folders of packages that have errors
 * @param counts what functions allocate
 */
public record Verdicts(List<Finding> findings, Set<String> broken, FunctionCounts counts) {
  public Verdicts {
    findings = List.copyOf(findings);
    broken = Set.copyOf(broken);
  }

  /** Who analyses code. */
  @FunctionalInterface
  public interface Analyst {
    /**
     * Analyses the code.
     *
     * @param changed the files, by absolute path, whose content is not the one on disk
     */
    Verdicts analyse(Map<String, byte[]> changed) throws IOException, InterruptedException;
  }
}
