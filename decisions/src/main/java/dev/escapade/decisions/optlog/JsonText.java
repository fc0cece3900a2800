package dev.escapade.decisions.optlog;

import java.nio.charset.StandardCharsets;

/** Strings as Go's encoding/json and net/url write them (go 1.26). */
final class JsonText {
  private static final String HEX = "0123456789abcdef";
  private static final String PATH_CHARACTERS = "-_.~$&+,/:;=@";
  private static final String NAME_CHARACTERS = "-_.~$&+:=@";

  private JsonText() {}

  /** Appends {@code s} as a JSON string that is safe within HTML. */
  static void quote(StringBuilder out, String s) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      character(out, s, i);
    }
    out.append('"');
  }

  private static void character(StringBuilder out, String s, int i) {
    char c = s.charAt(i);
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&', '\u2028', '\u2029' -> escape(out, c);
      default -> {
        if (c < ' ') {
          escape(out, c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 15));
    }
  }

  /** The URI of a file. */
  static String fileUri(String file) {
    return "file://" + percent(file, PATH_CHARACTERS);
  }

  /** {@code s} as one segment of a URL's path. */
  static String pathSegment(String s) {
    return percent(s, NAME_CHARACTERS);
  }

  private static String percent(String s, String allowed) {
    StringBuilder out = new StringBuilder();
    for (byte b : s.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || (c < 0x80 && allowed.indexOf(c) >= 0)) {
        out.append((char) c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(HEX.charAt(c >> 4)))
            .append(Character.toUpperCase(HEX.charAt(c & 15)));
      }
    }
    return out.toString();
  }
}
