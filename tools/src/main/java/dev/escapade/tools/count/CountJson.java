package dev.escapade.tools.count;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.report.JsonDocument;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes counts as JSON; docs/counts.schema.json describes it. A change that may break a reader
 * raises {@link #VERSION}; new properties do not.
 */
public final class CountJson {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final String FORMAT = "escapade-counts";

  private final JsonGenerator json;

  private CountJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes {@code report}, which ends with a line break. */
  public static void write(CountReport report, Writer out) throws IOException {
    JsonDocument.write(out, json -> new CountJson(json).report(report));
  }

  private void report(CountReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("functions");
    for (CountEntry e : report.entries()) {
      entry(e);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void entry(CountEntry e) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", e.function().name());
    place(e.function().place());
    outcome(e.outcome());
    details(e.sites(), e.calls());
    json.writeEndObject();
  }

  private void details(List<CountEntry.SiteCost> sites, List<CountEntry.CallCost> calls)
      throws IOException {
    json.writeArrayFieldStart("sites");
    for (CountEntry.SiteCost s : sites) {
      json.writeStartObject();
      place(s.site().place());
      json.writeStringField("what", s.site().what());
      json.writeStringField("kind", s.site().kind().name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("reportedByCompiler", s.site().said());
      cost("each", s.cost());
      RangeJson.write(json, "times", s.times());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("calls");
    for (CountEntry.CallCost c : calls) {
      json.writeStartObject();
      place(c.place());
      JsonDocument.strings(json, "candidates", c.candidates());
      outcome(c.outcome());
      RangeJson.write(json, "times", c.times());
      details(c.sites(), c.calls());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void place(Place p) throws IOException {
    json.writeStringField("file", p.file());
    json.writeNumberField("line", p.line());
    json.writeNumberField("column", p.column());
    if (!p.inlinedFrom().isEmpty()) {
      json.writeStringField("inlinedFrom", p.inlinedFrom());
    }
  }

  private void outcome(Outcome o) throws IOException {
    cost("cost", o.normal());
    cost("afterError", o.failed());
  }

  private void cost(String name, @Nullable Cost c) throws IOException {
    if (c == null) {
      return;
    }
    json.writeObjectFieldStart(name);
    RangeJson.write(json, "allocs", c.allocs());
    RangeJson.write(json, "bytes", c.bytes());
    if (!c.open().isEmpty()) {
      JsonDocument.strings(json, "unboundedBecause", c.open());
    }
    if (c.amortized()) {
      json.writeBooleanField("keptMayGrow", true);
    }
    if (c.assuming()) {
      json.writeBooleanField("assumingReservations", true);
    }
    json.writeEndObject();
  }
}
