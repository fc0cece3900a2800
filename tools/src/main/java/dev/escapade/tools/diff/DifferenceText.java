package dev.escapade.tools.diff;

import java.io.PrintStream;
import java.util.List;

/** A difference for a terminal, or in Markdown for a pull request's comment. */
public final class DifferenceText {
  /** A comment that nobody reads to its end helps nobody. */
  private static final int MOST_LINES = 200;

  private final PrintStream out;
  private final boolean color;

  /** A writer. */
  public DifferenceText(PrintStream out, boolean color) {
    this.out = out;
    this.color = color;
  }

  /** Writes it as text. */
  public void text(Difference d) {
    if (!d.counts().isEmpty()) {
      out.println("allocations per call");
      for (Difference.Count c : d.counts()) {
        out.println("  " + c.function() + ": " + c.before() + " -> " + c.after());
      }
    }
    section("decisions", d.decisions());
    section("findings", d.findings());
    out.flush();
  }

  private void section(String title, List<Difference.Line> lines) {
    if (!lines.isEmpty()) {
      out.println(title);
      for (Difference.Line line : lines) {
        String text = (line.added() ? "+ " : "- ") + line.place() + ": " + line.text();
        String codes = line.added() ? "32" : "31";
        out.println("  " + (color ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text));
      }
    }
  }

  /** Writes it as Markdown. */
  public void markdown(Difference d, Side before, Side after) {
    out.println("### Escapade: " + before.name() + " → " + after.name());
    out.println();
    if (d.isEmpty()) {
      out.println("No decision, count or finding is different.");
    }
    if (!d.counts().isEmpty()) {
      out.println("| function | allocations per call before | after |");
      out.println("| --- | --- | --- |");
      for (Difference.Count c : d.counts()) {
        out.println(
            "| " + code(c.function()) + " | " + code(c.before()) + " | " + code(c.after()) + " |");
      }
      out.println();
    }
    folded("findings", d.findings());
    folded("decisions", d.decisions());
    out.flush();
  }

  private void folded(String title, List<Difference.Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    long added = lines.stream().filter(Difference.Line::added).count();
    out.println(
        "<details><summary>"
            + title
            + ": "
            + added
            + " new, "
            + (lines.size() - added)
            + " gone</summary>");
    out.println();
    out.println("```diff");
    for (Difference.Line line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      out.println((line.added() ? "+ " : "- ") + line.place() + ": " + line.text());
    }
    out.println("```");
    if (lines.size() > MOST_LINES) {
      out.println();
      out.println((lines.size() - MOST_LINES) + " more are left out.");
    }
    out.println();
    out.println("</details>");
    out.println();
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
