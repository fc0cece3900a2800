package dev.escapade.tools.check;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings for a person: {@code path:line:col: rule-slug: message}, and indented below it the chain
 * of causes, the cost and the fix.
 */
public final class TextReport {
  private static final String INDENT = "    ";

  private final Path dir;
  private final boolean color;
  private final boolean brief;

  /**
   * A report.
   *
   * @param dir what paths are shown relative to
   * @param color whether to use escape sequences
   * @param brief whether to leave out what is indented
   */
  public TextReport(Path dir, boolean color, boolean brief) {
    this.dir = dir;
    this.color = color;
    this.brief = brief;
  }

  /** Writes one finding. */
  public void write(Finding f, PrintStream out) {
    out.println(
        styled("1", place(f.place())) + ": " + styled(hue(f), f.rule()) + ": " + f.message());
    if (brief) {
      return;
    }
    for (CauseStep step : f.cause()) {
      out.println(INDENT + styled("2", place(step.place()) + ":") + " " + step.text());
    }
    String cost = cost(f.cost());
    if (!cost.isEmpty()) {
      out.println(INDENT + "cost: " + cost);
    }
    Fix fix = f.fix();
    if (fix != null) {
      out.println(
          INDENT
              + styled("32", "fix: ")
              + fix.text()
              + (fix.effect().isEmpty() ? "" : " (" + fix.effect() + ")"));
      if (!fix.risk().isEmpty()) {
        out.println(INDENT + "mind: " + fix.risk());
      }
    }
  }

  private static String hue(Finding f) {
    return switch (f.severity()) {
      case ERROR -> "1;31";
      case WARNING -> "33";
      case INFO -> "36";
      case NOTE -> "2";
    };
  }

  private String styled(String codes, String text) {
    return color ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
  }

  /** The cost in words. */
  public static String cost(Cost cost) {
    List<String> parts = new ArrayList<>();
    if (cost.allocs() >= 0) {
      String count = cost.allocs() + (cost.allocs() == 1 ? " allocation" : " allocations");
      String size = cost.bytes() >= 0 ? " of " + cost.bytes() + " bytes" : "";
      parts.add(
          count
              + (cost.allocs() > 1 && cost.bytes() >= 0 ? ", " + cost.bytes() + " bytes" : size)
              + (cost.inLoop() ? " in each round of a loop" : " each time"));
    }
    if (!cost.text().isEmpty()) {
      parts.add(cost.text());
    }
    return String.join("; ", parts);
  }

  private String place(Place p) {
    return shorten(p.file()) + ":" + p.line() + ":" + p.column();
  }

  private String shorten(String file) {
    Path path = Path.of(file);
    return path.startsWith(dir) ? dir.relativize(path).toString() : file;
  }
}
