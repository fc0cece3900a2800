package dev.escapade.tools.explain;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.report.Sources;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A story as text, with lines of the source and carets below what is meant. */
public final class StoryText {
  private static final int TAB = 4;

  private final Sources sources;
  private final boolean color;
  private final PrintStream out;

  /** A writer. */
  public StoryText(Sources sources, boolean color, PrintStream out) {
    this.sources = sources;
    this.color = color;
    this.out = out;
  }

  /** Writes a story that has something decided. */
  public void write(Story story) {
    Map<Integer, List<Finding>> byColumn = new LinkedHashMap<>();
    for (Finding f : story.decided()) {
      byColumn.computeIfAbsent(f.place().column(), _ -> new ArrayList<>()).add(f);
    }
    boolean first = true;
    for (List<Finding> here : byColumn.values()) {
      if (!first) {
        out.println();
      }
      first = false;
      Place place = here.getFirst().place();
      out.println(styled("1", place(place)) + in(here.getFirst()));
      snippet(place, "  ");
      here.forEach(this::decided);
    }
    section("what it allocates", story.allocations());
    section("with inlining off (-l)", story.withoutInlining());
    section("without the profile (-pgo=off)", story.withoutProfile());
    if (!story.findings().isEmpty()) {
      List<String> lines = new ArrayList<>();
      for (Finding f : story.findings()) {
        Fix fix = f.fix();
        lines.add(f.rule() + ": " + f.message());
        if (fix != null) {
          lines.add("    fix: " + fix.text());
        }
      }
      section("findings", lines);
    }
    out.flush();
  }

  private static String in(Finding f) {
    return f.function().isEmpty() ? "" : " in " + f.function();
  }

  private void decided(Finding f) {
    out.println(f.message());
    int n = 0;
    for (CauseStep step : f.cause()) {
      out.println("  " + ++n + ". " + step.text() + styled("2", "  " + place(step.place())));
      snippet(step.place(), "       ");
    }
    Fix fix = f.fix();
    if (fix != null) {
      out.println("  " + styled("32", "to change it: ") + fix.text());
    }
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(styled("1", title));
      lines.forEach(line -> out.println("  " + line));
    }
  }

  private String place(Place p) {
    return sources.path(p.file()) + ":" + p.line() + ":" + p.column();
  }

  /** The line of a place, and carets below its extent. */
  private void snippet(Place p, String indent) {
    String line = sources.line(p.file(), p.line());
    if (line.isBlank()) {
      return;
    }
    String number = Integer.toString(p.line());
    String before = shown(head(line, p.column()));
    int end = p.endLine() == p.line() ? p.endColumn() : Integer.MAX_VALUE;
    int width = Math.max(1, width(shown(head(line, end))) - width(before));
    out.println(indent + styled("2", number + " | ") + shown(line));
    out.println(
        indent
            + " ".repeat(number.length())
            + styled("2", " | ")
            + " ".repeat(width(before))
            + styled("31", "^".repeat(width)));
  }

  /** What stands before a column, which counts bytes. */
  private static String head(String line, int column) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int length = Math.clamp(column - 1L, 0, bytes.length);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static String shown(String text) {
    return text.replace("\t", " ".repeat(TAB));
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private String styled(String codes, String text) {
    return color ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
  }
}
