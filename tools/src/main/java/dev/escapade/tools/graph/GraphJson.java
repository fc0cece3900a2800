package dev.escapade.tools.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.diag.Position;
import dev.escapade.report.JsonDocument;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes a {@link GraphReport} as JSON; docs/escape-graph.schema.json describes it. A change that
 * may break a reader raises {@link #VERSION}; new properties do not.
 */
public final class GraphJson {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final String FORMAT = "escapade-escape-graph";

  private final JsonGenerator json;

  private GraphJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes {@code report}, which ends with a line break. */
  public static void write(GraphReport report, Writer out) throws IOException {
    JsonDocument.write(out, json -> new GraphJson(json).report(report));
  }

  private void report(GraphReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("version", VERSION);
    json.writeStringField("target", report.target());
    json.writeStringField("package", report.pkg().importPath());
    json.writeArrayFieldStart("graphs");
    for (EscapeGraph graph : report.graphs()) {
      graph(graph);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void graph(EscapeGraph graph) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("functions");
    for (int i = 0; i < graph.functions().size(); i++) {
      function(i, graph.functions().get(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("locations");
    for (int i = 0; i < graph.locations().size(); i++) {
      location(i, graph.locations().get(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
    for (int i = 0; i < graph.edges().size(); i++) {
      edge(i, graph.edges().get(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("paths");
    for (EscapeGraph.Path path : graph.paths()) {
      path(path);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void function(int id, EscapeGraph.Function fn) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeStringField("name", fn.name());
    position("pos", fn.pos());
    position("end", fn.end());
    if (fn.isWrapper()) {
      json.writeBooleanField("wrapper", true);
    }
    json.writeEndObject();
  }

  private void location(int id, EscapeGraph.Location l) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeStringField("kind", word(l.kind()));
    json.writeStringField("name", l.name());
    optional("operation", l.operation().toLowerCase(Locale.ROOT));
    optional("type", l.type());
    if (l.function() >= 0) {
      json.writeNumberField("function", l.function());
    }
    json.writeNumberField("loopDepth", l.loopDepth());
    position("pos", l.pos());
    if (l.origin() != null) {
      position("origin", l.origin());
    }
    json.writeArrayFieldStart("attributes");
    for (EscapeGraph.Attribute a : l.attributes()) {
      json.writeString(word(a));
    }
    json.writeEndArray();
    json.writeStringField("verdict", word(l.verdict()));
    if (l.isAddrTaken()) {
      json.writeBooleanField("addrTaken", true);
    }
    if (l.isReassigned()) {
      json.writeBooleanField("reassigned", true);
    }
    if (l.kind() == EscapeGraph.Kind.PARAMETER) {
      json.writeArrayFieldStart("leaks");
      for (EscapeGraph.Leak leak : l.leaks()) {
        leak(leak);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void leak(EscapeGraph.Leak leak) throws IOException {
    json.writeStartObject();
    json.writeStringField("to", word(leak.sink()));
    optional("result", leak.result());
    json.writeNumberField("derefs", leak.derefs());
    json.writeEndObject();
  }

  private void edge(int id, EscapeGraph.Edge e) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeNumberField("source", e.source());
    json.writeNumberField("target", e.target());
    json.writeNumberField("derefs", e.derefs());
    if (e.isSettled()) {
      json.writeBooleanField("settled", true);
    }
    json.writeArrayFieldStart("notes");
    for (EscapeGraph.Note note : e.notes()) {
      json.writeStartObject();
      json.writeStringField("where", note.where());
      json.writeStringField("why", note.why());
      position("pos", note.pos());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void path(EscapeGraph.Path p) throws IOException {
    json.writeStartObject();
    json.writeStringField("outcome", word(p.outcome()));
    json.writeNumberField("location", p.location());
    json.writeNumberField("root", p.root());
    json.writeNumberField("derefs", p.derefs());
    json.writeStringField("reason", word(p.reason()));
    json.writeArrayFieldStart("edges");
    for (int edge : p.edges()) {
      json.writeNumber(edge);
    }
    json.writeEndArray();
    if (p.isTruncated()) {
      json.writeBooleanField("truncated", true);
    }
    json.writeEndObject();
  }

  private void optional(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  /** A place; nothing at all if it is unknown. */
  private void position(String name, Position pos) throws IOException {
    if (!pos.isKnown()) {
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("file", pos.filename());
    json.writeNumberField("line", pos.line());
    json.writeNumberField("column", pos.column());
    json.writeEndObject();
  }

  private static String word(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
