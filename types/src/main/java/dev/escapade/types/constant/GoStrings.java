package dev.escapade.types.constant;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Byte strings and Go's notation for them (Go spec, "String literals"; strconv). */
public final class GoStrings {
  private GoStrings() {}

  /** The UTF-8 bytes of {@code text} as a byte string. */
  public static String encode(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text whose UTF-8 bytes a byte string has; wrong bytes become U+FFFD. */
  public static String decode(String byteString) {
    return new String(byteString.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** The byte string that a Go string or rune literal denotes, or null if its syntax is wrong. */
  public static @Nullable String unquote(String literal) {
    throw new UnsupportedOperationException();
  }

  /** A byte string as a Go string literal in double quotes (strconv.Quote), as Java text. */
  public static String quote(String byteString) {
    throw new UnsupportedOperationException();
  }
}
