package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import java.util.List;

/** All rules, sorted by slug. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(new AppendWithoutCapacity(), new ErrorCreatedPerCall(), new InterfaceBoxingEscapes());

  private Rules() {}

  /** All rules, sorted by slug. */
  public static List<Rule> all() {
    return ALL;
  }
}
