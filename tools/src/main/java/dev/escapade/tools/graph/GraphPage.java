package dev.escapade.tools.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.load.GoFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Writes a {@link GraphReport} as a page that needs nothing but a browser. */
public final class GraphPage {
  private static final String TEMPLATE = "page.html";
  private static final String GRAPH = "@GRAPH@";
  private static final String SOURCES = "@SOURCES@";

  private GraphPage() {}

  /** Writes the page. */
  public static void write(GraphReport report, Writer out) throws IOException {
    String page = template();
    int graph = page.indexOf(GRAPH);
    int sources = page.indexOf(SOURCES);
    StringWriter json = new StringWriter();
    GraphJson.write(report, json);
    out.write(page, 0, graph);
    out.write(embedded(json.toString().strip()));
    out.write(page, graph + GRAPH.length(), sources - graph - GRAPH.length());
    out.write(embedded(sources(report)));
    out.write(page, sources + SOURCES.length(), page.length() - sources - SOURCES.length());
  }

  private static String template() throws IOException {
    try (InputStream in = GraphPage.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IOException("missing resource " + TEMPLATE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** JSON within HTML: nothing in it may end the element; outside of strings there is no "<". */
  private static String embedded(String json) {
    return json.replace("<", "\\u003c");
  }

  /** For each file, by line number, the lines of the functions in the graphs. */
  private static String sources(GraphReport report) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (GoFile file : report.pkg().files()) {
        BitSet wanted = lines(report.graphs(), file.path());
        if (!wanted.isEmpty()) {
          json.writeObjectFieldStart(file.path());
          String[] lines = new String(file.content(), StandardCharsets.UTF_8).split("\n", -1);
          for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
            String line = i <= lines.length ? lines[i - 1] : "";
            json.writeStringField(
                Integer.toString(i),
                line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
          }
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static BitSet lines(List<EscapeGraph> graphs, String file) {
    BitSet lines = new BitSet();
    for (EscapeGraph graph : graphs) {
      for (EscapeGraph.Function fn : graph.functions()) {
        int first = fn.pos().line();
        if (first > 0 && fn.end().line() >= first && fn.pos().filename().equals(file)) {
          lines.set(first, fn.end().line() + 1);
        }
      }
    }
    return lines;
  }
}
