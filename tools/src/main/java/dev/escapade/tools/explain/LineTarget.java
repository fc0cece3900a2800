package dev.escapade.tools.explain;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place that a user asks about.
 *
 * @param file absolute
 * @param line from 1; 0 is no line, but can be asked for
 * @param column in bytes, from 1; 0 for the whole line
 */
public record LineTarget(Path file, int line, int column) {
  private static final Pattern FORM = Pattern.compile("(.+\\.go):([0-9]{1,9})(?::([0-9]{1,9}))?");

  /** Reads {@code file.go:LINE[:COLUMN]}, as compilers print it; null if it is not that. */
  public static @Nullable LineTarget parse(String arg, Path dir) {
    Matcher m = FORM.matcher(arg);
    if (!m.matches()) {
      return null;
    }
    int column = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
    return new LineTarget(
        dir.resolve(m.group(1)).normalize(), Integer.parseInt(m.group(2)), column);
  }

  /** The folder of the file. */
  public Path folder() {
    Path folder = file.getParent();
    return folder == null ? Path.of("/") : folder;
  }

  /** Reports whether the file has tests, which are built when they are asked for. */
  public boolean isTest() {
    return file.toString().endsWith("_test.go");
  }
}
