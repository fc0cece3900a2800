package dev.escapade.diag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source file of a {@link SourceMap}: maps byte offsets to lines and columns and applies {@code
 * //line} directives.
 *
 * <p>The scanner of the file, and nobody else, adds lines and directives, in the order of their
 * offsets; after that the file is read-only and may be shared between threads.
 */
public final class SourceFile {
  private final String name;
  private final int base;
  private final int sizeBytes;
  private int[] lineStarts = new int[64];
  private int lineCount = 1; // line 1 starts at offset 0
  private final List<LineDirective> directives = new ArrayList<>();

  /**
   * A {@code //line} or {@code /*line} directive (cmd/compile, "Line Directives").
   *
   * @param offset the first byte to which it applies
   * @param line the line that it gives to that byte
   * @param column the column that it gives to that byte, or 0 when it gives none
   */
  private record LineDirective(int offset, String filename, int line, int column) {}

  SourceFile(String name, int base, int sizeBytes) {
    this.name = name;
    this.base = base;
    this.sizeBytes = sizeBytes;
  }

  /** The name under which the file was opened. */
  public String name() {
    return name;
  }

  /** The position of the file's first byte. */
  public int base() {
    return base;
  }

  /**
   * The file's length; its positions are {@code base()} to {@code base() + sizeBytes()}, both
   * included.
   */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** The position of the byte at {@code offset} (0 to {@link #sizeBytes()}). */
  public int pos(int offset) {
    return base + offset;
  }

  /** The byte offset of {@code pos} in this file. */
  public int offset(int pos) {
    return pos - base;
  }

  /** Reports whether {@code pos} lies in this file. */
  public boolean contains(int pos) {
    return pos >= base && pos <= base + sizeBytes;
  }

  /** Records that a line starts at {@code offset}, which is greater than every earlier one. */
  public void addLine(int offset) {
    if (lineCount == lineStarts.length) {
      lineStarts = Arrays.copyOf(lineStarts, 2 * lineCount);
    }
    lineStarts[lineCount++] = offset;
  }

  /**
   * Records a line directive: the byte at {@code offset} and what follows are at {@code line} of
   * {@code filename}.
   *
   * @param column the column of that byte, or 0 when the directive has none: then columns are
   *     unknown from there on
   */
  public void addLineDirective(int offset, String filename, int line, int column) {
    directives.add(new LineDirective(offset, filename, line, column));
  }

  /** The number of lines seen so far. */
  public int lineCount() {
    return lineCount;
  }

  /** The line of {@code pos} in the file itself, from 1, whatever line directives say. */
  public int line(int pos) {
    return lineIndex(offset(pos)) + 1;
  }

  /**
   * The column of {@code pos} in the file itself, in bytes from 1, whatever line directives say.
   */
  public int column(int pos) {
    int offset = offset(pos);
    return offset - lineStarts[lineIndex(offset)] + 1;
  }

  /** The byte offset at which {@code line} (1 to {@link #lineCount()}) starts. */
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** The place of {@code pos} in the file itself, whatever line directives say. */
  public Position absolutePosition(int pos) {
    return new Position(name, line(pos), column(pos));
  }

  /** The place of {@code pos} as the line directives before it say. */
  public Position position(int pos) {
    LineDirective d = directiveAt(offset(pos));
    if (d == null) {
      return absolutePosition(pos);
    }
    int offset = offset(pos);
    int lines = lineIndex(offset) - lineIndex(d.offset);
    int column = d.column;
    if (column > 0) {
      column = lines > 0 ? column(pos) : column + (offset - d.offset);
    }
    return new Position(d.filename, d.line + lines, column);
  }

  /** The last directive at or before {@code offset}; generated files have thousands. */
  private @Nullable LineDirective directiveAt(int offset) {
    int low = 0;
    int high = directives.size();
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (directives.get(mid).offset <= offset) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low > 0 ? directives.get(low - 1) : null;
  }

  private int lineIndex(int offset) {
    int i = Arrays.binarySearch(lineStarts, 0, lineCount, offset);
    return i >= 0 ? i : -i - 2;
  }
}
