package dev.escapade.tools.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The values that are on the heap for one side and, as far as its lines say, not for the other.
 * This is the disagreement that matters most: all others are about how a decision is told.
 */
final class Placements {
  private static final int MAX_KEPT = 1000;
  private static final String MOVED = "moved to heap: ";
  private static final String ESCAPES = " escapes to heap";

  private final List<String> lines = new ArrayList<>();
  private long count;

  /** Takes a line that only the toolchain has. */
  void addMissing(String importPath, String line) {
    add("heap for go only:   ", importPath, line);
  }

  /** Takes a line that only we have. */
  void addExtra(String importPath, String line) {
    add("heap for us only:   ", importPath, line);
  }

  private void add(String side, String importPath, String line) {
    if (!isHeap(line)) {
      return;
    }
    count++;
    if (lines.size() < MAX_KEPT) {
      lines.add(side + importPath + " " + line);
    }
  }

  /** Reports whether a line says that a value is on the heap. */
  static boolean isHeap(String line) {
    return line.startsWith(MOVED, Shape.positionEnd(line)) || line.endsWith(ESCAPES);
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** The first of them. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
