package dev.escapade.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files that findings point into: their names for output, their lines and columns. */
public final class Sources {
  private final Path dir;
  private final Function<String, byte @Nullable []> reader;
  private final Map<String, Lines> files = new HashMap<>();

  /**
   * Sources.
   *
   * @param dir what paths are shown relative to
   * @param reader gives the content of a file by its absolute path, or null if there is none
   */
  public Sources(Path dir, Function<String, byte @Nullable []> reader) {
    this.dir = dir;
    this.reader = reader;
  }

  /** What paths are shown relative to. */
  public Path dir() {
    return dir;
  }

  /** The path for output: relative if the file is below the folder, with slashes. */
  public String path(String file) {
    Path path = Path.of(file);
    return path.startsWith(dir) ? dir.relativize(path).toString().replace('\\', '/') : file;
  }

  /** Reports whether a file is below the folder. */
  public boolean isInside(String file) {
    return Path.of(file).startsWith(dir);
  }

  /** The bytes of a file, none if it cannot be read. */
  public byte[] content(String file) {
    byte[] content = reader.apply(file);
    return content == null ? new byte[0] : content;
  }

  /** A line without its end, or "" if there is none. */
  public String line(String file, int line) {
    return lines(file).text(line);
  }

  /** The number of lines of a file, 0 if it cannot be read. */
  public int lineCount(String file) {
    return lines(file).count();
  }

  /** The line of an offset, from 1, or 0 if the file cannot be read. */
  public int lineAt(String file, int offset) {
    return lines(file).lineAt(offset);
  }

  /**
   * A column in UTF-16 code units, from 1.
   *
   * @param column in bytes, from 1; one past the end of the line is fine
   */
  public int utf16Column(String file, int line, int column) {
    return lines(file).utf16Column(line, column);
  }

  /** The column in bytes, from 1, of an offset within its line; 0 if the file cannot be read. */
  public int columnAt(String file, int offset) {
    return lines(file).columnAt(offset);
  }

  private Lines lines(String file) {
    return files.computeIfAbsent(file, f -> Lines.of(reader.apply(f)));
  }

  /** A file cut into lines. */
  private static final class Lines {
    private final byte[] content;

    /** The offset of each line's first byte. */
    private final int[] starts;

    private Lines(byte[] content, int[] starts) {
      this.content = content;
      this.starts = starts;
    }

    static Lines of(byte @Nullable [] content) {
      if (content == null) {
        return new Lines(new byte[0], new int[0]);
      }
      int[] starts = new int[16];
      int count = 1;
      for (int i = 0; i < content.length; i++) {
        if (content[i] == '\n') {
          if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
          }
          starts[count++] = i + 1;
        }
      }
      return new Lines(content, Arrays.copyOf(starts, count));
    }

    int count() {
      return starts.length;
    }

    private int end(int line) {
      int end = line < starts.length ? starts[line] - 1 : content.length;
      return end > starts[line - 1] && content[end - 1] == '\r' ? end - 1 : end;
    }

    String text(int line) {
      if (line < 1 || line > starts.length) {
        return "";
      }
      int start = starts[line - 1];
      return new String(content, start, end(line) - start, StandardCharsets.UTF_8);
    }

    int utf16Column(int line, int column) {
      if (line < 1 || line > starts.length) {
        return column;
      }
      int start = starts[line - 1];
      int length = Math.clamp(column - 1L, 0, content.length - start);
      return new String(content, start, length, StandardCharsets.UTF_8).length() + 1;
    }

    int lineAt(int offset) {
      int i = Arrays.binarySearch(starts, offset);
      return i >= 0 ? i + 1 : -i - 1;
    }

    int columnAt(int offset) {
      int line = lineAt(offset);
      return line == 0 ? 0 : offset - starts[line - 1] + 1;
    }
  }
}
