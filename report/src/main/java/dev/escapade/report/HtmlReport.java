package dev.escapade.report;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.RuleInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Findings as one page that needs nothing but a browser: the JSON form, sources, and a script. */
final class HtmlReport {
  private static final String TEMPLATE = "report.html";
  private static final String DATA = "@REPORT@";
  private static final String SOURCES = "@SOURCES@";
  private static final String RULES = "@RULES@";
  private static final String COUNTS = "@COUNTS@";

  /** Files up to this many lines are shown whole; of larger ones, what is near a place. */
  private static final int WHOLE_FILE = 2000;

  /** Lines shown around a place of a larger file. */
  private static final int CONTEXT = 40;

  private HtmlReport() {}

  static void write(Report report, OutputStream out) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonReport.write(report, json);
    Writer page = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    PageTemplate.beside(HtmlReport.class, TEMPLATE)
        .write(
            Map.of(
                DATA, json.toString(StandardCharsets.UTF_8).strip(),
                RULES, rules(report),
                COUNTS, counts(report),
                SOURCES, sources(report)),
            page);
    page.flush();
  }

  private static String rules(Report report) throws IOException {
    return JsonDocument.line(json -> {
      json.writeStartObject();
      for (RuleInfo rule : report.rules()) {
        json.writeStringField(rule.slug(), rule.title());
      }
      json.writeEndObject();
    });
  }

  private static String counts(Report report) throws IOException {
    return JsonDocument.line(json -> {
      json.writeStartArray();
      for (FunctionCount c : report.counts()) {
        json.writeStartObject();
        json.writeStringField("function", c.function());
        json.writeObjectFieldStart("place");
        json.writeStringField("file", report.sources().path(c.file()));
        json.writeNumberField("line", c.line());
        json.writeNumberField("column", c.column());
        json.writeEndObject();
        json.writeStringField("allocs", c.allocs());
        json.writeStringField("bytes", c.bytes());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  /** For each file, by line number, the lines that the page shows. */
  private static String sources(Report report) throws IOException {
    Sources sources = report.sources();
    Map<String, BitSet> wanted = new TreeMap<>();
    for (Finding f : report.findings()) {
      want(f.place(), sources, wanted);
      for (CauseStep step : f.cause()) {
        want(step.place(), sources, wanted);
      }
    }
    for (FunctionCount c : report.counts()) {
      want(c.file(), c.line(), c.line(), sources, wanted);
    }
    return JsonDocument.line(json -> {
      json.writeStartObject();
      for (Map.Entry<String, BitSet> file : wanted.entrySet()) {
        json.writeObjectFieldStart(sources.path(file.getKey()));
        BitSet lines = file.getValue();
        for (int i = lines.nextSetBit(1); i >= 0; i = lines.nextSetBit(i + 1)) {
          json.writeStringField(Integer.toString(i), sources.line(file.getKey(), i));
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    });
  }

  private static void want(Place p, Sources sources, Map<String, BitSet> wanted) {
    want(p.file(), p.line(), p.endLine(), sources, wanted);
  }

  private static void want(
      String file, int line, int endLine, Sources sources, Map<String, BitSet> wanted) {
    int count = sources.lineCount(file);
    BitSet lines = wanted.computeIfAbsent(file, _ -> new BitSet());
    if (count <= WHOLE_FILE && sources.isInside(file)) {
      lines.set(1, count + 1);
    } else {
      int from = Math.clamp(line - (long) CONTEXT, 1, Math.max(1, count));
      int to = Math.clamp(endLine + (long) CONTEXT, from, Math.max(from, count));
      lines.set(from, to + 1);
    }
  }
}
