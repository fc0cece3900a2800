package dev.escapade.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of string and rune literals (Go spec, "String literals", "Rune literals"). */
public final class StringLiterals {
  private StringLiterals() {}

  /**
   * The bytes that a string literal denotes, which need not be UTF-8.
   *
   * @param spelling the literal in source, with its quotes
   * @return null if it is no well-formed string literal
   */
  public static byte @Nullable [] value(String spelling) {
    int n = spelling.length();
    if (n < 2 || spelling.charAt(0) != spelling.charAt(n - 1)) {
      return null;
    }
    String body = spelling.substring(1, n - 1);
    return switch (spelling.charAt(0)) {
      case '`' ->
          body.indexOf('`') >= 0 ? null : body.replace("\r", "").getBytes(StandardCharsets.UTF_8);
      case '"' -> interpreted(body);
      default -> null;
    };
  }

  private static byte @Nullable [] interpreted(String body) {
    if (body.indexOf('"') < 0 && body.indexOf('\\') < 0) {
      return body.indexOf('\n') >= 0 ? null : body.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
    int i = 0;
    while (i < body.length()) {
      long c = character(body, i, '"');
      if (c < 0) {
        return null;
      }
      i = next(c);
      if (isByte(c)) {
        out.write(value(c));
      } else {
        out.writeBytes(Character.toString(value(c)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /**
   * The code point (or the byte of {@code \x} and octal escapes) that a rune literal denotes.
   *
   * @param spelling the literal in source, with its quotes
   * @return -1 if it is no well-formed rune literal
   */
  public static int rune(String spelling) {
    int n = spelling.length();
    if (n < 3 || spelling.charAt(0) != '\'' || spelling.charAt(n - 1) != '\'') {
      return -1;
    }
    long c = character(spelling, 1, '\'');
    return c >= 0 && next(c) == n - 1 ? value(c) : -1;
  }

  // One character of a literal: the value in the low 32 bits, then 30 bits with the index of what
  // follows, then one that says that the value is a byte and not a code point.

  private static final long BYTE = 1L << 62;

  private static int value(long c) {
    return (int) c;
  }

  private static int next(long c) {
    return (int) (c >>> 32) & 0x3fffffff;
  }

  private static boolean isByte(long c) {
    return (c & BYTE) != 0;
  }

  private static long result(int value, int next) {
    return (long) next << 32 | value;
  }

  /** The character at {@code s[i]}, or -1. */
  private static long character(String s, int i, char quote) {
    int c = s.codePointAt(i);
    if (c == quote || c == '\n') {
      return -1;
    }
    if (c != '\\') {
      return result(c, i + Character.charCount(c));
    }
    if (i + 1 >= s.length()) {
      return -1;
    }
    char e = s.charAt(i + 1);
    return switch (e) {
      case 'a' -> result(7, i + 2);
      case 'b' -> result('\b', i + 2);
      case 'f' -> result('\f', i + 2);
      case 'n' -> result('\n', i + 2);
      case 'r' -> result('\r', i + 2);
      case 't' -> result('\t', i + 2);
      case 'v' -> result(11, i + 2);
      case 'x' -> number(s, i + 2, 2, 16);
      case 'u' -> number(s, i + 2, 4, 16);
      case 'U' -> number(s, i + 2, 8, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(s, i + 1, 3, 8);
      default -> e == '\\' || e == quote ? result(e, i + 2) : -1;
    };
  }

  private static long number(String s, int from, int digits, int base) {
    if (s.length() - from < digits) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = s.charAt(i) < 0x80 ? Character.digit(s.charAt(i), base) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * base + digit;
    }
    boolean isByte = digits < 4;
    if (isByte ? value > 255 : value > Character.MAX_CODE_POINT || !GoRunes.isValid((int) value)) {
      return -1;
    }
    return result((int) value, from + digits) | (isByte ? BYTE : 0);
  }
}
