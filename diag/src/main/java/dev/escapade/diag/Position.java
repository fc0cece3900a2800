package dev.escapade.diag;

import java.util.Comparator;

/**
 * A place in a source file as it is printed.
 *
 * @param filename the file's name, as the {@code //line} directive in force says or else as it was
 *     opened
 * @param line from 1; 0 means that the place is unknown
 * @param column in bytes from 1; 0 means that only the line is known (as after a {@code //line}
 *     directive without column)
 */
public record Position(String filename, int line, int column) implements Comparable<Position> {
  /** The position of what has no place in source. */
  public static final Position UNKNOWN = new Position("", 0, 0);

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::filename)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  /** Reports whether this is a place at all. */
  public boolean isKnown() {
    return line > 0;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    if (!isKnown()) {
      return filename.isEmpty() ? "<unknown position>" : filename;
    }
    return column > 0 ? filename + ":" + line + ":" + column : filename + ":" + line;
  }
}
