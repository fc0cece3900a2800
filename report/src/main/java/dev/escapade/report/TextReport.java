package dev.escapade.report;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Findings for a person: {@code path:line:col: rule-slug: message}, and indented below it the chain
 * of causes, the cost and the fix.
 */
final class TextReport {
  private static final String INDENT = "    ";

  private final Sources sources;
  private final boolean color;
  private final StringBuilder text = new StringBuilder();

  private TextReport(Sources sources, boolean color) {
    this.sources = sources;
    this.color = color;
  }

  /**
   * Writes findings.
   *
   * @param brief whether to leave out what is indented
   */
  static void write(Report report, boolean color, boolean brief, OutputStream out)
      throws IOException {
    var writer = new TextReport(report.sources(), color);
    for (Finding f : report.findings()) {
      writer.headline(f);
      if (!brief) {
        writer.details(f);
      }
      out.write(writer.text.toString().getBytes(StandardCharsets.UTF_8));
      writer.text.setLength(0);
    }
  }

  private void headline(Finding f) {
    text.append(styled("1", Wording.place(f.place(), sources))).append(": ");
    text.append(styled(hue(f), f.rule())).append(": ").append(f.message()).append('\n');
  }

  private void details(Finding f) {
    for (CauseStep step : f.cause()) {
      line(styled("2", Wording.place(step.place(), sources) + ":") + " " + step.text());
    }
    String cost = Wording.cost(f.cost());
    if (!cost.isEmpty()) {
      line("cost: " + cost);
    }
    Fix fix = f.fix();
    if (fix != null) {
      line(styled("32", "fix: ") + Wording.fix(fix));
      if (!fix.risk().isEmpty()) {
        line("mind: " + fix.risk());
      }
    }
  }

  private void line(String content) {
    text.append(INDENT).append(content).append('\n');
  }

  private static String hue(Finding f) {
    return switch (f.severity()) {
      case ERROR -> "1;31";
      case WARNING -> "33";
      case INFO -> "36";
      case NOTE -> "2";
    };
  }

  private String styled(String codes, String content) {
    return color ? "\u001b[" + codes + "m" + content + "\u001b[0m" : content;
  }
}
