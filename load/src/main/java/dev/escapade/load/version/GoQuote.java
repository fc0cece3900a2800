package dev.escapade.load.version;

import org.jspecify.annotations.Nullable;

/** Go's quoting of strings and runes in messages (package strconv). */
public final class GoQuote {
  private GoQuote() {}

  /** {@code s} as {@code %q} prints it. */
  public static String quote(String s) {
    StringBuilder b = new StringBuilder(s.length() + 2).append('"');
    s.codePoints().forEach(c -> append(b, c, '"'));
    return b.append('"').toString();
  }

  /** {@code c} as {@code %q} prints a rune. */
  public static String quoteRune(int c) {
    StringBuilder b = new StringBuilder(6).append('\'');
    append(b, c, '\'');
    return b.append('\'').toString();
  }

  private static void append(StringBuilder b, int c, char quote) {
    if (c == quote || c == '\\') {
      b.append('\\').append((char) c);
      return;
    }
    if (isPrint(c)) {
      b.appendCodePoint(c);
      return;
    }
    switch (c) {
      case 7 -> b.append("\\a");
      case '\b' -> b.append("\\b");
      case '\f' -> b.append("\\f");
      case '\n' -> b.append("\\n");
      case '\r' -> b.append("\\r");
      case '\t' -> b.append("\\t");
      case 11 -> b.append("\\v");
      default -> {
        if (c < ' ' || c == 0x7f) {
          b.append(String.format("\\x%02x", c));
        } else if (c < 0x10000) {
          b.append(String.format("\\u%04x", c));
        } else {
          b.append(String.format("\\U%08x", c));
        }
      }
    }
  }

  /** Letters, marks, numbers, punctuation, symbols and the ASCII space (unicode.IsPrint). */
  public static boolean isPrint(int c) {
    return c == ' ' || (isGraphic(c) && !Character.isSpaceChar(c));
  }

  /** What {@link #isPrint} admits, and all space separators (unicode.IsGraphic). */
  public static boolean isGraphic(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The value of an interpreted or raw Go string literal, or null if it is not one. */
  public static @Nullable String unquote(String literal) {
    if (literal.length() < 2) {
      return null;
    }
    char quote = literal.charAt(0);
    String body = literal.substring(1, literal.length() - 1);
    if (literal.charAt(literal.length() - 1) != quote) {
      return null;
    }
    if (quote == '`') {
      return body.indexOf('`') >= 0 ? null : body.replace("\r", "");
    }
    if (quote != '"') {
      return null;
    }
    return body.indexOf('\\') < 0 && body.indexOf('"') < 0 && body.indexOf('\n') < 0
        ? body
        : unescape(body);
  }

  private static @Nullable String unescape(String body) {
    StringBuilder b = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c == '"' || c == '\n') {
        return null;
      }
      if (c != '\\') {
        b.append(c);
        continue;
      }
      if (i == body.length()) {
        return null;
      }
      char e = body.charAt(i++);
      int simple = "abfnrtv\\\"".indexOf(e);
      if (simple >= 0) {
        b.append("\007\b\f\n\r\t\013\\\"".charAt(simple));
        continue;
      }
      boolean octal = e >= '0' && e <= '7';
      int digits = octal ? 3 : e == 'x' ? 2 : e == 'u' ? 4 : e == 'U' ? 8 : 0;
      int start = octal ? i - 1 : i;
      if (digits == 0 || start + digits > body.length()) {
        return null;
      }
      long value = 0;
      for (int k = start; k < start + digits; k++) {
        int d = Character.digit(body.charAt(k), octal ? 8 : 16);
        if (d < 0) {
          return null;
        }
        value = value * (octal ? 8 : 16) + d;
      }
      if (!Character.isValidCodePoint((int) value) || value > Character.MAX_CODE_POINT) {
        return null;
      }
      b.appendCodePoint((int) value);
      i = start + digits;
    }
    return b.toString();
  }
}
