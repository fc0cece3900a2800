package dev.escapade.escape;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.FlowPath;
import dev.escapade.decisions.Optimization;
import dev.escapade.decisions.Place;
import dev.escapade.decisions.PlacedPath;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The locations of one batch of functions and the assignments between them. */
final class Graph {
  /**
   * A closure whose captured variables are yet to flow to it: how it captures them is known only
   * when all of the batch has been walked.
   */
  record Closure(Hole hole, ClosureExpr expr) {}

  final Unit unit;
  final List<Location> locations = new ArrayList<>();
  final List<Closure> closures = new ArrayList<>();

  static final int ALL_ATTRS =
      Location.ESCAPES | Location.PERSISTS | Location.MUTATES | Location.CALLS;

  final Location heap = new Location(null, null, 0, ALL_ATTRS);
  final Location mutator = new Location(null, null, 0, Location.MUTATES);
  final Location callee = new Location(null, null, 0, Location.CALLS);
  final Location blank = new Location(null, null, 0, 0);

  /** Remembers what decided, if the graph is wanted as data. */
  final @Nullable GraphTrace trace;

  private final boolean detailed;

  Graph(Unit unit, @Nullable GraphTrace trace) {
    this.unit = unit;
    this.trace = trace;
    detailed = unit.log().explains();
  }

  Hole heapHole() {
    return Hole.of(heap);
  }

  Hole mutatorHole() {
    return Hole.of(mutator);
  }

  Hole calleeHole() {
    return Hole.of(callee);
  }

  Hole discardHole() {
    return Hole.of(blank);
  }

  /** {@code hole}, with the remark that {@code where} is on the way to it. */
  Hole note(Hole hole, Node where, String why) {
    return detailed ? hole.with(new Note(hole.notes(), where, why)) : hole;
  }

  /** The hole of an expression whose target flows to {@code hole}. */
  Hole deref(Hole hole, Node where, String why) {
    return note(hole.shift(1), where, why);
  }

  /** The hole of an expression whose address flows to {@code hole}. */
  Hole addr(Hole hole, Node where, String why) {
    return note(hole.shift(-1), where, why);
  }

  /**
   * The location of a local variable.
   *
   * @throws NullPointerException if it has none yet
   */
  Location locationOf(Name n) {
    return (Location) Objects.requireNonNull(n.canonical().opt, "no location");
  }

  /** A new location in {@code func}, within {@code loopDepth} loops. */
  Location newLocation(@Nullable Node n, Func func, int loopDepth, boolean persists) {
    Location location = new Location(n, func, loopDepth, persists ? Location.PERSISTS : 0);
    locations.add(location);
    if (n instanceof Name name) {
      name.opt = location;
    }
    return location;
  }

  /**
   * Records that the value of {@code source} flows to {@code hole}. An address that flows to what
   * is on the heap already settles the matter at once.
   */
  void flow(Hole hole, Location source) {
    if (hole.addrTaken()) {
      source.addrTaken = true;
    }
    Location dst = hole.dst();
    if (dst == blank || (dst == source && hole.derefs() >= 0)) {
      return;
    }
    if (dst.has(Location.ESCAPES) && hole.derefs() < 0) {
      if (detailed) {
        reportEscape(hole, source);
      }
      if (trace != null) {
        trace.settled(hole, source);
      }
      source.attrs |= ALL_ATTRS;
      return;
    }
    dst.addEdge(source, hole.derefs(), hole.notes());
  }

  private void reportEscape(Hole hole, Location source) {
    Node n = Objects.requireNonNull(source.node);
    String subject = unit.text(n);
    FlowPath path =
        new FlowPath(
            List.of(Explainer.step(this, hole.dst(), source, hole.derefs(), hole.notes())), false);
    if (unit.log().isDetailed()) {
      unit.log()
          .add(new Decision.EscapePath(unit.pos(n), subject, Unit.functionName(source.func), path));
    }
    unit.record(() -> {
      List<Place> places = new ArrayList<>();
      Explainer.places(this, source, hole.notes(), places);
      return new Optimization.Escape(unit.place(n), subject, true, new PlacedPath(path, places));
    });
  }
}
