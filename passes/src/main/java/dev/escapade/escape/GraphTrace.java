package dev.escapade.escape;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.decisions.graph.EscapeGraph.Outcome;
import dev.escapade.decisions.graph.EscapeGraph.Reason;
import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.ir.Func;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, for a batch whose graph is wanted as data, which ways decided: the solver's links hold
 * only until the next walk.
 */
final class GraphTrace {
  /** The edge {@code index} into {@code target}; of a settled way, the index among those. */
  record Step(@Nullable Location target, int index) {}

  /** A way from a location to a root that outlives it. */
  record Way(
      Outcome outcome,
      Location location,
      Location root,
      int derefs,
      Reason reason,
      List<Step> steps,
      boolean isTruncated) {}

  /** An address that flowed to what was on the heap already, which adds no edge. */
  record Settled(Hole hole, Location source) {}

  final Unit unit;
  final List<Func> batch;
  final List<EscapeGraph.Function> functions;
  final List<Way> ways = new ArrayList<>();
  final List<Settled> settled = new ArrayList<>();
  private final GraphSink sink;

  private GraphTrace(
      Unit unit, List<Func> batch, List<EscapeGraph.Function> functions, GraphSink sink) {
    this.unit = unit;
    this.batch = batch;
    this.functions = functions;
    this.sink = sink;
  }

  /** A trace of {@code batch} if somebody wants its graph, otherwise null. */
  static @Nullable GraphTrace ifWanted(Unit unit, List<Func> batch) {
    GraphSink sink = unit.log().graphs();
    if (sink == null) {
      return null;
    }
    List<EscapeGraph.Function> functions = new ArrayList<>();
    boolean wanted = false;
    for (Func fn : batch) {
      EscapeGraph.Function function = GraphExport.function(unit, fn);
      functions.add(function);
      wanted |= sink.wants(function);
    }
    return wanted ? new GraphTrace(unit, batch, functions, sink) : null;
  }

  /** Says that {@code source} escapes by an assignment to what is on the heap. */
  void settled(Hole hole, Location source) {
    boolean isFirst = !source.has(Location.ESCAPES);
    settled.add(new Settled(hole, source));
    if (isFirst) {
      List<Step> steps = List.of(new Step(null, settled.size() - 1));
      ways.add(
          new Way(Outcome.ESCAPES, source, hole.dst(), hole.derefs(), Reason.HEAP, steps, false));
    }
  }

  /** Says that the current walk, from {@code root}, makes {@code l} escape. */
  void escapes(Location root, Location l) {
    add(Outcome.ESCAPES, root, l, l.derefs);
  }

  /** Says that the current walk, from {@code root}, lets the value of {@code l} leak. */
  void leaks(Location root, Location l, int derefs) {
    add(Outcome.LEAKS, root, l, derefs);
  }

  private void add(Outcome outcome, Location root, Location l, int derefs) {
    List<Step> steps = new ArrayList<>();
    Set<Location> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    Location at = l;
    while (at != root && visited.add(at)) {
      Location next = Objects.requireNonNull(at.next);
      steps.add(new Step(next, at.nextEdge));
      at = next;
    }
    ways.add(new Way(outcome, l, root, derefs, reason(root, l), steps, at != root));
  }

  /** Why {@code root}, which does, outlives {@code l}. */
  private static Reason reason(Location root, Location l) {
    if (root.has(Location.ESCAPES)) {
      return Reason.HEAP;
    }
    if (root.isResult) {
      return Reason.RETURNED;
    }
    return root.func == l.func ? Reason.LOOP : Reason.ENCLOSING_FUNCTION;
  }

  /** Hands the graph, which has been solved, to who wants it. */
  void publish(Graph graph) {
    sink.add(new GraphExport(graph, this).graph());
  }
}
