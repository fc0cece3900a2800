package dev.escapade.syntax;

/** Code points as Go classifies and prints them (packages unicode, unicode/utf8 and strconv). */
final class GoRunes {
  /** The byte order mark. */
  static final int BOM = 0xFEFF;

  private GoRunes() {}

  static boolean isLetter(int rune) {
    return switch (Character.getType(rune)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          true;
      default -> false;
    };
  }

  static boolean isDigit(int rune) {
    return Character.getType(rune) == Character.DECIMAL_DIGIT_NUMBER;
  }

  /** White space as package unicode has it. */
  static boolean isSpace(int rune) {
    if (rune < 0x100) {
      return rune == ' ' || (9 <= rune && rune <= 13) || rune == 0x85 || rune == 0xA0;
    }
    return Character.isSpaceChar(rune);
  }

  private static boolean isPrint(int rune) {
    if (rune == ' ') {
      return true;
    }
    return switch (Character.getType(rune)) {
      case Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** The verb {@code %#U}: {@code U+0040 '@'}, without the character if it is not printable. */
  static String unicode(int rune) {
    String code = String.format("U+%04X", rune);
    return isValid(rune) && isPrint(rune) ? code + " '" + Character.toString(rune) + "'" : code;
  }

  /** The verb {@code %q} for a rune: a Go rune literal. */
  static String quote(int rune) {
    if (!isValid(rune)) {
      return "'\uFFFD'";
    }
    if (rune == '\'' || rune == '\\') {
      return "'\\" + (char) rune + "'";
    }
    if (isPrint(rune)) {
      return "'" + Character.toString(rune) + "'";
    }
    return switch (rune) {
      case 7 -> "'\\a'";
      case '\b' -> "'\\b'";
      case '\f' -> "'\\f'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case 11 -> "'\\v'";
      default -> {
        if (rune < ' ' || rune == 0x7f) {
          yield String.format("'\\x%02x'", rune);
        }
        yield rune < 0x10000 ? String.format("'\\u%04x'", rune) : String.format("'\\U%08x'", rune);
      }
    };
  }

  /** Reports whether {@code rune} is a Unicode scalar value. */
  static boolean isValid(int rune) {
    return (0 <= rune && rune < 0xD800) || (0xDFFF < rune && rune <= Character.MAX_CODE_POINT);
  }

  /**
   * Decodes the UTF-8 sequence at {@code src[i]}, a byte above 0x7F.
   *
   * @return {@code rune << 3 | length}, or -1 if the sequence is invalid
   */
  static int decode(byte[] src, int i, int end) {
    int b = src[i] & 0xff;
    int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
    if (b < 0xc2 || b > 0xf4 || end - i < length) {
      return -1;
    }
    int rune = b & 0xff >>> (length + 1);
    for (int k = 1; k < length; k++) {
      int c = src[i + k];
      if ((c & 0xc0) != 0x80) {
        return -1;
      }
      rune = rune << 6 | (c & 0x3f);
    }
    boolean overlong = (length == 3 && rune < 0x800) || (length == 4 && rune < 0x10000);
    return overlong || !isValid(rune) ? -1 : rune << 3 | length;
  }

  /** The number of bytes of {@code s} in UTF-8. */
  static int utf8Length(String s) {
    int n = s.length();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= 0x80) {
        // A surrogate is one half of a sequence of four bytes.
        n += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return n;
  }
}
