package dev.escapade.advice.finding;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found at one place.
 *
 * @param rule the rule's slug
 * @param question the question that it answers
 * @param place what it is about; the message is printed at its start
 * @param function the function around it as the compiler spells it, or "" outside of functions
 * @param message one sentence without a full stop
 * @param cause the chain that leads there, from the source of the value on; may be empty
 * @param fix what to do, or null if it is as it has to be
 * @param cold whether the place is on a path that ends in an error or a panic, or runs once
 */
public record Finding(
    String rule,
    Severity severity,
    Question question,
    Place place,
    String function,
    String message,
    List<CauseStep> cause,
    Cost cost,
    @Nullable Fix fix,
    boolean cold)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message);

  public Finding {
    cause = List.copyOf(cause);
  }

  /** The same with another severity. */
  public Finding withSeverity(Severity other) {
    return new Finding(rule, other, question, place, function, message, cause, cost, fix, cold);
  }

  /** The same with what a profile says: what it has seen often is not on a cold path. */
  public Finding withHeat(Heat heat) {
    return new Finding(
        rule, severity, question, place, function, message, cause, cost.withHeat(heat), fix, false);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
