package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;

/** A rule whose description is given when it is made. */
abstract class SimpleRule implements Rule {
  private final RuleInfo info;

  SimpleRule(String slug, Question question, Severity severity, String title) {
    info = new RuleInfo(slug, title, question, severity);
  }

  @Override
  public final RuleInfo info() {
    return info;
  }
}
