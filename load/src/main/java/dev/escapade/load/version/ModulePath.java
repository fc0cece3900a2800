package dev.escapade.load.version;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which strings may be the path of a module, a package or a file in a module, and how paths are
 * written in the module cache (golang.org/x/mod/module). A check returns what is wrong as a text,
 * or null.
 */
public final class ModulePath {
  private static final Set<String> RESERVED_ON_WINDOWS =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private ModulePath() {}

  private enum Kind {
    IMPORT,
    FILE
  }

  /**
   * What a path is split into: {@code example.com/m/v2} into {@code example.com/m} and {@code /v2}.
   */
  public record Split(String prefix, String major) {}

  /** Checks an import path. */
  public static @Nullable String checkImportPath(String path) {
    return checkImportPath("import", path);
  }

  /** Checks an import path that is to be called {@code kind} in the text. */
  public static @Nullable String checkImportPath(String kind, String path) {
    String fault = check(path, Kind.IMPORT);
    return fault == null
        ? null
        : "malformed " + kind + " path " + GoQuote.quote(path) + ": " + fault;
  }

  /** Checks a slash-separated file path. */
  public static @Nullable String checkFilePath(String path) {
    String fault = check(path, Kind.FILE);
    return fault == null ? null : "malformed file path " + GoQuote.quote(path) + ": " + fault;
  }

  private static @Nullable String check(String path, Kind kind) {
    if (path.indexOf('\uFFFD') >= 0) {
      return "invalid UTF-8";
    }
    if (path.isEmpty()) {
      return "empty string";
    }
    if (path.charAt(0) == '-' && kind != Kind.FILE) {
      return "leading dash";
    }
    if (path.contains("//")) {
      return "double slash";
    }
    if (path.endsWith("/")) {
      return "trailing slash";
    }
    for (String elem : path.split("/", -1)) {
      String fault = checkElement(elem, kind);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String checkElement(String elem, Kind kind) {
    if (elem.isEmpty()) {
      return "empty path element";
    }
    if (elem.chars().allMatch(c -> c == '.')) {
      return "invalid path element " + GoQuote.quote(elem);
    }
    if (elem.endsWith(".")) {
      return "trailing dot in path element";
    }
    for (int i = 0; i < elem.length(); ) {
      int c = elem.codePointAt(i);
      if (kind == Kind.IMPORT ? !isImportChar(c) : !isFileChar(c)) {
        return "invalid char " + GoQuote.quoteRune(c);
      }
      i += Character.charCount(c);
    }
    int dot = elem.indexOf('.');
    String stem = dot >= 0 ? elem.substring(0, dot) : elem;
    if (RESERVED_ON_WINDOWS.contains(stem.toUpperCase(Locale.ROOT))) {
      return GoQuote.quote(stem) + " disallowed as path element component on Windows";
    }
    int tilde = stem.lastIndexOf('~');
    if (kind == Kind.IMPORT
        && tilde >= 0
        && tilde < stem.length() - 1
        && stem.substring(tilde + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return "trailing tilde and digits in path element";
    }
    return null;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isImportChar(int c) {
    return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '+';
  }

  private static boolean isFileChar(int c) {
    return c < 0x80
        ? isAlphanumeric(c) || "!#$%&()+,-.=@[]^_{}~ ".indexOf(c) >= 0
        : Character.isLetter(c);
  }

  /**
   * Splits off the major version suffix ({@code /v2}, or {@code .v1} under gopkg.in); null if what
   * stands there cannot be one.
   */
  public static @Nullable Split splitVersion(String path) {
    if (path.startsWith("gopkg.in/")) {
      return splitGopkgIn(path);
    }
    int i = path.length();
    boolean dot = false;
    while (i > 0 && (isDigit(path.charAt(i - 1)) || path.charAt(i - 1) == '.')) {
      dot |= path.charAt(i - 1) == '.';
      i--;
    }
    if (i <= 1 || i == path.length() || path.charAt(i - 1) != 'v' || path.charAt(i - 2) != '/') {
      return new Split(path, "");
    }
    String major = path.substring(i - 2);
    boolean bad = dot || major.length() <= 2 || major.charAt(2) == '0' || major.equals("/v1");
    return bad ? null : new Split(path.substring(0, i - 2), major);
  }

  private static @Nullable Split splitGopkgIn(String path) {
    int i = path.length();
    if (path.endsWith("-unstable")) {
      i -= "-unstable".length();
    }
    while (i > 0 && isDigit(path.charAt(i - 1))) {
      i--;
    }
    if (i <= 1 || path.charAt(i - 1) != 'v' || path.charAt(i - 2) != '.') {
      return null;
    }
    String major = path.substring(i - 2);
    boolean bad = major.length() <= 2 || (major.charAt(2) == '0' && !major.equals(".v0"));
    return bad ? null : new Split(path.substring(0, i - 2), major);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Checks that the version {@code v} goes with the major version suffix of a path. */
  public static @Nullable String checkMajor(String v, String pathMajor) {
    String suffix = pathMajor;
    if (suffix.startsWith(".v") && suffix.endsWith("-unstable")) {
      suffix = suffix.substring(0, suffix.length() - "-unstable".length());
    }
    if (v.startsWith("v0.0.0-") && suffix.equals(".v1")) {
      return null; // early gopkg.in pseudo-versions did not carry the major version
    }
    String major = Semver.major(v);
    String want;
    if (suffix.isEmpty()) {
      if (major.equals("v0") || major.equals("v1") || Semver.build(v).equals("+incompatible")) {
        return null;
      }
      want = "v0 or v1";
    } else {
      want = suffix.substring(1);
      if (major.equals(want)) {
        return null;
      }
    }
    return "version " + GoQuote.quote(v) + " invalid: should be " + want + ", not " + major;
  }

  /** A path or version as the module cache writes it: capitals become {@code !} and small. */
  public static String escape(String path) {
    StringBuilder b = null;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (b == null) {
          b = new StringBuilder(path.length() + 8).append(path, 0, i);
        }
        b.append('!').append((char) (c + ('a' - 'A')));
      } else if (b != null) {
        b.append(c);
      }
    }
    return b == null ? path : b.toString();
  }
}
