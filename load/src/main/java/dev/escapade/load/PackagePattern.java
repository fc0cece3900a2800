package dev.escapade.load;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A pattern of import paths or directories in which {@code ...} stands for any string (cmd/go:
 * pkgpattern). A final {@code /...} may also match nothing, and a wildcard does not match across an
 * element {@code vendor} that is not the last.
 */
final class PackagePattern {
  private static final String VENDOR = "\0";

  private PackagePattern() {}

  /** Reports whether a whole name matches. */
  static Predicate<String> matcher(String pattern) {
    String p = hideVendor(pattern);
    String regex;
    if (p.endsWith("/" + VENDOR + "/...")) {
      String base = p.substring(0, p.length() - "/v/...".length());
      regex = regex(base) + "(/vendor|/" + VENDOR + "/[^\0]*)";
    } else if (p.equals(VENDOR + "/...")) {
      regex = "(/vendor|/" + VENDOR + "/[^\0]*)";
    } else if (p.endsWith("/...")) {
      regex = regex(p.substring(0, p.length() - "/...".length())) + "(/[^\0]*)?";
    } else {
      regex = regex(p);
    }
    Predicate<String> whole = Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
    return name -> whole.test(hideVendor(name));
  }

  /** Reports whether a name, or one below it, may match. */
  static Predicate<String> treeMatcher(String pattern) {
    int dots = pattern.indexOf("...");
    String fixed = dots < 0 ? pattern : pattern.substring(0, dots);
    return name ->
        (dots >= 0 && name.startsWith(fixed))
            || fixed.equals(name)
            || (fixed.length() > name.length()
                && (name.isEmpty()
                    || (fixed.startsWith(name) && fixed.charAt(name.length()) == '/')));
  }

  private static String regex(String pattern) {
    StringBuilder b = new StringBuilder();
    int start = 0;
    while (true) {
      int dots = pattern.indexOf("...", start);
      if (dots < 0) {
        return b.append(Pattern.quote(pattern.substring(start))).toString();
      }
      b.append(Pattern.quote(pattern.substring(start, dots))).append("[^\0]*");
      start = dots + 3;
    }
  }

  private static String hideVendor(String path) {
    if (!path.contains("vendor")) {
      return path;
    }
    String[] elems = path.split("/", -1);
    for (int i = 0; i < elems.length - 1; i++) {
      if (elems[i].equals("vendor")) {
        elems[i] = VENDOR;
      }
    }
    return String.join("/", elems);
  }
}
