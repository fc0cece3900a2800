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

  /**
   * Whether no replacement touches the place of another, so that one pass makes all of them: at
   * each place the first that matches.
   */
  private final boolean isSimple;

  private PathShortener(List<Replacement> replacements) {
    this.replacements = List.copyOf(replacements);
    this.root = replacements.isEmpty() ? 0 : replacements.getFirst().from[0];
    this.isSimple = replacements.stream().noneMatch(r -> hasBlank(r.from) || hasBlank(r.to));
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

  /** A whole text with shortened paths. */
  public String shortened(PackageOutput.Text text) {
    PackageOutput.Text shorter =
        out -> {
          try (OutputStream lines = shorten(out)) {
            text.writeTo(lines);
          }
        };
    return shorter.whole();
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

  /** The replacement to be made at a place in a line that ends before {@code end}, or null. */
  private @Nullable Replacement replacement(byte[] text, int place, int end) {
    for (Replacement r : replacements) {
      if (place + r.from.length <= end && matches(text, place, r.from)) {
        return r;
      }
    }
    return null;
  }

  private static boolean startsPath(byte[] text, int i) {
    return i == 0 || text[i - 1] == ' ' || (i == 1 && text[0] == '\t');
  }

  private static boolean matches(byte[] text, int at, byte[] what) {
    return Arrays.equals(text, at, at + what.length, what, 0, what.length);
  }

  private final class Lines extends OutputStream {
    private final OutputStream out;

    /** What has been shortened and not been written. */
    private final byte[] done = new byte[1 << 16];

    private int doneLength;

    /** The beginning of a line. */
    private byte[] line = new byte[1024];

    private int length;

    Lines(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      int end = off + len;
      int start = off;
      if (length > 0) {
        start = lineEnd(b, off, end);
        append(b, off, start);
        if (length > 0 && line[length - 1] == '\n') {
          shortenLines(line, 0, length);
          length = 0;
        }
      }
      int rest = lastLine(b, start, end);
      shortenLines(b, start, rest);
      append(b, rest, end);
    }

    /** Where the line ends that goes on at {@code from}. */
    private static int lineEnd(byte[] b, int from, int end) {
      int i = from;
      while (i < end && b[i] != '\n') {
        i++;
      }
      return Math.min(end, i + 1);
    }

    /** Where the line starts that has not ended before {@code end}. */
    private static int lastLine(byte[] b, int from, int end) {
      int i = end;
      while (i > from && b[i - 1] != '\n') {
        i--;
      }
      return i;
    }

    private void append(byte[] b, int from, int to) {
      int more = to - from;
      if (length + more > line.length) {
        line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
      }
      System.arraycopy(b, from, line, length, more);
      length += more;
    }

    private void shortenLines(byte[] b, int from, int to) throws IOException {
      if (isSimple) {
        shortenAtOnce(b, from, to);
        return;
      }
      for (int start = from; start < to; ) {
        int end = lineEnd(b, start, to);
        byte[] shortened = shorten(Arrays.copyOfRange(b, start, end), end - start);
        put(shortened, 0, shortened.length);
        start = end;
      }
    }

    private void shortenAtOnce(byte[] b, int from, int to) throws IOException {
      int copied = from;
      byte first = root;
      byte before = '\n';
      for (int i = from; i < to; i++) {
        byte c = b[i];
        if (c == first && isPlace(b, from, i, before)) {
          Replacement r = replacement(b, i, to);
          if (r != null) {
            put(b, copied, i);
            put(r.to, 0, r.to.length);
            copied = i + r.from.length;
            i = copied - 1;
            c = first; // What was replaced has no blank.
          }
        }
        before = c;
      }
      put(b, copied, to);
    }

    private static boolean isPlace(byte[] b, int from, int i, byte before) {
      return before == ' '
          || before == '\n'
          || (before == '\t' && (i - 1 == from || b[i - 2] == '\n'));
    }

    private void put(byte[] b, int from, int to) throws IOException {
      int more = to - from;
      if (more > done.length - doneLength) {
        writeDone();
        if (more > done.length) {
          out.write(b, from, more);
          return;
        }
      }
      System.arraycopy(b, from, done, doneLength, more);
      doneLength += more;
    }

    @Override
    public void flush() throws IOException {
      writeDone();
      out.flush();
    }

    private void writeDone() throws IOException {
      if (doneLength > 0) {
        out.write(done, 0, doneLength);
        doneLength = 0;
      }
    }

    @Override
    public void close() throws IOException {
      shortenLines(line, 0, length);
      length = 0;
      writeDone();
      out.close();
    }
  }
}
