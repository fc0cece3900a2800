package dev.escapade.load.version;

/**
 * Versions of Go as go.mod files write them: {@code 1.20}, {@code 1.21rc1}, {@code 1.21.0} (package
 * internal/gover). Before 1.21 a language version and its first release are the same; from 1.21 on
 * {@code 1.21} comes before {@code 1.21rc1}, which comes before {@code 1.21.0}.
 */
public final class GoVersion {
  /** The version of a go.mod without a go line. */
  public static final String DEFAULT_GO_MOD = "1.16";

  /** The version of a go.work without a go line. */
  public static final String DEFAULT_GO_WORK = "1.18";

  /** From here on, a go.mod lists all modules that its packages need, so graphs are pruned. */
  public static final String EXPLICIT_INDIRECT = "1.17";

  /** From here on, a go line is a minimum that every release must keep. */
  public static final String STRICT = "1.21";

  private static final Parts INVALID = new Parts("", "", "", "", "");

  private GoVersion() {}

  /** Numbers are decimal digits; absent parts are empty. {@code kind} is such as {@code rc}. */
  private record Parts(String major, String minor, String patch, String kind, String pre) {}

  /** Compares two versions; all that is not valid is equal and below what is valid. */
  public static int compare(String x, String y) {
    Parts a = parse(x);
    Parts b = parse(y);
    int c = Semver.compareNumbers(a.major, b.major);
    if (c == 0) {
      c = Semver.compareNumbers(a.minor, b.minor);
    }
    if (c == 0) {
      c = Semver.compareNumbers(a.patch, b.patch);
    }
    if (c == 0) {
      c = a.kind.compareTo(b.kind);
    }
    return c == 0 ? Semver.compareNumbers(a.pre, b.pre) : c;
  }

  /** Reports whether {@code x} is a version. */
  public static boolean isValid(String x) {
    return !parse(x).major.isEmpty();
  }

  /** The language version of {@code x}: {@code 1.21} for {@code 1.21rc2}. Empty if not valid. */
  public static String lang(String x) {
    Parts p = parse(x);
    if (p.minor.isEmpty() || p.major.equals(x)) {
      return p.major;
    }
    return p.major + "." + p.minor;
  }

  /**
   * The version in a toolchain name such as {@code go1.21.3-suffix}, or empty if there is none in
   * it.
   */
  public static String fromToolchain(String name) {
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || !name.startsWith("go")) {
      return "";
    }
    int end = 2;
    while (end < name.length() && " \t-".indexOf(name.charAt(end)) < 0) {
      end++;
    }
    String v = name.substring(2, end);
    return isValid(v) ? v : "";
  }

  private static Parts parse(String x) {
    int majorEnd = digits(x, 0);
    if (majorEnd < 0) {
      return INVALID;
    }
    String major = x.substring(0, majorEnd);
    if (majorEnd == x.length()) {
      return new Parts(major, "0", "0", "", "");
    }
    int minorEnd = x.charAt(majorEnd) == '.' ? digits(x, majorEnd + 1) : -1;
    if (minorEnd < 0) {
      return INVALID;
    }
    String minor = x.substring(majorEnd + 1, minorEnd);
    if (minorEnd == x.length()) {
      boolean releaseOnly = Semver.compareNumbers(minor, "21") < 0;
      return new Parts(major, minor, releaseOnly ? "0" : "", "", "");
    }
    if (x.charAt(minorEnd) == '.') {
      int patchEnd = digits(x, minorEnd + 1);
      return patchEnd == x.length()
          ? new Parts(major, minor, x.substring(minorEnd + 1), "", "")
          : INVALID;
    }
    int kindEnd = minorEnd;
    while (kindEnd < x.length() && x.charAt(kindEnd) >= 'a' && x.charAt(kindEnd) <= 'z') {
      kindEnd++;
    }
    boolean preOk = kindEnd == x.length() || digits(x, kindEnd) == x.length();
    return kindEnd > minorEnd && preOk
        ? new Parts(major, minor, "", x.substring(minorEnd, kindEnd), x.substring(kindEnd))
        : INVALID;
  }

  /** The end of the number at {@code start}, or -1 if there is none or it has a leading zero. */
  private static int digits(String x, int start) {
    int i = start;
    while (i < x.length() && x.charAt(i) >= '0' && x.charAt(i) <= '9') {
      i++;
    }
    return i == start || (x.charAt(start) == '0' && i > start + 1) ? -1 : i;
  }
}
