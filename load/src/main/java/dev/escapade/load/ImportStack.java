package dev.escapade.load;

import dev.escapade.diag.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The imports that led from the command line to the package at hand. */
final class ImportStack {
  private final List<Entry> entries = new ArrayList<>();

  /** A package, and the place of the import that led to it, or null on the command line. */
  record Entry(String path, @Nullable Position pos) {}

  void push(String path, @Nullable List<Position> positions) {
    Position first = positions == null || positions.isEmpty() ? null : positions.getFirst();
    entries.add(new Entry(path, first));
  }

  void pop() {
    entries.removeLast();
  }

  int depth() {
    return entries.size();
  }

  List<Entry> copy() {
    return List.copyOf(entries);
  }

  /** The innermost package, or empty. */
  String top() {
    return entries.isEmpty() ? "" : entries.getLast().path();
  }

  /** Reports whether this is the shorter way, or as short and the first by name. */
  boolean isShorterThan(List<Entry> other) {
    if (entries.size() != other.size()) {
      return entries.size() < other.size();
    }
    for (int i = 0; i < entries.size(); i++) {
      int c = entries.get(i).path().compareTo(other.get(i).path());
      if (c != 0) {
        return c < 0;
      }
    }
    return false;
  }
}
