package dev.escapade.syntax;

import java.util.Arrays;

/** Code points as Go classifies and prints them (packages unicode, unicode/utf8 and strconv). */
final class GoRunes {
  /** The byte order mark. */
  static final int BOM = 0xFEFF;

  /**
   * What Unicode assigned after version 15.0, which Go 1.26 has, up to 16.0, which JDK 25 has: the
   * first and last code point of each range. Go knows neither letters nor digits there.
   */
  private static final int[] NEWER = {
    0x897, 0x897, 0x1B4E, 0x1B4F, 0x1B7F, 0x1B7F, 0x1C89, 0x1C8A, 0x2427, 0x2429, 0x2FFC, 0x2FFF,
    0x31E4, 0x31E5, 0x31EF, 0x31EF, 0xA7CB, 0xA7CD, 0xA7DA, 0xA7DC, 0x105C0, 0x105F3, 0x10D40,
    0x10D65, 0x10D69, 0x10D85, 0x10D8E, 0x10D8F, 0x10EC2, 0x10EC4, 0x10EFC, 0x10EFC, 0x11380,
    0x11389, 0x1138B, 0x1138B, 0x1138E, 0x1138E, 0x11390, 0x113B5, 0x113B7, 0x113C0, 0x113C2,
    0x113C2, 0x113C5, 0x113C5, 0x113C7, 0x113CA, 0x113CC, 0x113D5, 0x113D7, 0x113D8, 0x113E1,
    0x113E2, 0x116D0, 0x116E3, 0x11BC0, 0x11BE1, 0x11BF0, 0x11BF9, 0x11F5A, 0x11F5A, 0x13460,
    0x143FA, 0x16100, 0x16139, 0x16D40, 0x16D79, 0x18CFF, 0x18CFF, 0x1CC00, 0x1CCF9, 0x1CD00,
    0x1CEB3, 0x1E5D0, 0x1E5FA, 0x1E5FF, 0x1E5FF, 0x1F8B2, 0x1F8BB, 0x1F8C0, 0x1F8C1, 0x1FA89,
    0x1FA89, 0x1FA8F, 0x1FA8F, 0x1FABE, 0x1FABE, 0x1FAC6, 0x1FAC6, 0x1FADC, 0x1FADC, 0x1FADF,
    0x1FADF, 0x1FAE9, 0x1FAE9, 0x1FBCB, 0x1FBEF, 0x2EBF0, 0x2EE5D
  };

  private GoRunes() {}

  /** The general category, as {@link Character#getType(int)} in Go's version of Unicode. */
  private static int category(int rune) {
    int type = Character.getType(rune);
    return rune < NEWER[0] || type == Character.UNASSIGNED || !isNewer(rune)
        ? type
        : Character.UNASSIGNED;
  }

  private static boolean isNewer(int rune) {
    int i = Arrays.binarySearch(NEWER, rune);
    // Between the ends of a range the insertion point is odd.
    return i >= 0 || (-i - 1) % 2 == 1;
  }

  static boolean isLetter(int rune) {
    return switch (category(rune)) {
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
    return category(rune) == Character.DECIMAL_DIGIT_NUMBER;
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
    return switch (category(rune)) {
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
