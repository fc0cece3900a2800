package dev.escapade.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Scans one number (Go spec, "Integer literals", "Floating-point literals", "Imaginary literals");
 * only its first error counts.
 */
final class NumberScan {
  private final CharReader in;

  /** The offset of the number. */
  private final int start;

  /** The base of the digits. */
  private int base = 10;

  /** One of 'x', 'o', 'b', '0' (an octal number of the old kind, or a decimal fraction), or 0. */
  private int prefix;

  private boolean digits;
  private boolean separators;

  /** The offset of the first digit that is too great for the base, or -1. */
  private int invalidDigit = -1;

  /** The first error, or null. */
  @Nullable String error;

  /** The offset of {@link #error}. */
  int errorOffset;

  NumberScan(CharReader in, int start) {
    this.in = in;
    this.start = start;
  }

  /**
   * Passes the number.
   *
   * @param seenPoint whether its decimal point has been passed already
   */
  LitKind scan(boolean seenPoint) {
    LitKind result = LitKind.INT;
    boolean point = seenPoint;
    if (!point) {
      prefix();
      digits(base);
      if (in.ch == '.') {
        if (prefix == 'o' || prefix == 'b') {
          fail(in.off, "invalid radix point in " + baseName(base) + " literal");
        }
        in.advance();
        point = true;
      }
    }
    if (point) {
      result = LitKind.FLOAT;
      digits(base);
    }
    if (!digits) {
      fail(in.off, baseName(base) + " literal has no digits");
    }
    int e = CharReader.lower(in.ch);
    if (e == 'e' || e == 'p') {
      result = LitKind.FLOAT;
      exponent(e);
    } else if (prefix == 'x' && result == LitKind.FLOAT) {
      fail(in.off, "hexadecimal mantissa requires a 'p' exponent");
    }
    if (in.accept('i')) {
      result = LitKind.IMAG;
    }
    if (result == LitKind.INT && invalidDigit >= 0) {
      String digit = GoRunes.quote(in.src[invalidDigit]);
      fail(invalidDigit, "invalid digit " + digit + " in " + baseName(base) + " literal");
    }
    int separator = separators ? invalidSeparator() : -1;
    if (separator >= 0) {
      fail(separator, "'_' must separate successive digits");
    }
    return result;
  }

  private void prefix() {
    if (in.ch != '0') {
      return;
    }
    in.advance();
    switch (CharReader.lower(in.ch)) {
      case 'x' -> prefix(16, 'x');
      case 'o' -> prefix(8, 'o');
      case 'b' -> prefix(2, 'b');
      default -> {
        base = 8;
        prefix = '0';
        digits = true;
      }
    }
  }

  private void prefix(int newBase, int letter) {
    in.advance();
    base = newBase;
    prefix = letter;
  }

  private void digits(int digitBase) {
    int wanted = digitBase == 16 ? CharReader.HEX : CharReader.DIGIT;
    while (in.ch == '_' || (in.ch > 0 && in.ch < 0x80 && (CharReader.CLASS[in.ch] & wanted) != 0)) {
      if (in.ch == '_') {
        separators = true;
      } else {
        digits = true;
        if (digitBase < 10 && in.ch >= '0' + digitBase && invalidDigit < 0) {
          invalidDigit = in.off;
        }
      }
      in.advance();
    }
  }

  private void exponent(int letter) {
    if (letter == 'e' && prefix != 0 && prefix != '0') {
      fail(in.off, GoRunes.quote(in.ch) + " exponent requires decimal mantissa");
    } else if (letter == 'p' && prefix != 'x') {
      fail(in.off, GoRunes.quote(in.ch) + " exponent requires hexadecimal mantissa");
    }
    in.advance();
    if (in.ch == '+' || in.ch == '-') {
      in.advance();
    }
    digits = false;
    digits(10);
    if (!digits) {
      fail(in.off, "exponent has no digits");
    }
  }

  private void fail(int offset, String message) {
    if (error == null) {
      error = message;
      errorOffset = offset;
    }
  }

  /** The offset of the first separator that does not stand between two digits, or -1. */
  private int invalidSeparator() {
    int i = start;
    boolean afterDigit = false;
    boolean hex = false;
    if (in.src[i] == '0' && i + 1 < in.off) {
      int letter = CharReader.lower(in.src[i + 1]);
      if (letter == 'x' || letter == 'o' || letter == 'b') {
        hex = letter == 'x';
        afterDigit = true; // a prefix counts as a digit
        i += 2;
      }
    }
    for (; i < in.off; i++) {
      int c = in.src[i];
      boolean digit = CharReader.isDecimal(c) || (hex && CharReader.isHex(c));
      if (c == '_' && !afterDigit) {
        return i;
      }
      if (c != '_' && !digit && i > start && in.src[i - 1] == '_') {
        return i - 1;
      }
      afterDigit = digit;
    }
    return in.src[in.off - 1] == '_' ? in.off - 1 : -1;
  }

  /** How messages call a base. */
  static String baseName(int base) {
    return switch (base) {
      case 2 -> "binary";
      case 8 -> "octal";
      case 10 -> "decimal";
      default -> "hexadecimal";
    };
  }
}
