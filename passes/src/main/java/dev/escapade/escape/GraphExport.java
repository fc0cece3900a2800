package dev.escapade.escape;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.decisions.graph.EscapeGraph.Attribute;
import dev.escapade.decisions.graph.EscapeGraph.Kind;
import dev.escapade.decisions.graph.EscapeGraph.Leak;
import dev.escapade.decisions.graph.EscapeGraph.Sink;
import dev.escapade.decisions.graph.EscapeGraph.Verdict;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a solved {@link Graph} into data that stands by itself. */
final class GraphExport {
  private final Graph graph;
  private final GraphTrace trace;
  private final Unit unit;
  private final List<Location> locations = new ArrayList<>();
  private final IdentityHashMap<Location, Integer> ids = new IdentityHashMap<>();
  private final IdentityHashMap<Func, Integer> functionIds = new IdentityHashMap<>();

  /** The id of the first edge into each location; then, of the first settled edge. */
  private final int[] firstEdges;

  GraphExport(Graph graph, GraphTrace trace) {
    this.graph = graph;
    this.trace = trace;
    unit = graph.unit;
    locations.add(graph.heap);
    locations.add(graph.mutator);
    locations.add(graph.callee);
    locations.addAll(graph.locations);
    firstEdges = new int[locations.size() + 1];
    for (int i = 0; i < locations.size(); i++) {
      ids.put(locations.get(i), i);
      firstEdges[i + 1] = firstEdges[i] + locations.get(i).edgeCount;
    }
    for (int i = 0; i < trace.batch.size(); i++) {
      functionIds.put(trace.batch.get(i), i);
    }
  }

  /** The functions, as they are known before the analysis. */
  static EscapeGraph.Function function(Unit unit, Func fn) {
    return new EscapeGraph.Function(
        Unit.functionName(fn), position(unit, fn.pos), position(unit, fn.endPos), fn.isWrapper());
  }

  private static Position position(Unit unit, int pos) {
    return pos <= SourceMap.NO_POS
        ? Position.UNKNOWN
        : unit.sources().file(pos).absolutePosition(pos);
  }

  EscapeGraph graph() {
    List<EscapeGraph.Location> nodes = new ArrayList<>();
    List<EscapeGraph.Edge> edges = new ArrayList<>();
    for (Location l : locations) {
      nodes.add(location(l));
      for (int i = 0; i < l.edgeCount; i++) {
        edges.add(edge(l.edgeSources[i], l, l.edgeDerefs[i], false, l.edgeNotes[i]));
      }
    }
    for (GraphTrace.Settled s : trace.settled) {
      Hole hole = s.hole();
      edges.add(edge(s.source(), hole.dst(), hole.derefs(), true, hole.notes()));
    }
    List<EscapeGraph.Path> paths = new ArrayList<>();
    for (GraphTrace.Way way : trace.ways) {
      paths.add(path(way));
    }
    return new EscapeGraph(trace.functions, nodes, edges, paths);
  }

  private int id(Location l) {
    Integer id = ids.get(l);
    if (id == null) {
      throw new IllegalStateException("a location of another graph");
    }
    return id;
  }

  private EscapeGraph.Location location(Location l) {
    Node n = l.node;
    Kind kind = kind(l);
    return new EscapeGraph.Location(
        kind,
        name(kind, n),
        kind == Kind.ALLOCATION && n != null ? n.op().name() : "",
        type(n),
        l.func == null ? -1 : functionIds.getOrDefault(l.func, -1),
        l.loopDepth,
        n == null ? Position.UNKNOWN : position(unit, unit.pos(n)),
        n == null || n.inl == 0 ? null : position(unit, n.pos),
        attributes(l),
        verdict(l),
        l.addrTaken,
        l.reassigned,
        leaks(l));
  }

