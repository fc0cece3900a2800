package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph's JSON in a few lines that a person can check; fails if it contradicts itself. */
final class GraphSummary {
  private final List<Map<String, Object>> functions;
  private final List<Map<String, Object>> locations;
  private final List<Map<String, Object>> edges;
  private final List<Map<String, Object>> paths;
  private final StringBuilder text = new StringBuilder();

  private GraphSummary(Map<String, Object> graph) {
    functions = list(graph, "functions");
    locations = list(graph, "locations");
    edges = list(graph, "edges");
    paths = list(graph, "paths");
  }

  static String of(Map<String, Object> graph) {
    GraphSummary summary = new GraphSummary(graph);
    summary.write();
    return summary.text.toString();
  }

  @SuppressWarnings("unchecked") // as the schema says
  static List<Map<String, Object>> list(Map<String, Object> map, String name) {
    return (List<Map<String, Object>>) map.get(name);
  }

  private static int number(Map<String, Object> map, String name) {
    return ((Long) map.get(name)).intValue();
  }

  private void write() {
    List<String> names = new ArrayList<>();
    functions.forEach(f -> names.add((String) f.get("name")));
    text.append("graph of ").append(String.join(", ", names)).append('\n');
    Set<Integer> escaping = new HashSet<>();
    for (Map<String, Object> path : paths) {
      if (path.get("outcome").equals("escapes")) {
        assertTrue(escaping.add(number(path, "location")), "escapes once only");
      }
    }
    for (int i = 0; i < locations.size(); i++) {
      assertEquals(i, number(locations.get(i), "id"));
      assertEquals(
          locations.get(i).get("verdict").equals("heap"), escaping.contains(i), "has a path");
      location(locations.get(i));
    }
    for (int i = 0; i < edges.size(); i++) {
      assertEquals(i, number(edges.get(i), "id"));
      assertTrue(number(edges.get(i), "source") < locations.size());
      assertTrue(number(edges.get(i), "target") < locations.size());
    }
    paths.forEach(this::path);
  }

  @SuppressWarnings("unchecked") // as the schema says
  private void location(Map<String, Object> l) {
    if (l.get("verdict").equals("none")) {
      return;
    }
    Map<String, Object> pos = (Map<String, Object>) l.get("pos");
    text.append("  ").append(pos.get("line")).append(':').append(pos.get("column"));
    text.append(' ').append(l.get("kind")).append(' ').append(l.get("name"));
    text.append(' ').append(l.get("type")).append(": ").append(l.get("verdict"));
    text.append(" depth ").append(l.get("loopDepth"));
    if (l.containsKey("leaks")) {
      for (Map<String, Object> leak : list(l, "leaks")) {
        text.append(", to ").append(leak.getOrDefault("result", leak.get("to")));
        text.append(" after ").append(leak.get("derefs"));
      }
    }
    text.append('\n');
  }

  private void path(Map<String, Object> path) {
    int at = number(path, "location");
    text.append("  ").append(name(at)).append(' ').append(path.get("outcome")).append(':');
    for (Object id : (List<?>) path.get("edges")) {
      Map<String, Object> edge = edges.get(((Long) id).intValue());
      assertEquals(at, number(edge, "source"), "the path is connected");
      at = number(edge, "target");
      int derefs = number(edge, "derefs");
      text.append(' ').append(name(at)).append(" = ");
      text.append(derefs < 0 ? "&" : "*".repeat(derefs));
      text.append(name(number(edge, "source"))).append(';');
    }
    assertEquals(number(path, "root"), at, "the path leads to the root");
    text.append(' ').append(path.get("reason")).append('\n');
  }

  private String name(int location) {
    Map<String, Object> l = locations.get(location);
    return l.get("kind").equals("allocation")
        ? "{storage for " + l.get("name") + "}"
        : (String) l.get("name");
  }
}
