package dev.escapade.syntax;

import java.nio.charset.StandardCharsets;

/**
 * The text after {@code //line } or {@code /*line }: {@code filename:line} or {@code
 * filename:line:column} (cmd/compile, "Line Directives").
 *
 * @param filename may be "": then, if there is a column, the file name in force goes on
 * @param line from 1
 * @param column from 1, or 0 if there is none
 * @param error the error text, or "" for a good directive; then the other fields are meaningless
 * @param errorIndex where in the text the error is, in bytes
 */
record LineDirective(String filename, int line, int column, String error, int errorIndex) {
  /** What the text of an ordinary comment gives. */
  static final LineDirective NONE = new LineDirective("", 0, 0, "", 0);

  /** The greatest line and column (cmd/compile/internal/syntax, PosMax). */
  private static final long MAX = 1 << 30;

  /** Parses {@code src[from:to]}; {@link #NONE} if it has no colon. */
  static LineDirective parse(byte[] src, int from, int to) {
    int last = lastColon(src, from, to);
    if (last < 0) {
      return NONE;
    }
    long n = number(src, last + 1, to);
    if (n < 0) {
      return bad("invalid line number: ", src, from, last + 1, to);
    }
    int first = lastColon(src, from, last);
    long line = first < 0 ? -1 : number(src, first + 1, last);
    if (line < 0) {
      return n == 0 || n > MAX
          ? bad("invalid line number: ", src, from, last + 1, to)
          : new LineDirective(text(src, from, last), (int) n, 0, "", 0);
    }
    if (n == 0 || n > MAX) {
      return bad("invalid column number: ", src, from, last + 1, to);
    }
    if (line == 0 || line > MAX) {
      return bad("invalid line number: ", src, from, first + 1, last);
    }
    return new LineDirective(text(src, from, first), (int) line, (int) n, "", 0);
  }

  private static LineDirective bad(String error, byte[] src, int start, int from, int to) {
    return new LineDirective("", 0, 0, error + text(src, from, to), from - start);
  }

  private static String text(byte[] src, int from, int to) {
    return new String(src, from, to - from, StandardCharsets.UTF_8);
  }

  private static int lastColon(byte[] src, int from, int to) {
    int i = to - 1;
    while (i >= from && src[i] != ':') {
      i--;
    }
    return i >= from ? i : -1;
  }

  /**
   * The decimal number that is {@code src[from:to]}, where everything above {@link #MAX} counts as
   * one more than that, or -1 if it is none or has more than 19 digits.
   */
  private static long number(byte[] src, int from, int to) {
    if (from == to) {
      return -1;
    }
    long n = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      int digit = src[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      n = Math.min(n * 10 + digit, MAX + 1);
      digits += n > 0 ? 1 : 0;
    }
    return digits > 19 ? -1 : n;
  }
}
