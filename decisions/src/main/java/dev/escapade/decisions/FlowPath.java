package dev.escapade.decisions;

import java.util.List;

/**
 * The way that a value takes from a variable or allocation to where it escapes.
 *
 * @param steps from the subject on, one for each assignment
 * @param truncated whether the rest is missing because the path runs in a cycle
 */
public record FlowPath(List<FlowStep> steps, boolean truncated) {
  public FlowPath {
    steps = List.copyOf(steps);
  }
}
