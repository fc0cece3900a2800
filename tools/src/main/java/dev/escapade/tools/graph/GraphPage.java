package dev.escapade.tools.graph;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.load.GoFile;
import dev.escapade.report.JsonDocument;
import dev.escapade.report.PageTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Writes a {@link GraphReport} as a page that needs nothing but a browser. */
public final class GraphPage {
  private static final String TEMPLATE = "page.html";
  private static final String GRAPH = "@GRAPH@";
  private static final String SOURCES = "@SOURCES@";

  private GraphPage() {}

  /** Writes the page. */
  public static void write(GraphReport report, Writer out) throws IOException {
    StringWriter json = new StringWriter();
    GraphJson.write(report, json);
    PageTemplate.beside(GraphPage.class, TEMPLATE)
        .write(Map.of(GRAPH, json.toString().strip(), SOURCES, sources(report)), out);
  }

  /** For each file, by line number, the lines of the functions in the graphs. */
  private static String sources(GraphReport report) throws IOException {
    return JsonDocument.line(json -> {
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
    });
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
