package dev.escapade.escape;

import dev.escapade.decisions.FlowNote;
import dev.escapade.decisions.FlowPath;
import dev.escapade.decisions.FlowStep;
import dev.escapade.decisions.Place;
import dev.escapade.decisions.PlacedPath;
import dev.escapade.ir.Name;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the paths that the solver found into words. */
final class Explainer {
  private Explainer() {}

  /** The path that the current walk took from {@code source} to its root. */
  static FlowPath path(Graph graph, Location root, Location source) {
    List<FlowStep> steps = new ArrayList<>();
    Set<Location> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    Location at = source;
    while (visited.add(at)) {
      Location next = Objects.requireNonNull(at.next);
      int edge = at.nextEdge;
      steps.add(step(graph, next, at, next.edgeDerefs[edge], next.edgeNotes[edge]));
      if (next == root) {
        return new FlowPath(steps, false);
      }
      at = next;
    }
    return new FlowPath(steps, true);
  }

  static FlowStep step(
      Graph graph, Location dst, Location source, int derefs, @Nullable Note notes) {
    Unit unit = graph.unit;
    List<FlowNote> words = new ArrayList<>();
    for (Note note = notes; note != null; note = note.next()) {
      words.add(new FlowNote(unit.pos(note.where()), unit.text(note.where()), note.why()));
    }
    return new FlowStep(name(graph, dst), derefs, name(graph, source), words);
  }

  /** The path that the current walk took, with the places of its parts. */
  static PlacedPath placed(Graph graph, Location root, Location source, FlowPath path) {
    List<Place> places = new ArrayList<>();
    Location at = source;
    for (int i = 0; i < path.steps().size(); i++) {
      Location next = Objects.requireNonNull(at.next);
      places(graph, at, next.edgeNotes[at.nextEdge], places);
      at = next;
    }
    return new PlacedPath(path, places);
  }

  /** Adds the places of one step: of its first note, or else of its source, and of all notes. */
  static void places(Graph graph, Location source, @Nullable Note notes, List<Place> places) {
    Unit unit = graph.unit;
    if (notes != null) {
      places.add(unit.place(notes.where()));
    } else {
      places.add(source.node == null ? Place.UNKNOWN : unit.place(source.node));
    }
    for (Note note = notes; note != null; note = note.next()) {
      places.add(unit.place(note.where()));
    }
  }

  /** How a location is called in paths. */
  static String name(Graph graph, Location location) {
    if (location == graph.heap) {
      return "{heap}";
    }
    if (location.node == null) {
      return "{temp}";
    }
    String text = graph.unit.text(location.node);
    return location.node instanceof Name ? text : "{storage for " + text + "}";
  }
}
