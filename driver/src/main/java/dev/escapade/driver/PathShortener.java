package dev.escapade.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shortens the absolute paths in a compiler's output as the go command does (cmd/go/internal/work:
 * Shell.reportCmd, go 1.26). The package's directory, and then each directory above it, becomes a
 * path relative to the working directory where that is shorter; in the text it is looked for at the
 * start of a line, after a tab that starts a line, and after a space.
 *
 * <p>Like the go command's, the replacement does not ask whether the found text ends at a slash.
 */
public final class PathShortener {
  private static final class Replacement {
    final byte[] from;
    final byte[] to;

    Replacement(byte[] from, byte[] to) {
      this.from = from;
      this.to = to;
    }
  }

  private final List<Replacement> replacements;

  /** What all absolute paths begin with. */
  private final byte root;

  /** Whether what a replacement puts in, or leaves over, is never the place of another. */
  private final boolean isSimple;

  private PathShortener(List<Replacement> replacements) {
    this.replacements = List.copyOf(replacements);
    this.root = replacements.isEmpty() ? 0 : replacements.getFirst().from[0];
    this.isSimple = replacements.stream().noneMatch(r -> hasBlank(r.to));
  }

  private static boolean hasBlank(byte[] text) {
    for (byte b : text) {
      if (b == ' ' || b == '\t') {
        return true;
      }
    }
    return false;
  }

  /**
   * The shortener for one package.
   *
   * @param workingDir absolute
   * @param packageDir absolute, or empty for a package without files
   */
  public static PathShortener of(Path workingDir, String packageDir) {
    List<Replacement> replacements = new ArrayList<>();
    if (!packageDir.isEmpty()) {
      for (@Nullable Path dir = Path.of(packageDir); dir != null; dir = dir.getParent()) {
        byte[] absolute = bytes(dir.toString());
        byte[] relative = bytes(relative(workingDir, dir));
        if (relative.length < absolute.length) {
          replacements.add(new Replacement(absolute, relative));
        }
      }
    }
    return new PathShortener(replacements);
  }

  private static String relative(Path from, Path to) {
    String relative = from.relativize(to).toString();
    return relative.isEmpty() ? "." : relative;
  }

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  /** A stream that writes to {@code out}, line by line, with shortened paths. */
  public OutputStream shorten(OutputStream out) {
    return replacements.isEmpty() ? out : new Lines(out);
  }

  /** The line with all replacements made, one after the other. */
  private byte[] shorten(byte[] line, int length) {
    byte[] text = Arrays.copyOf(line, length);
    for (Replacement r : replacements) {
      text = replace(text, r);
    }
    return text;
  }

  private static byte[] replace(byte[] text, Replacement r) {
    byte @Nullable [] result = null;
    int size = 0;
    int copied = 0;
    for (int i = 0; i + r.from.length <= text.length; i++) {
      if (text[i] == r.from[0] && startsPath(text, i) && matches(text, i, r.from)) {
        if (result == null) {
          result = new byte[text.length];
        }
        System.arraycopy(text, copied, result, size, i - copied);
        size += i - copied;
        System.arraycopy(r.to, 0, result, size, r.to.length);
        size += r.to.length;
        copied = i + r.from.length;
        i = copied - 1;
      }
    }
    if (result == null) {
      return text;
    }
    System.arraycopy(text, copied, result, size, text.length - copied);
    return Arrays.copyOf(result, size + text.length - copied);
  }

  /** How many places of a line may begin an absolute path, at most 2. */
  private int places(byte[] line, int length) {
    int first = firstPlace(line, length);
    if (first < 0) {
      return 0;
    }
    return isSimple && nextPlace(line, first + 1, length) < 0 ? 1 : 2;
  }

  private int firstPlace(byte[] line, int length) {
    return nextPlace(line, 0, length);
  }

  private int nextPlace(byte[] line, int from, int length) {
    for (int i = from; i < length; i++) {
      if (line[i] == root && startsPath(line, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsPath(byte[] text, int i) {
    return i == 0 || text[i - 1] == ' ' || (i == 1 && text[0] == '\t');
  }

  private static boolean matches(byte[] text, int at, byte[] what) {
    return Arrays.equals(text, at, at + what.length, what, 0, what.length);
  }

  private final class Lines extends OutputStream {
    private final OutputStream out;
    private byte[] line = new byte[1024];
    private int length;

    Lines(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      reserve(1);
      line[length++] = (byte) b;
      if (b == '\n') {
        endLine();
      }
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      int start = off;
      int end = off + len;
      for (int i = off; i < end; i++) {
        if (b[i] == '\n') {
          append(b, start, i + 1);
          endLine();
          start = i + 1;
        }
      }
      append(b, start, end);
    }

    private void append(byte[] b, int from, int to) {
      reserve(to - from);
      System.arraycopy(b, from, line, length, to - from);
      length += to - from;
    }

    private void reserve(int more) {
      if (length + more > line.length) {
        line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
      }
    }

    private void endLine() throws IOException {
      switch (places(line, length)) {
        case 0 -> out.write(line, 0, length);
        case 1 -> writeShortened();
        default -> out.write(shorten(line, length));
      }
      length = 0;
    }

    /** Writes a line that has one place, where only one replacement can be made. */
    private void writeShortened() throws IOException {
      int place = firstPlace(line, length);
      for (Replacement r : replacements) {
        int end = place + r.from.length;
        if (end <= length && matches(line, place, r.from)) {
          out.write(line, 0, place);
          out.write(r.to);
          out.write(line, end, length - end);
          return;
        }
      }
      out.write(line, 0, length);
    }

    @Override
    public void close() throws IOException {
      if (length > 0) {
        endLine();
      }
      out.close();
    }
  }
}
