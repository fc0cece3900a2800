package dev.escapade.types.constant;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings, and Go's notation for them (Go spec, "String literals"; strconv: Quote, Unquote). A
 * byte string is a Java string whose chars are 0 to 255, one for each byte of a Go string.
 */
public final class GoStrings {
  private static final String ESCAPES = "abfnrtv\\";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\";

  private GoStrings() {}

  /** The UTF-8 bytes of {@code text} as a byte string. */
  public static String encode(String text) {
    return isAscii(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text whose UTF-8 bytes a byte string has; wrong bytes become U+FFFD. */
  public static String decode(String byteString) {
    return isAscii(byteString)
        ? byteString
        : new String(byteString.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The byte string that a Go string literal denotes, or null if its syntax is wrong. */
  public static @Nullable String unquote(String literal) {
    int n = literal.length();
    if (n < 2 || literal.charAt(0) != literal.charAt(n - 1)) {
      return null;
    }
    String body = literal.substring(1, n - 1);
    return switch (literal.charAt(0)) {
      case '`' -> body.indexOf('`') >= 0 ? null : encode(body.replace("\r", ""));
      case '"' -> body.indexOf('\\') < 0 ? plain(body) : new Unquoter(body, '"').string();
      default -> null;
    };
  }

  private static @Nullable String plain(String body) {
    return body.indexOf('"') >= 0 || body.indexOf('\n') >= 0 ? null : encode(body);
  }

  /** The code point that a Go rune literal denotes, or -1 if its syntax is wrong. */
  static int unquoteRune(String literal) {
    int n = literal.length();
    if (n < 3 || literal.charAt(0) != '\'' || literal.charAt(n - 1) != '\'') {
      return -1;
    }
    Unquoter u = new Unquoter(literal.substring(1, n - 1), '\'');
    int code = u.next();
    return u.atEnd() ? code : -1;
  }

  /** Reads the body of a literal, escape by escape. */
  private static final class Unquoter {
    private final String body;
    private final char quote;
    private int i;

    /** Whether the last code is that of a byte and not of a character. */
    private boolean isByte;

    Unquoter(String body, char quote) {
      this.body = body;
      this.quote = quote;
    }

    boolean atEnd() {
      return i >= body.length();
    }

    @Nullable String string() {
      StringBuilder out = new StringBuilder(body.length());
      while (!atEnd()) {
        int code = next();
        if (code < 0) {
          return null;
        }
        if (isByte || code < 0x80) {
          out.append((char) code);
        } else {
          out.append(encode(Character.toString(code)));
        }
      }
      return out.toString();
    }

    /** The next character or byte, or -1 for an error. */
    int next() {
      isByte = false;
      int c = body.codePointAt(i);
      i += Character.charCount(c);
      if (c == quote || c == '\n') {
        return -1;
      }
      return c == '\\' ? escape() : c;
    }

    private int escape() {
      if (atEnd()) {
        return -1;
      }
      char c = body.charAt(i++);
      int simple = ESCAPES.indexOf(c);
      if (simple >= 0) {
        return ESCAPED.charAt(simple);
      }
      return switch (c) {
        case 'x' -> number(2, 16, 0xff);
        case 'u' -> number(4, 16, Character.MAX_CODE_POINT);
        case 'U' -> number(8, 16, Character.MAX_CODE_POINT);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          i--;
          yield number(3, 8, 0xff);
        }
        default -> c == quote ? c : -1;
      };
    }

    private int number(int digits, int base, int max) {
      if (i + digits > body.length()) {
        return -1;
      }
      long v = 0;
      for (int end = i + digits; i < end; i++) {
        int d = Character.digit(body.charAt(i), base);
        if (d < 0) {
          return -1;
        }
        v = v * base + d;
      }
      isByte = max == 0xff;
      boolean surrogate = !isByte && v >= Character.MIN_SURROGATE && v <= Character.MAX_SURROGATE;
      return v > max || surrogate ? -1 : (int) v;
    }
  }

  /** A byte string as a Go string literal in double quotes (strconv.Quote), as Java text. */
  public static String quote(String byteString) {
    StringBuilder out = new StringBuilder(byteString.length() + 2);
    out.append('"');
    for (int i = 0; i < byteString.length(); ) {
      char b = byteString.charAt(i);
      if (b < 0x80) {
        quoteCodePoint(out, b);
        i++;
        continue;
      }
      int length = sequenceLength(byteString, i);
      if (length == 0) {
        hex(out.append("\\x"), b, 2);
        i++;
      } else {
        quoteCodePoint(out, decode(byteString.substring(i, i + length)).codePointAt(0));
        i += length;
      }
    }
    return out.append('"').toString();
  }

  private static void quoteCodePoint(StringBuilder out, int c) {
    int simple = ESCAPED.indexOf(c);
    if (c == '"') {
      out.append("\\\"");
    } else if (simple >= 0) {
      out.append('\\').append(ESCAPES.charAt(simple));
    } else if (isPrint(c)) {
      out.appendCodePoint(c);
    } else if (c < ' ' || c == 0x7f) {
      hex(out.append("\\x"), c, 2);
    } else if (c < 0x10000) {
      hex(out.append("\\u"), c, 4);
    } else {
      hex(out.append("\\U"), c, 8);
    }
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((value >> shift) & 0xf, 16));
    }
  }

  /** Reports whether a character may stand for itself: all but controls, and spaces but one. */
  private static boolean isPrint(int c) {
    if (c < 0x80) {
      return c >= ' ' && c < 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The length of the well-formed UTF-8 sequence of several bytes at {@code i}, or 0. */
  private static int sequenceLength(String s, int i) {
    int b = s.charAt(i);
    int n = b >= 0xf5 ? 0 : b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 0;
    if (n == 0 || i + n > s.length()) {
      return 0;
    }
    for (int j = 1; j < n; j++) {
      if ((s.charAt(i + j) & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = s.charAt(i + 1);
    boolean wrong =
        (b == 0xe0 && second < 0xa0) // overlong
            || (b == 0xed && second > 0x9f) // a surrogate
            || (b == 0xf0 && second < 0x90) // overlong
            || (b == 0xf4 && second > 0x8f); // beyond U+10FFFF
    return wrong ? 0 : n;
  }
}
