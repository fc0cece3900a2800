package dev.escapade.tools.graph;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.load.GoPackage;
import java.util.List;

/**
 * The graphs of what was asked for.
 *
 * @param target as the user put it
 * @param pkg the package
 * @param graphs one for each batch that matched: instances of a generic function have one each
 */
public record GraphReport(String target, GoPackage pkg, List<EscapeGraph> graphs) {
  public GraphReport {
    graphs = List.copyOf(graphs);
  }
}
