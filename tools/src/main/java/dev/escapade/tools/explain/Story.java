package dev.escapade.tools.explain;

import dev.escapade.advice.finding.Finding;
import java.util.List;

/**
 * What there is to tell of a place.
 *
 * @param target the place
 * @param decided what was decided there, from left to right
 * @param findings what the rules make of it
 * @param allocations what is allocated there at run time, a line each
 * @param withoutInlining what would be decided with inlining off, if that differs; a line each
 * @param withoutProfile what would be decided without the profile, if that differs; a line each
 */
public record Story(
    LineTarget target,
    List<Finding> decided,
    List<Finding> findings,
    List<String> allocations,
    List<String> withoutInlining,
    List<String> withoutProfile) {
  public Story {
    decided = List.copyOf(decided);
    findings = List.copyOf(findings);
    allocations = List.copyOf(allocations);
    withoutInlining = List.copyOf(withoutInlining);
    withoutProfile = List.copyOf(withoutProfile);
  }
}
