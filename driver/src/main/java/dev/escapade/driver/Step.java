package dev.escapade.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One stage of one package: what a worker does at a time. A package is parsed before anything else
 * is known; it is checked when its imports are, and the middle end decides on it when it has
 * decided on its imports. So a long chain of imports is shortened, as the stages overlap.
 *
 * @param needs the steps that must come before
 */
record Step(Unit unit, Stage stage, List<Step> needs) {
  enum Stage {
    PARSE,
    CHECK,
    DECIDE
  }

  /** All steps of {@code units}, each after those that it needs. */
  static List<Step> of(List<Unit> units, Stage last) {
    List<Step> steps = new ArrayList<>();
    Map<Unit, Step> previous = new HashMap<>();
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(last) > 0) {
        break;
      }
      Map<Unit, Step> current = new HashMap<>();
      for (Unit unit : units) {
        List<Step> needs = new ArrayList<>();
        Step before = previous.get(unit);
        if (before != null) {
          needs.add(before);
          for (Unit imported : unit.imports()) {
            needs.add(current.getOrDefault(imported, before));
          }
        }
        Step step = new Step(unit, stage, List.copyOf(needs));
        current.put(unit, step);
        steps.add(step);
      }
      previous = current;
    }
    return steps;
  }

  /** How much work it is, in bytes of source. */
  int weight() {
    return unit.sizeBytes();
  }

  // Steps are equal only to themselves: comparing what they need would walk the import graph.

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
