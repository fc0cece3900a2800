package dev.escapade.tools.explain;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place that a user asks about.
 *
 * @param file absolute
 * @param line from 1
 * @param column in bytes, from 1; 0 for the whole line
 */
public record LineTarget(Path file, int line, int column) {
  private static final Pattern FORM =
      Pattern.compile("(.+\\.go):([1-9][0-9]{0,8})(?::([1-9][0-9]{0,8}))?:?");

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
}
