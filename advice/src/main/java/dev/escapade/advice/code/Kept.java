package dev.escapade.advice.code;

import dev.escapade.advice.finding.CauseStep;
import java.util.List;

/**
 * How a function keeps an argument, for those who call it.
 *
 * @param end how
 * @param keeper the variable or function that keeps it; may be empty
 * @param steps what happens in the function
 */
public record Kept(Way.End end, String keeper, List<CauseStep> steps) {
  public Kept {
    steps = List.copyOf(steps);
  }
}
