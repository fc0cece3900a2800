package dev.escapade.tools.fix;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.count.alloc.Range;
import dev.escapade.report.JsonDocument;
import dev.escapade.report.Sources;
import dev.escapade.tools.count.RangeJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of fixes as JSON; docs/fixes.schema.json describes it. A change that may break
 * a reader raises {@link #VERSION}; new properties do not.
 */
public final class FixJson {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final String FORMAT = "escapade-fixes";

  private final JsonGenerator json;
  private final Sources sources;

  private FixJson(JsonGenerator json, Sources sources) {
    this.json = json;
    this.sources = sources;
  }

  /** Writes the fixes of {@code prover}; the document ends with a line break. */
  public static void write(Prover prover, Sources sources, Writer out) throws IOException {
    JsonDocument.write(out, json -> new FixJson(json, sources).all(prover));
  }

  private void all(Prover prover) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("fixed");
    for (Promise promise : prover.promises()) {
      json.writeStartObject();
      finding(promise.finding());
      saving(promise);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notFixed");
    for (Map.Entry<Finding, String> entry : prover.dropped().entrySet()) {
      json.writeStartObject();
      finding(entry.getKey());
      json.writeStringField("because", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void finding(Finding f) throws IOException {
    json.writeStringField("rule", f.rule());
    json.writeStringField("file", sources.path(f.place().file()));
    json.writeNumberField("line", f.place().line());
    json.writeNumberField("column", f.place().column());
    json.writeStringField("function", f.function());
    json.writeBooleanField("cold", f.cold());
    Fix fix = f.fix();
    if (fix != null) {
      json.writeStringField("text", fix.text());
      json.writeStringField("effect", fix.effect());
      json.writeStringField("risk", fix.risk());
    }
  }

  private void saving(Promise promise) throws IOException {
    json.writeStringField("saves", promise.text());
    if (promise.finding().cost().allocs() > 0) {
      json.writeNumberField("costBefore", promise.finding().cost().allocs());
    }
    if (promise.before() != null && promise.after() != null) {
      json.writeNumberField("fixesInFunction", promise.together());
      allocations("before", promise.before());
      allocations("after", promise.after());
    }
  }

  private void allocations(String name, Allocations a) throws IOException {
    json.writeObjectFieldStart(name);
    range("perCall", a.perCall());
    range("allPaths", a.places());
    json.writeEndObject();
  }

  private void range(String name, @Nullable Range r) throws IOException {
    if (r != null) {
      RangeJson.write(json, name, r);
    }
  }
}
