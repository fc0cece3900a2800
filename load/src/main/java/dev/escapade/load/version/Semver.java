package dev.escapade.load.version;

import org.jspecify.annotations.Nullable;

/**
 * Semantic versions with a leading {@code v}, as modules use them (golang.org/x/mod/semver): {@code
 * v1} and {@code v1.2} are accepted as short for {@code v1.0.0} and {@code v1.2.0}.
 */
public final class Semver {
  private Semver() {}

  /**
   * A version taken apart.
   *
   * @param prerelease with its leading {@code -}, or empty
   * @param build with its leading {@code +}, or empty
   */
  private record Parts(String major, String minor, String patch, String prerelease, String build) {}

  /** Reports whether {@code v} is a semantic version. */
  public static boolean isValid(String v) {
    return parse(v) != null;
  }

  /** The full form of {@code v} without build metadata, or empty if it is not valid. */
  public static String canonical(String v) {
    Parts p = parse(v);
    return p == null ? "" : "v" + p.major + "." + p.minor + "." + p.patch + p.prerelease;
  }

  /** The canonical form, in which the mark {@code +incompatible} survives; empty if not valid. */
  public static String canonicalModule(String v) {
    Parts p = parse(v);
    if (p == null) {
      return "";
    }
    return p.build.equals("+incompatible") ? canonical(v) + p.build : canonical(v);
  }

  /** The major version, such as {@code v2}, or empty if {@code v} is not valid. */
  public static String major(String v) {
    Parts p = parse(v);
    return p == null ? "" : "v" + p.major;
  }

  /** The build metadata with its {@code +}, or empty. */
  public static String build(String v) {
    Parts p = parse(v);
    return p == null ? "" : p.build;
  }

  /** Compares by precedence; what is not valid is below what is, and equal to its like. */
  public static int compare(String v, String w) {
    Parts a = parse(v);
    Parts b = parse(w);
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    int c = compareNumbers(a.major, b.major);
    if (c == 0) {
      c = compareNumbers(a.minor, b.minor);
    }
    if (c == 0) {
      c = compareNumbers(a.patch, b.patch);
    }
    return c == 0 ? comparePrereleases(a.prerelease, b.prerelease) : c;
  }

  /** Compares decimal numbers of any length without leading zeros. */
  static int compareNumbers(String a, String b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static int comparePrereleases(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? 1 : -1;
    }
    String[] as = a.substring(1).split("\\.", -1);
    String[] bs = b.substring(1).split("\\.", -1);
    for (int i = 0; i < as.length && i < bs.length; i++) {
      boolean an = isNumber(as[i]);
      boolean bn = isNumber(bs[i]);
      int c =
          an && bn
              ? compareNumbers(as[i], bs[i])
              : an != bn ? (an ? -1 : 1) : as[i].compareTo(bs[i]);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(as.length, bs.length);
  }

  private static boolean isNumber(String s) {
    return s.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable Parts parse(String v) {
    if (v.isEmpty() || v.charAt(0) != 'v') {
      return null;
    }
    int majorEnd = numberEnd(v, 1);
    if (majorEnd < 0) {
      return null;
    }
    String major = v.substring(1, majorEnd);
    if (majorEnd == v.length()) {
      return new Parts(major, "0", "0", "", "");
    }
    int minorEnd = v.charAt(majorEnd) == '.' ? numberEnd(v, majorEnd + 1) : -1;
    if (minorEnd < 0) {
      return null;
    }
    String minor = v.substring(majorEnd + 1, minorEnd);
    if (minorEnd == v.length()) {
      return new Parts(major, minor, "0", "", "");
    }
    int patchEnd = v.charAt(minorEnd) == '.' ? numberEnd(v, minorEnd + 1) : -1;
    if (patchEnd < 0) {
      return null;
    }
    String patch = v.substring(minorEnd + 1, patchEnd);
    int plus = v.indexOf('+', patchEnd);
    int end = plus < 0 ? v.length() : plus;
    String prerelease = v.substring(patchEnd, end);
    String build = v.substring(end);
    if (!prerelease.isEmpty()
        && (prerelease.charAt(0) != '-' || !isIdentifiers(prerelease.substring(1), true))) {
      return null;
    }
    if (!build.isEmpty() && !isIdentifiers(build.substring(1), false)) {
      return null;
    }
    return new Parts(major, minor, patch, prerelease, build);
  }

  private static int numberEnd(String v, int start) {
    int i = start;
    while (i < v.length() && v.charAt(i) >= '0' && v.charAt(i) <= '9') {
      i++;
    }
    boolean leadingZero = i > start + 1 && v.charAt(start) == '0';
    return i == start || leadingZero ? -1 : i;
  }

  private static boolean isIdentifiers(String s, boolean strictNumbers) {
    for (String id : s.split("\\.", -1)) {
      if (id.isEmpty() || !id.chars().allMatch(Semver::isIdentifierChar)) {
        return false;
      }
      if (strictNumbers && isNumber(id) && id.length() > 1 && id.charAt(0) == '0') {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentifierChar(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  }
}
