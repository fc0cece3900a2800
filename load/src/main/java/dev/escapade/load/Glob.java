package dev.escapade.load;

/**
 * Shell patterns for one element of a path (Go's path.Match): {@code *}, {@code ?}, {@code [a-z]},
 * {@code [^a-z]}, and a backslash before a character that stands for itself.
 */
final class Glob {
  private Glob() {}

  /** Reports whether a pattern has more than plain characters. */
  static boolean hasMeta(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[\\".indexOf(pattern.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether the syntax is right. */
  static boolean isValid(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        if (i + 1 >= pattern.length()) {
          return false;
        }
        i += 2;
      } else if (c == '[') {
        i = classEnd(pattern, i);
        if (i < 0) {
          return false;
        }
      } else {
        i++;
      }
    }
    return true;
  }

  /** Where the class that starts at {@code start} ends, or -1 if it is malformed. */
  private static int classEnd(String p, int start) {
    int i = start + 1;
    if (i < p.length() && p.charAt(i) == '^') {
      i++;
    }
    int ranges = 0;
    while (true) {
      if (i < p.length() && p.charAt(i) == ']' && ranges > 0) {
        return i + 1;
      }
      i = rangeChar(p, i);
      if (i >= 0 && i < p.length() && p.charAt(i) == '-') {
        i = rangeChar(p, i + 1);
      }
      if (i < 0) {
        return -1;
      }
      ranges++;
    }
  }

  private static int rangeChar(String p, int at) {
    int i = at;
    if (i >= p.length() || p.charAt(i) == '-' || p.charAt(i) == ']') {
      return -1;
    }
    if (p.charAt(i) == '\\') {
      i++;
    }
    return i < p.length() ? i + Character.charCount(p.codePointAt(i)) : -1;
  }

  /**
   * Reports whether a name matches a valid pattern. Works like a match with only the last star to
   * go back to, so its time is at most the product of both lengths.
   */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int starPattern = -1;
    int starName = 0;
    while (n < name.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, name, n) : -1;
      if (next >= 0) {
        p = next;
        n += Character.charCount(name.codePointAt(n));
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        starPattern = ++p;
        starName = n;
      } else if (starPattern >= 0) {
        p = starPattern;
        starName += Character.charCount(name.codePointAt(starName));
        n = starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Matches one character; the place in the pattern after it, or -1. */
  private static int one(String pattern, int at, String name, int n) {
    int c = name.codePointAt(n);
    char m = pattern.charAt(at);
    if (m == '?') {
      return at + 1;
    }
    if (m == '[') {
      return inClass(pattern, at, c) ? classEnd(pattern, at) : -1;
    }
    int p = m == '\\' ? at + 1 : at;
    int literal = pattern.codePointAt(p);
    return literal == c ? p + Character.charCount(literal) : -1;
  }

  private static boolean inClass(String pattern, int start, int c) {
    int end = classEnd(pattern, start) - 1;
    int i = start + 1;
    boolean negated = pattern.charAt(i) == '^';
    if (negated) {
      i++;
    }
    boolean found = false;
    while (i < end) {
      int next = rangeChar(pattern, i);
      int low = charAt(pattern, i);
      int high = low;
      if (pattern.charAt(next) == '-') {
        high = charAt(pattern, next + 1);
        next = rangeChar(pattern, next + 1);
      }
      found |= low <= c && c <= high;
      i = next;
    }
    return found != negated;
  }

  private static int charAt(String p, int i) {
    return p.codePointAt(p.charAt(i) == '\\' ? i + 1 : i);
  }
}
