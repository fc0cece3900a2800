package dev.escapade.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as a SARIF log of one run (OASIS, Static Analysis Results Interchange Format 2.1.0). */
final class SarifReport {
  private static final String VERSION = "2.1.0";
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String ROOT = "SRCROOT";

  /** The name of our fingerprints; its version counts up when they are made otherwise. */
  private static final String FINGERPRINT = "escapade/v1";

  private final Report report;
  private final Sources sources;
  private final JsonGenerator json;

  private SarifReport(Report report, JsonGenerator json) {
    this.report = report;
    this.sources = report.sources();
    this.json = json;
  }

  static void write(Report report, OutputStream out) throws IOException {
    JsonDocument.write(out, json -> new SarifReport(report, json).log());
  }

  private void log() throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", VERSION);
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    Map<String, Integer> rules = new HashMap<>();
    tool(rules);
    json.writeStringField("columnKind", "utf16CodeUnits");
    json.writeObjectFieldStart("originalUriBaseIds");
    json.writeObjectFieldStart(ROOT);
    json.writeStringField("uri", folder(sources.dir()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("results");
    List<String> prints = Fingerprints.of(report.findings(), sources);
    for (int i = 0; i < prints.size(); i++) {
      result(report.findings().get(i), prints.get(i), rules);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String folder(Path dir) {
    String uri = dir.toUri().toString();
    return uri.endsWith("/") ? uri : uri + "/";
  }

  private void tool(Map<String, Integer> indexes) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Escapade");
    json.writeStringField("version", report.version());
    json.writeArrayFieldStart("rules");
    for (RuleInfo rule : report.rules()) {
      indexes.put(rule.slug(), indexes.size());
      json.writeStartObject();
      json.writeStringField("id", rule.slug());
      message("shortDescription", rule.title());
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(rule.severity()));
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeArrayFieldStart("tags");
      json.writeString("memory");
      json.writeString(rule.question().label());
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** SARIF has no level between note and warning; what is only told is a note, too. */
  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO, NOTE -> "note";
    };
  }

  private void result(Finding f, String fingerprint, Map<String, Integer> rules)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", f.rule());
    Integer index = rules.get(f.rule());
    if (index != null) {
      json.writeNumberField("ruleIndex", index);
    }
    json.writeStringField("level", level(f.severity()));
    message("message", text(f));
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    physicalLocation(f.place());
    if (!f.function().isEmpty()) {
      json.writeArrayFieldStart("logicalLocations");
      json.writeStartObject();
      json.writeStringField("fullyQualifiedName", f.function());
      json.writeStringField("kind", "function");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
    if (!f.cause().isEmpty()) {
      codeFlow(f);
      related(f);
    }
    Fix fix = f.fix();
    if (fix != null && !fix.edits().isEmpty()) {
      fix(fix);
    }
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField(FINGERPRINT, fingerprint);
    json.writeEndObject();
    properties(f);
    json.writeEndObject();
  }

  private static String text(Finding f) {
    String cost = Wording.cost(f.cost());
    Fix fix = f.fix();
    return f.message()
        + (cost.isEmpty() ? "" : "\nCost: " + cost)
        + (fix == null ? "" : "\nFix: " + Wording.fix(fix));
  }

  private void properties(Finding f) throws IOException {
    json.writeObjectFieldStart("properties");
    json.writeStringField("question", f.question().label());
    if (f.cost().allocs() >= 0) {
      json.writeNumberField("allocs", f.cost().allocs());
    }
    if (f.cost().bytes() >= 0) {
      json.writeNumberField("bytes", f.cost().bytes());
    }
    json.writeBooleanField("inLoop", f.cost().inLoop());
    json.writeBooleanField("cold", f.cold());
    json.writeEndObject();
  }

  private void codeFlow(Finding f) throws IOException {
    json.writeArrayFieldStart("codeFlows");
    json.writeStartObject();
    json.writeArrayFieldStart("threadFlows");
    json.writeStartObject();
    json.writeArrayFieldStart("locations");
    for (CauseStep step : f.cause()) {
      json.writeStartObject();
      json.writeObjectFieldStart("location");
      physicalLocation(step.place());
      message("message", step.text());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void related(Finding f) throws IOException {
    json.writeArrayFieldStart("relatedLocations");
    for (int i = 0; i < f.cause().size(); i++) {
      CauseStep step = f.cause().get(i);
      json.writeStartObject();
      json.writeNumberField("id", i);
      physicalLocation(step.place());
      message("message", step.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void fix(Fix fix) throws IOException {
    Map<String, List<TextEdit>> byFile = new LinkedHashMap<>();
    for (TextEdit edit : fix.edits()) {
      byFile.computeIfAbsent(edit.file(), _ -> new ArrayList<>()).add(edit);
    }
    json.writeArrayFieldStart("fixes");
    json.writeStartObject();
    message("description", Wording.fix(fix));
    json.writeArrayFieldStart("artifactChanges");
    for (Map.Entry<String, List<TextEdit>> file : byFile.entrySet()) {
      json.writeStartObject();
      artifactLocation(file.getKey());
      json.writeArrayFieldStart("replacements");
      for (TextEdit edit : file.getValue()) {
        replacement(edit);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void replacement(TextEdit edit) throws IOException {
    String file = edit.file();
    json.writeStartObject();
    region(
        "deletedRegion",
        file,
        sources.lineAt(file, edit.offset()),
        sources.columnAt(file, edit.offset()),
        sources.lineAt(file, edit.endOffset()),
        sources.columnAt(file, edit.endOffset()));
    json.writeObjectFieldStart("insertedContent");
    json.writeStringField("text", edit.replacement());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void message(String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  private void physicalLocation(Place p) throws IOException {
    json.writeObjectFieldStart("physicalLocation");
    artifactLocation(p.file());
    region("region", p.file(), p.line(), p.column(), p.endLine(), p.endColumn());
    json.writeEndObject();
  }

  private void artifactLocation(String file) throws IOException {
    json.writeObjectFieldStart("artifactLocation");
    if (sources.isInside(file)) {
      json.writeStringField("uri", relative(sources.path(file)));
      json.writeStringField("uriBaseId", ROOT);
    } else {
      json.writeStringField("uri", Path.of(file).toUri().toString());
    }
    json.writeEndObject();
  }

  private static String relative(String path) {
    try {
      String uri = new URI(null, null, "/" + path, null).toASCIIString();
      return uri.substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // a path is quoted, whatever it has in it
    }
  }

  /** A region; columns of the arguments are in bytes. */
  private void region(String name, String file, int line, int column, int endLine, int endColumn)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("startLine", line);
    json.writeNumberField("startColumn", sources.utf16Column(file, line, column));
    if (endLine > 0) {
      json.writeNumberField("endLine", endLine);
      json.writeNumberField("endColumn", sources.utf16Column(file, endLine, endColumn));
    }
    json.writeEndObject();
  }
}
