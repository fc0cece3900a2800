package dev.escapade.tools.compare;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.report.JsonDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Prints results.
 *
 * @param maxPackages how many of the worst packages are shown
 * @param maxKinds how many of the commonest kinds are shown
 * @param maxExamples how many examples of each kind are shown
 */
record Report(int maxPackages, int maxKinds, int maxExamples) {
  /** One line for a result. */
  static String line(Result result) {
    Score score = result.total();
    return "%-52s %7.3f%%  same %,d  missing %,d  extra %,d  (%d packages, %.1f s)%s"
        .formatted(
            result.subject().name(),
            score.percent(),
            score.same(),
            score.missing(),
            score.extra(),
            result.loaded(),
            result.wallMillis() / 1000.0,
            result.failures().isEmpty() ? "" : "  FAILURES " + result.failures().size());
  }

  /** Everything about all results together. */
  void print(List<Result> results, PrintStream out) {
    Kinds kinds = new Kinds();
    Kinds failures = new Kinds();
    Score total = Score.NOTHING;
    for (Result result : results) {
      kinds.addAll(result.kinds());
      result.failures().forEach(f -> failures.add(failureKind(f), f));
      total = total.plus(result.total());
    }
    printPackages(results, out);
    printKinds("Commonest disagreements", kinds, out);
    printKinds("Failures", failures, out);
    printPlacements(results, out);
    out.printf(
        "agreement %.3f%%  same %,d  missing %,d  extra %,d%n",
        total.percent(), total.same(), total.missing(), total.extra());
  }

  private static String failureKind(String failure) {
    int exception = failure.startsWith("crash in ") ? failure.indexOf(": ") + 2 : 0;
    return exception > 0 ? failure.substring(exception) : Shape.of(failure);
  }

  private void printPackages(List<Result> results, PrintStream out) {
    record Row(String name, Score score) {}
    List<Row> worst =
        results.stream()
            .flatMap(r -> r.packages().entrySet().stream())
            .map(e -> new Row(e.getKey(), e.getValue()))
            .filter(row -> row.score.different() > 0)
            .sorted(Comparator.comparingLong((Row row) -> -row.score.different()))
            .toList();
    if (worst.isEmpty()) {
      return;
    }
    out.printf("Packages with disagreements: %d; those with most:%n", worst.size());
    for (Row row : worst.subList(0, Math.min(maxPackages, worst.size()))) {
      out.printf(
          "  %7.2f%%  missing %,8d  extra %,8d  %s%n",
          row.score.percent(), row.score.missing(), row.score.extra(), row.name);
    }
  }

  private void printPlacements(List<Result> results, PrintStream out) {
    long count = results.stream().mapToLong(r -> r.placements().count()).sum();
    out.printf("values on the heap for one side and on the stack for the other: %,d%n", count);
    results.stream()
        .flatMap(r -> r.placements().lines().stream())
        .limit(maxKinds)
        .forEach(line -> out.println("  " + line));
  }

  private void printKinds(String title, Kinds kinds, PrintStream out) {
    List<Kinds.Kind> list = kinds.commonest();
    if (list.isEmpty()) {
      return;
    }
    out.println(title + " (" + list.size() + " kinds):");
    for (Kinds.Kind kind : list.subList(0, Math.min(maxKinds, list.size()))) {
      out.printf("%,8d  %s%n", kind.count(), kind.name());
      List<String> examples = kind.examples();
      for (String example : examples.subList(0, Math.min(maxExamples, examples.size()))) {
        example.lines().forEach(line -> out.println("            " + line));
      }
    }
  }

  /** All results as one JSON document. */
  static void printJson(List<Result> results, String version, String gcflags, PrintStream out)
      throws IOException {
    JsonDocument.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("go", version);
          json.writeStringField("gcflags", gcflags);
          json.writeArrayFieldStart("results");
          for (Result result : results) {
            writeResult(result, json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeResult(Result result, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.subject().name());
    json.writeNumberField("wallMillis", result.wallMillis());
    writeScore(result.total(), json);
    json.writeObjectFieldStart("packages");
    for (Map.Entry<String, Score> e : result.packages().entrySet()) {
      json.writeObjectFieldStart(e.getKey());
      writeScore(e.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("kinds");
    for (Kinds.Kind kind : result.kinds().commonest()) {
      json.writeStartObject();
      json.writeStringField("kind", kind.name());
      json.writeNumberField("count", kind.count());
      JsonDocument.strings(json, "examples", kind.examples());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("placements", result.placements().count());
    JsonDocument.strings(json, "placementLines", result.placements().lines());
    JsonDocument.strings(json, "failures", result.failures());
    json.writeEndObject();
  }

  private static void writeScore(Score score, JsonGenerator json) throws IOException {
    json.writeNumberField("agreement", score.percent());
    json.writeNumberField("same", score.same());
    json.writeNumberField("missing", score.missing());
    json.writeNumberField("extra", score.extra());
  }
}