  private Kind kind(Location l) {
    if (l == graph.heap) {
      return Kind.HEAP;
    } else if (l == graph.mutator) {
      return Kind.MUTATOR;
    } else if (l == graph.callee) {
      return Kind.CALLEE;
    } else if (l.isParam) {
      return Kind.PARAMETER;
    } else if (l.isResult) {
      return Kind.RESULT;
    } else if (l.node == null) {
      return Kind.TEMPORARY;
    }
    return l.node instanceof Name ? Kind.VARIABLE : Kind.ALLOCATION;
  }

  private String name(Kind kind, @Nullable Node n) {
    return switch (kind) {
      case HEAP -> "{heap}";
      case MUTATOR -> "{mutator}";
      case CALLEE -> "{callee}";
      case TEMPORARY -> "{temp}";
      case PARAMETER, RESULT, VARIABLE, ALLOCATION -> {
        if (n == null) {
          throw new IllegalStateException("no node");
        }
        yield n instanceof CallExpr c && c.op() == Op.APPEND ? "append" : unit.text(n);
      }
    };
  }

  private String type(@Nullable Node n) {
    Type t = n instanceof ExprNode e ? e.typeOrNull() : null;
    return t == null ? "" : unit.text(t);
  }

  private static List<Attribute> attributes(Location l) {
    List<Attribute> attributes = new ArrayList<>();
    for (Attribute a : Attribute.values()) {
      if (l.has(bit(a))) {
        attributes.add(a);
      }
    }
    return attributes;
  }

  private static int bit(Attribute a) {
    return switch (a) {
      case ESCAPES -> Location.ESCAPES;
      case PERSISTS -> Location.PERSISTS;
      case MUTATES -> Location.MUTATES;
      case CALLS -> Location.CALLS;
    };
  }

  private static Verdict verdict(Location l) {
    if (!(l.node instanceof ExprNode)) {
      return Verdict.NONE;
    }
    return l.has(Location.ESCAPES) ? Verdict.HEAP : Verdict.STACK;
  }

  private List<Leak> leaks(Location l) {
    if (!l.isParam || l.has(Location.ESCAPES) || l.func == null) {
      return List.of();
    }
    long leaks = Leaks.optimize(l.leaks);
    List<Leak> list = new ArrayList<>();
    add(list, Sink.HEAP, "", Leaks.heap(leaks));
    add(list, Sink.MUTATOR, "", Leaks.get(leaks, Leaks.MUTATOR));
    add(list, Sink.CALLEE, "", Leaks.get(leaks, Leaks.CALLEE));
    List<Name> results = Unit.results(l.func);
    int tags = Math.min(results.size(), unit.release().escape().maxResultTags());
    for (int i = 0; i < tags; i++) {
      add(list, Sink.RESULT, results.get(i).sym.name(), Leaks.result(leaks, i));
    }
    return list;
  }

  private static void add(List<Leak> list, Sink sink, String result, int derefs) {
    if (derefs >= 0) {
      list.add(new Leak(sink, result, derefs));
    }
  }

  private EscapeGraph.Edge edge(
      Location source, Location target, int derefs, boolean isSettled, @Nullable Note notes) {
    List<EscapeGraph.Note> list = new ArrayList<>();
    for (Note note = notes; note != null; note = note.next()) {
      Node where = note.where();
      list.add(new EscapeGraph.Note(unit.text(where), note.why(), position(unit, unit.pos(where))));
    }
    return new EscapeGraph.Edge(id(source), id(target), derefs, isSettled, list);
  }

  private EscapeGraph.Path path(GraphTrace.Way way) {
    List<Integer> edges = new ArrayList<>();
    for (GraphTrace.Step step : way.steps()) {
      Location target = step.target();
      int first = firstEdges[target == null ? locations.size() : id(target)];
      edges.add(first + step.index());
    }
    return new EscapeGraph.Path(
        way.outcome(),
        id(way.location()),
        id(way.root()),
        way.derefs(),
        way.reason(),
        edges,
        way.isTruncated());
  }
}
