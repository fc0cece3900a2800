package dev.escapade.advice.finding;

import java.util.Comparator;

/**
 * An extent of source code, as it is in the file, whatever line directives say.
 *
 * @param file the absolute path
 * @param line from 1
 * @param column in bytes, from 1
 * @param endLine the line of the first byte behind the extent
 * @param endColumn its column
 * @param offset the first byte's offset in the file
 * @param endOffset the offset of the first byte behind the extent
 */
public record Place(
    String file, int line, int column, int endLine, int endColumn, int offset, int endOffset)
    implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::offset)
          .thenComparingInt(Place::endOffset);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
