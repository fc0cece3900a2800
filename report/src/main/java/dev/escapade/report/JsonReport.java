package dev.escapade.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Heat;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.TextEdit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Findings as JSON, which docs/findings.schema.json describes. */
final class JsonReport {
  /** The version of the format: counted up when a reader has to change. */
  private static final int VERSION = 1;

  private final Sources sources;
  private final JsonGenerator json;

  private JsonReport(Sources sources, JsonGenerator json) {
    this.sources = sources;
    this.json = json;
  }

  /** Writes the document and a newline. */
  static void write(Report report, OutputStream out) throws IOException {
    JsonDocument.write(out, json -> new JsonReport(report.sources(), json).write(report));
  }

  private void write(Report report) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    json.writeStringField("tool", "escapade " + report.version());
    json.writeArrayFieldStart("findings");
    List<String> prints = Fingerprints.of(report.findings(), sources);
    for (int i = 0; i < prints.size(); i++) {
      finding(report.findings().get(i), prints.get(i));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void finding(Finding f, String fingerprint) throws IOException {
    json.writeStartObject();
    json.writeStringField("fingerprint", fingerprint);
    json.writeStringField("rule", f.rule());
    json.writeStringField("severity", f.severity().label());
    json.writeStringField("question", f.question().label());
    place("place", f.place());
    json.writeStringField("function", f.function());
    json.writeStringField("message", f.message());
    json.writeArrayFieldStart("cause");
    for (CauseStep step : f.cause()) {
      json.writeStartObject();
      place("place", step.place());
      json.writeStringField("text", step.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    cost(f.cost());
    Fix fix = f.fix();
    if (fix != null) {
      fix(fix);
    }
    json.writeBooleanField("cold", f.cold());
    json.writeEndObject();
  }

  private void cost(Cost cost) throws IOException {
    json.writeObjectFieldStart("cost");
    if (cost.allocs() >= 0) {
      json.writeNumberField("allocs", cost.allocs());
    }
    if (cost.bytes() >= 0) {
      json.writeNumberField("bytes", cost.bytes());
    }
    json.writeBooleanField("inLoop", cost.inLoop());
    json.writeBooleanField("hot", cost.hot());
    Heat heat = cost.heat();
    if (heat != null) {
      json.writeObjectFieldStart("heat");
      json.writeNumberField("share", heat.share());
      json.writeStringField("unit", heat.unit());
      json.writeEndObject();
    }
    json.writeStringField("text", cost.text());
    json.writeEndObject();
  }

  private void fix(Fix fix) throws IOException {
    json.writeObjectFieldStart("fix");
    json.writeStringField("text", fix.text());
    json.writeStringField("effect", fix.effect());
    json.writeStringField("risk", fix.risk());
    json.writeArrayFieldStart("edits");
    for (TextEdit edit : fix.edits()) {
      json.writeStartObject();
      json.writeStringField("file", sources.path(edit.file()));
      json.writeNumberField("offset", edit.offset());
      json.writeNumberField("endOffset", edit.endOffset());
      json.writeStringField("replacement", edit.replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void place(String name, Place p) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("file", sources.path(p.file()));
    json.writeNumberField("line", p.line());
    json.writeNumberField("column", p.column());
    json.writeNumberField("endLine", p.endLine());
    json.writeNumberField("endColumn", p.endColumn());
    json.writeNumberField("offset", p.offset());
    json.writeNumberField("endOffset", p.endOffset());
    json.writeEndObject();
  }
}
