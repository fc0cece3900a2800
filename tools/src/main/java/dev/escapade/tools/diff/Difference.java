package dev.escapade.tools.diff;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is not the same on both sides.
 *
 * @param counts the functions whose allocations differ
 * @param decisions the decisions that one side has
 * @param findings the findings that one side has
 */
public record Difference(List<Count> counts, List<Line> decisions, List<Line> findings) {
  /** What stands for the count of a function that a side does not have. */
  public static final String NONE = "-";

  /** A function's allocations before and after. */
  public record Count(String function, String before, String after) {}

  /**
   * A line that one side has.
   *
   * @param added whether it is new
   * @param place where it is on that side
   */
  public record Line(boolean added, String place, String text, Severity severity) {}

  /** Compares two sides. */
  public static Difference of(Side before, Side after) {
    return new Difference(
        counts(before, after),
        lines(before, before.decisions(), after, after.decisions(), Finding::message),
        lines(
            before,
            before.findings(),
            after,
            after.findings(),
            f -> f.rule() + ": " + f.message()));
  }

  /** Reports whether both sides are the same. */
  public boolean isEmpty() {
    return counts.isEmpty() && decisions.isEmpty() && findings.isEmpty();
  }

  /** Reports whether there is a new finding that is no mere note. */
  public boolean isWorse() {
    return findings.stream().anyMatch(l -> l.added() && l.severity() != Severity.NOTE);
  }

  private static List<Count> counts(Side before, Side after) {
    TreeSet<String> functions = new TreeSet<>(before.counts().keySet());
    functions.addAll(after.counts().keySet());
    List<Count> changed = new ArrayList<>();
    for (String function : functions) {
      String old = before.counts().getOrDefault(function, NONE);
      String now = after.counts().getOrDefault(function, NONE);
      boolean none = (old.equals(NONE) || old.equals("0")) && (now.equals(NONE) || now.equals("0"));
      if (!old.equals(now) && !none) {
        changed.add(new Count(function, old, now));
      }
    }
    return changed;
  }

  private static List<Line> lines(
      Side before,
      List<Finding> old,
      Side after,
      List<Finding> now,
      Function<Finding, String> text) {
    List<Line> lines = new ArrayList<>();
    lines.addAll(only(before, old, after, now, text, false));
    lines.addAll(only(after, now, before, old, text, true));
    return lines;
  }

  /** What {@code mine} has more often than {@code theirs}. */
  private static List<Line> only(
      Side side,
      List<Finding> mine,
      Side other,
      List<Finding> theirs,
      Function<Finding, String> text,
      boolean added) {
    Map<String, Integer> known = new HashMap<>();
    theirs.forEach(f -> known.merge(subject(f, other, text), 1, Integer::sum));
    List<Line> lines = new ArrayList<>();
    for (Finding f : mine) {
      if (known.merge(subject(f, side, text), -1, Integer::sum) < 0) {
        String place =
            side.sources().path(f.place().file())
                + ":"
                + f.place().line()
                + ":"
                + f.place().column();
        lines.add(new Line(added, place, text.apply(f), f.severity()));
      }
    }
    return lines;
  }

  private static String subject(Finding f, Side side, Function<Finding, String> text) {
    return String.join("\0", side.sources().path(f.place().file()), f.function(), text.apply(f));
  }
}
