package dev.escapade.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code //go:build} line for the language version that it implies: the smallest {@code
 * go1.N} that must hold wherever the expression holds (go/build/constraint, {@code GoVersion}).
 */
final class BuildLine {
  /** Greater expressions are taken as malformed, as in Go. */
  private static final int MAX_SIZE = 1000;

  /** A version that an expression does not imply. */
  private static final int NONE = -1;

  private final String text;
  private int next;
  private String token = "";
  private boolean isTag;
  private boolean malformed;
  private int size;

  private BuildLine(String text) {
    this.text = text;
  }

  /**
   * The version, such as {@code go1.21}, or "" if the line implies none; null if it is no
   * well-formed build line.
   *
   * @param comment the comment without its newline
   */
  static @Nullable String goVersion(String comment) {
    String prefix = "//go:build";
    if (!comment.startsWith(prefix)) {
      return null;
    }
    String rest = comment.substring(prefix.length()).stripTrailing();
    String expr = rest.strip();
    if (expr.length() == rest.length() && !rest.isEmpty()) {
      return null; // another word that starts with "build"
    }
    BuildLine parser = new BuildLine(expr);
    int version = parser.or(true);
    if (parser.malformed || !parser.token.isEmpty()) {
      return null;
    }
    return version == NONE ? "" : version == 0 ? "go1" : "go1." + version;
  }

  // Each method returns the version that the expression implies, or, if it stands under a "!"
  // (positive is false), that its negation implies: "and" and "or" change places there.

  private int or(boolean positive) {
    int version = and(positive);
    while (!malformed && token.equals("||")) {
      int other = and(positive);
      version = positive ? Math.min(version, other) : Math.max(version, other);
    }
    return version;
  }

  private int and(boolean positive) {
    int version = not(positive);
    while (!malformed && token.equals("&&")) {
      int other = not(positive);
      version = positive ? Math.max(version, other) : Math.min(version, other);
    }
    return version;
  }

  private int not(boolean positive) {
    if (++size > MAX_SIZE) {
      malformed = true;
      return NONE;
    }
    lex();
    if (!token.equals("!")) {
      return atom(positive);
    }
    lex();
    if (token.equals("!")) {
      malformed = true;
    }
    return atom(!positive);
  }

  private int atom(boolean positive) {
    if (malformed) {
      return NONE;
    }
    if (token.equals("(")) {
      int version = or(positive);
      if (!token.equals(")")) {
        malformed = true;
      }
      lex();
      return version;
    }
    if (!isTag) {
      malformed = true;
      return NONE;
    }
    String tag = token;
    lex();
    return positive ? tagVersion(tag) : NONE;
  }

  private static int tagVersion(String tag) {
    if (tag.equals("go1")) {
      return 0;
    }
    int at = tag.indexOf("go1.");
    if (at < 0) {
      return NONE;
    }
    try {
      return Integer.parseInt(tag.substring(at + 4));
    } catch (NumberFormatException _) {
      return NONE;
    }
  }

  private void lex() {
    isTag = false;
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    int start = next;
    if (start == text.length()) {
      token = "";
      return;
    }
    char c = text.charAt(start);
    if (c == '(' || c == ')' || c == '!') {
      next++;
    } else if (c == '&' || c == '|') {
      next += 2;
      if (next > text.length() || text.charAt(start + 1) != c) {
        malformed = true;
        next = text.length();
      }
    } else {
      while (next < text.length() && isTagChar(text.codePointAt(next))) {
        next += Character.charCount(text.codePointAt(next));
      }
      isTag = true;
      if (next == start) {
        malformed = true;
        next = text.length();
      }
    }
    token = text.substring(start, next);
  }

  private static boolean isTagChar(int c) {
    return c == '_' || c == '.' || GoRunes.isLetter(c) || GoRunes.isDigit(c);
  }
}
