package dev.escapade.advice.edit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** String literals (Go spec, "String literals"). */
public final class GoStrings {
  private GoStrings() {}

  /**
   * The interpreted literal for a string.
   *
   * @param byteString its bytes, one in each char; what is not UTF-8 is escaped
   */
  public static String quote(String byteString) {
    StringBuilder out = new StringBuilder("\"");
    byte[] bytes = byteString.getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      text.codePoints().forEach(c -> append(out, c));
    } else {
      byteString
          .chars()
          .forEach(c -> {
            if (c < 0x80) {
              append(out, c);
            } else {
              out.append(String.format("\\x%02x", c));
            }
          });
    }
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < ' ' || c == 0x7f) {
          out.append(String.format("\\x%02x", c));
        } else if (c == 0xfeff || Character.getType(c) == Character.FORMAT) {
          out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
