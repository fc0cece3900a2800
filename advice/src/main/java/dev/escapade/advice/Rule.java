package dev.escapade.advice;

import dev.escapade.advice.finding.RuleInfo;

/** One thing to look for. Rules have no state, and are used by several threads. */
public interface Rule {
  /** What the rule is. */
  RuleInfo info();

  /** Looks at a package and reports what it finds. */
  void check(RuleContext ctx);
}
