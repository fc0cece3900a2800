package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/**
 * A version of the Go language, without patch number (go/version: Lang).
 *
 * @param major 1 for every version so far; -1 for {@link #NONE}
 * @param minor from 0
 */
public record GoVersion(int major, int minor) implements Comparable<GoVersion> {
  /** No version is known; every feature is allowed. */
  public static final GoVersion NONE = new GoVersion(-1, -1);

  public static final GoVersion GO1_9 = new GoVersion(1, 9);
  public static final GoVersion GO1_13 = new GoVersion(1, 13);
  public static final GoVersion GO1_14 = new GoVersion(1, 14);
  public static final GoVersion GO1_17 = new GoVersion(1, 17);
  public static final GoVersion GO1_18 = new GoVersion(1, 18);
  public static final GoVersion GO1_20 = new GoVersion(1, 20);
  public static final GoVersion GO1_21 = new GoVersion(1, 21);
  public static final GoVersion GO1_22 = new GoVersion(1, 22);
  public static final GoVersion GO1_23 = new GoVersion(1, 23);
  public static final GoVersion GO1_26 = new GoVersion(1, 26);

  /** The newest version that the checker knows. */
  public static final GoVersion CURRENT = GO1_26;

  /**
   * The language version of {@code text}, such as {@code go1.21}, {@code go1.21.3} or {@code
   * go1.21rc2}; {@link #NONE} if it is not a version.
   */
  public static GoVersion parse(@Nullable String text) {
    if (text == null || !text.startsWith("go")) {
      return NONE;
    }
    int i = 2;
    int end = digits(text, i);
    int major = number(text, i, end);
    if (major < 0) {
      return NONE;
    }
    if (end == text.length()) {
      return new GoVersion(major, 0);
    }
    if (text.charAt(end) != '.') {
      return NONE;
    }
    i = end + 1;
    end = digits(text, i);
    int minor = number(text, i, end);
    return minor >= 0 && isSuffix(text, end) ? new GoVersion(major, minor) : NONE;
  }

  /** Reports whether a version is known. */
  public boolean isValid() {
    return major >= 0;
  }

  @Override
  public int compareTo(GoVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    if (!isValid()) {
      return "";
    }
    return major == 1 && minor == 0 ? "go1" : "go" + major + "." + minor;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The number in {@code text[from:end]}; -1 if it is empty, too long or has a leading zero. */
  private static int number(String text, int from, int end) {
    int length = end - from;
    if (length == 0 || length > 6 || (length > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    return Integer.parseInt(text, from, end, 10);
  }

  /** Reports whether {@code text[from:]} is empty, a patch number or a pre-release mark. */
  private static boolean isSuffix(String text, int from) {
    if (from == text.length()) {
      return true;
    }
    if (text.charAt(from) == '.') {
      int end = digits(text, from + 1);
      return end == text.length() && number(text, from + 1, end) >= 0;
    }
    int i = from;
    while (i < text.length() && text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
      i++;
    }
    int end = digits(text, i);
    return i > from && end == text.length() && number(text, i, end) >= 0;
  }
}
