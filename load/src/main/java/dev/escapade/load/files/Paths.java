package dev.escapade.load.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths as strings with slashes (Go's packages path and path/filepath). */
public final class Paths {
  private Paths() {}

  /** Reports whether {@code path} is absolute, a Windows drive letter included. */
  public static boolean isAbsolute(String path) {
    return path.startsWith("/")
        || (path.length() >= 3
            && path.charAt(1) == ':'
            && (path.charAt(2) == '/' || path.charAt(2) == '\\')
            && Character.isLetter(path.charAt(0)));
  }

  /** The shortest equal path: no {@code .}, no avoidable {@code ..}, no double or final slash. */
  public static String clean(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    boolean rooted = path.charAt(0) == '/';
    List<String> out = new ArrayList<>();
    for (String elem : path.split("/", -1)) {
      if (elem.isEmpty() || elem.equals(".")) {
        continue;
      }
      if (elem.equals("..")) {
        if (!out.isEmpty() && !out.getLast().equals("..")) {
          out.removeLast();
          continue;
        }
        if (rooted) {
          continue;
        }
      }
      out.add(elem);
    }
    String joined = String.join("/", out);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** {@code a/b} cleaned; an empty part is left out. */
  public static String join(String a, String b) {
    return a.isEmpty()
        ? (b.isEmpty() ? "" : clean(b))
        : b.isEmpty() ? clean(a) : clean(a + "/" + b);
  }

  /** {@code path} cleaned, relative to {@code dir} if it is not absolute. */
  public static String absolute(String dir, String path) {
    return isAbsolute(path) ? clean(path) : join(dir, path);
  }

  /** All before the last slash, cleaned; {@code .} if there is none. */
  public static String parent(String path) {
    int i = path.lastIndexOf('/');
    return i < 0 ? "." : i == 0 ? "/" : clean(path.substring(0, i));
  }

  /** The same for a path that is clean. */
  static String parentOfClean(String path) {
    int i = path.lastIndexOf('/');
    return i < 0 ? "." : i == 0 ? "/" : path.substring(0, i);
  }

  /** What follows the last slash. */
  public static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Reports whether {@code path} is {@code prefix} or below it. */
  public static boolean isWithin(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length()
            || prefix.endsWith("/")
            || path.charAt(prefix.length()) == '/');
  }

  /** {@code path} relative to {@code dir}, {@code .} if they are equal, or null if not below. */
  public static @Nullable String below(String path, String dir) {
    if (!isWithin(path, dir)) {
      return null;
    }
    if (path.length() == dir.length()) {
      return ".";
    }
    return path.substring(dir.endsWith("/") ? dir.length() : dir.length() + 1);
  }

  /** The way from directory {@code from} to {@code to}, both absolute and clean. */
  public static String relative(String from, String to) {
    if (from.equals(to)) {
      return ".";
    }
    String[] a = from.equals("/") ? new String[0] : from.substring(1).split("/", -1);
    String[] b = to.equals("/") ? new String[0] : to.substring(1).split("/", -1);
    int same = 0;
    while (same < a.length && same < b.length && a[same].equals(b[same])) {
      same++;
    }
    List<String> out = new ArrayList<>();
    for (int i = same; i < a.length; i++) {
      out.add("..");
    }
    for (int i = same; i < b.length; i++) {
      out.add(b[i]);
    }
    return String.join("/", out);
  }

  /**
   * The name under which {@code path} is shown: relative to the working directory where that is
   * shorter (cmd/go: base.ShortPath).
   */
  public static String shorten(String cwd, String path) {
    if (!isAbsolute(path)) {
      return path;
    }
    String relative = relative(cwd, path);
    return relative.length() < path.length() ? relative : path;
  }
}
