package dev.escapade.decisions;

import java.util.List;

/**
 * A flow path and where its parts are.
 *
 * @param path the path
 * @param places for each step its own place, then those of its notes
 */
public record PlacedPath(FlowPath path, List<Place> places) {
  public PlacedPath {
    places = List.copyOf(places);
    int parts = 0;
    for (FlowStep step : path.steps()) {
      parts += 1 + step.notes().size();
    }
    if (places.size() != parts) {
      throw new IllegalArgumentException(places.size() + " places for " + parts + " parts");
    }
  }
}
