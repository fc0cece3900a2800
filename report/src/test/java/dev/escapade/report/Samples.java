package dev.escapade.report;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Heat;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A report with all that a finding can have, about a file with a tag and characters that trip. */
final class Samples {
  static final Path DIR = Path.of("/src/my shop");
  static final String FILE = "/src/my shop/order.go";
  static final String OTHER = "/lib/sink.go";

  private static final String CODE =
      """
      package shop

      // «Zoë» & </script> are 100% legal here.
      func list(n int) (out []any) {
      	é, x := 1, n; out = append(out, x, é)
      	return out
      }
      """;

  private static final String SINK = "package lib\n\nvar Sink any\n";

  private static final Map<String, String> CONTENT = Map.of(FILE, CODE, OTHER, SINK);

  private Samples() {}

  static Sources sources(String prefix) {
    return new Sources(
        DIR,
        file -> {
          String text = CONTENT.get(file);
          return text == null
              ? null
              : (file.equals(FILE) ? prefix + text : text).getBytes(StandardCharsets.UTF_8);
        });
  }

  /** A place in a file, found by its text on a line. */
  static Place place(String file, String prefix, int line, String part) {
    String text = (file.equals(FILE) ? prefix : "") + CONTENT.get(file);
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int at = text.indexOf(part, start);
    int offset = bytes(text.substring(0, at));
    int column = bytes(text.substring(start, at)) + 1;
    int length = bytes(part);
    return new Place(file, line, column, line, column + length, offset, offset + length);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static Report report() {
    return report("");
  }

  /** The report when the file begins with something else. */
  static Report report(String prefix) {
    int down = (int) prefix.chars().filter(c -> c == '\n').count();
    Place append = place(FILE, prefix, down + 5, "append(out, x, é)");
    Place boxed = place(FILE, prefix, down + 5, "x, é)");
    Place sink = place(OTHER, prefix, 3, "Sink");
    Finding grows =
        new Finding(
            "append-without-capacity",
            Severity.WARNING,
            Question.HOW_MANY,
            append,
            "list",
            "out grows, 100% sure: <see> \"below\"",
            List.of(),
            new Cost(Cost.UNKNOWN, Cost.UNKNOWN, true, null, "about log n allocations"),
            new Fix(
                "make it with capacity 2",
                "1 allocation",
                "",
                List.of(new TextEdit(FILE, append.offset(), append.offset() + 6, "extend"))),
            false);
    Finding boxes =
        new Finding(
            "interface-boxing-escapes",
            Severity.INFO,
            Question.WHO,
            boxed,
            "list",
            "x is boxed",
            List.of(
                new CauseStep(boxed, "put into out"),
                new CauseStep(sink, "stored in package variable Sink")),
            new Cost(1, 8, false, new Heat(0.12, "samples"), ""),
            Fix.of("keep it typed", ""),
            false);
    return new Report(
        List.of(grows, boxes, boxes),
        List.of(
            new RuleInfo(
                "append-without-capacity", "a slice grows", Question.HOW_MANY, Severity.WARNING),
            new RuleInfo(
                "interface-boxing-escapes", "a value is boxed", Question.WHO, Severity.INFO),
            new RuleInfo("struct-padding", "a struct has gaps", Question.OTHER, Severity.INFO)),
        List.of(new FunctionCount("m/shop.list", FILE, down + 4, 6, "1 + n", "8*n")),
        sources(prefix),
        "1.2.3");
  }

  static String text(ReportFormat format, Report report, boolean color) throws IOException {
    var out = new ByteArrayOutputStream();
    format.write(report, color, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
