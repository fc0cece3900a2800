package dev.escapade.tools.compare;

import dev.escapade.report.JsonDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;

/**
 * Prints what comparisons of optimization logs found.
 *
 * @param maxFiles how many of the worst logs are shown
 * @param json whether all is printed as one JSON document
 * @param out where to
 */
record LogReport(int maxFiles, boolean json, PrintStream out) {
  /** A line about one result. */
  void line(LogResult result) {
    if (!json) {
      String failures = result.failures().isEmpty() ? "" : "  FAILURES " + result.failures().size();
      out.printf(
          "%-52s %s  (%.1f s)%s%n",
          result.subject().name(),
          figures(List.of(result)),
          result.wallMillis() / 1000.0,
          failures);
      out.flush();
    }
  }

  /**
   * Everything about all results together.
   *
   * @return the share of the lines that are the same in percent, less than 100 unless all is equal
   */
  double all(List<LogResult> results) throws IOException {
    if (json) {
      document(results);
    } else {
      text(results);
    }
    double percent = score(results).percent();
    return results.stream().allMatch(LogResult::isEqual) ? percent : Math.min(percent, 99.999);
  }

  private static Score score(List<LogResult> results) {
    return results.stream().map(LogResult::score).reduce(Score.NOTHING, Score::plus);
  }

  private static String figures(List<LogResult> results) {
    Score score = score(results);
    return "same %,d  missing %,d  extra %,d  logs %,d  of these in another order %,d"
        .formatted(
            score.same(),
            score.missing(),
            score.extra(),
            results.stream().mapToLong(LogResult::files).sum(),
            results.stream().mapToLong(LogResult::inOtherOrder).sum());
  }

  private void text(List<LogResult> results) {
    results.stream().flatMap(r -> r.failures().stream()).forEach(out::println);
    results.stream()
        .flatMap(r -> r.differences().stream())
        .sorted(Comparator.comparingLong(d -> -d.score().different()))
        .limit(maxFiles)
        .forEach(this::difference);
    out.println(figures(results));
  }

  private void difference(LogResult.Difference d) {
    if (d.isOfOrder()) {
      out.printf("%s: another order%n", d.file());
    } else {
      out.printf("%s: missing %,d  extra %,d%n", d.file(), d.score().missing(), d.score().extra());
    }
    out.println("    - " + d.theirs());
    out.println("    + " + d.ours());
  }

  private void document(List<LogResult> results) throws IOException {
    JsonDocument.write(
        out,
        json -> {
          json.writeStartArray();
          for (LogResult result : results) {
            json.writeStartObject();
            json.writeStringField("name", result.subject().name());
            json.writeNumberField("same", result.score().same());
            json.writeNumberField("missing", result.score().missing());
            json.writeNumberField("extra", result.score().extra());
            json.writeNumberField("logs", result.files());
            json.writeArrayFieldStart("differences");
            for (LogResult.Difference d : result.differences()) {
              json.writeStartObject();
              json.writeStringField("log", d.file());
              json.writeNumberField("missing", d.score().missing());
              json.writeNumberField("extra", d.score().extra());
              json.writeStringField("theirs", d.theirs());
              json.writeStringField("ours", d.ours());
              json.writeEndObject();
            }
            json.writeEndArray();
            JsonDocument.strings(json, "failures", result.failures());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
