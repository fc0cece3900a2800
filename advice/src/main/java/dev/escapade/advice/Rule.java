package dev.escapade.advice;

import dev.escapade.advice.finding.RuleInfo;
import java.util.Set;

/** One thing to look for. Rules have no state, and are used by several threads. */
public interface Rule {
  /** What the rule is. */
  RuleInfo info();

  /**
   * The rules whose findings a fix of this rule may bring, because what they find costs less than
   * what is fixed.
   */
  default Set<String> mayLeave() {
    return Set.of();
  }

  /**
   * Reports whether counts may be higher with its fixes though nothing costs more, as counting does
   * not know what they make sure of.
   */
  default boolean isCountedTooHigh() {
    return false;
  }

  /**
   * What its findings depend on besides the package: two rules of a name may have other settings.
   */
  default String settings() {
    return "";
  }

  /** Looks at a package and reports what it finds. */
  void check(RuleContext ctx);
}
