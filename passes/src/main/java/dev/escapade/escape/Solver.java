package dev.escapade.escape;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.FlowPath;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.unit.Unit;
import java.util.List;
import java.util.Objects;

/**
 * Finds what escapes in a {@link Graph}: for each root location, a walk computes the least number
 * of dereferences on the way from every location that flows to it, and draws the conclusions
 * (cmd/compile/internal/escape/solve.go).
 */
final class Solver {
  private final Graph graph;
  private final Unit unit;
  private final Batches batches;
  private final int maxResultTags;
  private final LocationQueue roots;
  private final LocationQueue reached = new LocationQueue(16);
  private int walk;

  Solver(Graph graph, Batches batches) {
    this.graph = graph;
    this.batches = batches;
    unit = graph.unit;
    maxResultTags = unit.release().escape().maxResultTags();
    roots = new LocationQueue(graph.locations.size() + 3);
  }

  /** Walks from every location, and again from those whose attributes changed, to a fixpoint. */
  void solve() {
    List<Location> locations = graph.locations;
    for (int i = 0; i < locations.size(); i++) {
      addRoot(locations.get(i));
    }
    addRoot(graph.mutator);
    addRoot(graph.callee);
    addRoot(graph.heap);
    while (!roots.isEmpty()) {
      Location root = roots.removeFirst();
      root.queued = false;
      walk++;
      walkFrom(root);
    }
  }

  private void addRoot(Location location) {
    roots.addFirst(location);
    location.queued = true;
  }

  /** Queues a location to be walked from again; what escapes goes first and spreads sooner. */
  private void enqueue(Location location) {
    if (location.queued) {
      return;
    }
    location.queued = true;
    if (location.has(Location.ESCAPES)) {
      roots.addFirst(location);
    } else {
      roots.addLast(location);
    }
  }

  /**
   * One walk. Weights may be negative, so a location is visited again whenever a shorter way to it
   * turns up; sums are bounded below by 0, so there are no cycles that shorten a way forever.
   */
  private void walkFrom(Location root) {
    root.walk = walk;
    root.derefs = 0;
    root.next = null;
    for (Name result : batches.loseResults(root)) {
      enqueue(graph.locationOf(result));
    }
    reached.addFirst(root);
    while (!reached.isEmpty()) {
      Location l = reached.removeFirst();
      l.queuedInWalk = 0;
      if (visit(root, l)) {
        followEdges(l);
      }
    }
  }

  /**
   * Concludes what follows from the way from {@code l} to the walk's root.
   *
   * @return whether what flows to {@code l} is to be visited as well
   */
  private boolean visit(Location root, Location l) {
    int newAttrs = 0;
    int derefs = l.derefs;
    if (derefs < 0) {
      // The address of l reaches the root; that of what flows to l does not.
      derefs = 0;
      if (root.outlives(l)) {
        if (!l.has(Location.ESCAPES)) {
          escapes(root, l);
        }
        newAttrs |= Location.ESCAPES | Location.PERSISTS | Location.MUTATES | Location.CALLS;
      } else if (root.has(Location.PERSISTS)) {
        newAttrs |= Location.PERSISTS;
      }
    }
    if (derefs == 0) {
      newAttrs |= root.attrs & (Location.MUTATES | Location.CALLS);
    }
    if (l.isParam) {
      visitParam(root, l, derefs);
    }
    if ((newAttrs & ~l.attrs) != 0) {
      l.attrs |= newAttrs;
      enqueue(l);
      return !l.has(Location.ESCAPES);
    }
    return true;
  }

  private void visitParam(Location root, Location l, int derefs) {
    if (root.outlives(l)) {
      if (!l.has(Location.ESCAPES)) {
        leaks(root, l, derefs);
      }
      l.leakTo(root, derefs, maxResultTags);
    }
    if (root.has(Location.MUTATES)) {
      l.leaks = Leaks.add(l.leaks, Leaks.MUTATOR, derefs);
    }
    if (root.has(Location.CALLS)) {
      l.leaks = Leaks.add(l.leaks, Leaks.CALLEE, derefs);
    }
  }

  private void followEdges(Location l) {
    int base = Math.max(l.derefs, 0);
    for (int i = 0; i < l.edgeCount; i++) {
      Location source = l.edgeSources[i];
      if (source.has(Location.ESCAPES)) {
        continue;
      }
      int derefs = base + l.edgeDerefs[i];
      if (source.walk != walk || source.derefs > derefs) {
        source.walk = walk;
        source.derefs = derefs;
        source.next = l;
        source.nextEdge = i;
        if (source.queuedInWalk != walk) {
          source.queuedInWalk = walk;
          reached.addLast(source);
        }
      }
    }
  }

  private void escapes(Location root, Location l) {
    if (unit.log().explains()) {
      reportEscape(root, l);
    }
    if (graph.trace != null) {
      graph.trace.escapes(root, l);
    }
  }

  private void leaks(Location root, Location l, int derefs) {
    if (unit.log().explains()) {
      reportLeak(root, l, derefs);
    }
    if (graph.trace != null) {
      graph.trace.leaks(root, l, derefs);
    }
  }

  private void reportEscape(Location root, Location l) {
    Node n = Objects.requireNonNull(l.node);
    String subject = unit.text(n);
    FlowPath path = Explainer.path(graph, root, l);
    if (unit.log().isDetailed()) {
      unit.log()
          .add(new Decision.EscapePath(unit.pos(n), subject, Unit.functionName(l.func), path));
    }
    unit.record(() ->
        new Optimization.Escape(
            unit.place(n), subject, false, Explainer.placed(graph, root, l, path)));
  }

  private void reportLeak(Location root, Location l, int derefs) {
    Node n = Objects.requireNonNull(l.node);
    String parameter = unit.text(n);
    String sink = Explainer.name(graph, root);
    FlowPath path = Explainer.path(graph, root, l);
    if (unit.log().isDetailed()) {
      unit.log()
          .add(
              new Decision.LeakPath(
                  unit.pos(n), parameter, sink, Unit.functionName(l.func), derefs, path));
    }
    unit.record(() ->
        new Optimization.Leak(
            unit.place(n), parameter, sink, derefs, Explainer.placed(graph, root, l, path)));
  }
}
