package dev.escapade.release;

/**
 * How exactly the compiler remembers a place (cmd/internal/src, "lico").
 *
 * @param maxLine the greatest line; what lies below it is reported there and loses its column
 * @param maxColumn the greatest column; from there on a column counts as unknown
 */
public record PositionRules(int maxLine, int maxColumn) {
  /** {@code line} as the compiler remembers it. */
  public int line(int line) {
    return Math.min(line, maxLine);
  }

  /** {@code column} of {@code line} as the compiler remembers it, at most {@link #maxColumn}. */
  public int column(int line, int column) {
    return line >= maxLine ? 0 : Math.min(column, maxColumn);
  }

  /** Reports whether {@link #column} is printed. */
  public boolean isPrinted(int column) {
    return 0 < column && column < maxColumn;
  }
}
