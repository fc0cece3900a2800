package dev.escapade.types.constant;

import dev.escapade.syntax.LitKind;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads the values of literals (Go spec, "Integer literals" and the sections after it). */
final class Literals {
  /** Decimal exponents up to this are worked out exactly. */
  private static final int MAX_EXACT_EXPONENT = 10_000;

  private Literals() {}

  static Constant parse(String text, LitKind kind) {
    return switch (kind) {
      case INT -> integer(text);
      case FLOAT -> floating(text);
      case IMAG ->
          text.endsWith("i")
              ? Constants.complex(Constant.of(0L), floating(text.substring(0, text.length() - 1)))
              : Constant.UNKNOWN;
      case RUNE -> rune(text);
      case STRING -> {
        String s = GoStrings.unquote(text);
        yield s == null ? Constant.UNKNOWN : Constant.ofString(s);
      }
    };
  }

  private static Constant rune(String text) {
    int code = text.length() < 3 ? -1 : GoStrings.unquoteRune(text);
    return code < 0 ? Constant.UNKNOWN : Constant.of((long) code);
  }

  private static Constant integer(String text) {
    int n = text.length();
    if (n < 10) {
      long small = smallDecimal(text);
      if (small >= 0) {
        return Constant.of(small);
      }
    }
    int base = base(text, true);
    int start = base == 10 ? 0 : base == 8 && Character.isDigit(text.charAt(1)) ? 1 : 2;
    return integer(text.substring(Math.min(start, n)).replace("_", ""), base);
  }

  private static Constant integer(String digits, int base) {
    if (digits.isEmpty()) {
      return Constant.UNKNOWN;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), base) < 0) {
        return Constant.UNKNOWN;
      }
    }
    return Constant.of(new BigInteger(digits, base));
  }

  /** The value of a few decimal digits without leading zero, or -1 for anything else. */
  private static long smallDecimal(String text) {
    if (text.isEmpty() || (text.charAt(0) == '0' && text.length() > 1)) {
      return -1;
    }
    long v = 0;
    for (int i = 0; i < text.length(); i++) {
      int d = text.charAt(i) - '0';
      if (d < 0 || d > 9) {
        return -1;
      }
      v = 10 * v + d;
    }
    return v;
  }

  /** The base that a prefix stands for; a leading 0 alone counts only for integers. */
  private static int base(String text, boolean octalZero) {
    if (text.length() < 2 || text.charAt(0) != '0') {
      return 10;
    }
    return switch (text.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> octalZero ? 8 : 10;
    };
  }

  /** Mantissa digits, with a fraction perhaps, and an exponent of 10 or, after p, of 2. */
  private static Constant floating(String literal) {
    String text = literal.replace("_", "");
    int base = base(text, false);
    int i = base == 10 ? 0 : 2;
    StringBuilder digits = new StringBuilder();
    int fractionDigits = -1;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && fractionDigits < 0) {
        fractionDigits = 0;
      } else if (Character.digit(c, base) >= 0) {
        digits.append(c);
        if (fractionDigits >= 0) {
          fractionDigits++;
        }
      } else {
        break;
      }
    }
    if (digits.isEmpty()) {
      return Constant.UNKNOWN;
    }
    long exponent = 0;
    boolean binary = false;
    if (i < text.length()) {
      char c = Character.toLowerCase(text.charAt(i));
      binary = c == 'p';
      Long e = c == 'p' || (c == 'e' && base == 10) ? exponent(text.substring(i + 1)) : null;
      if (e == null) {
        return Constant.UNKNOWN;
      }
      exponent = e;
    }
    BigInteger mant = new BigInteger(digits.toString(), base);
    long fraction = Math.max(fractionDigits, 0);
    if (base == 10) {
      return binary ? value(mant, -fraction, exponent) : value(mant, exponent - fraction, 0);
    }
    return value(mant, 0, exponent - fraction * (31 - Integer.numberOfLeadingZeros(base)));
  }

  /** A decimal number with sign, limited to what is far out of range anyway. */
  private static @Nullable Long exponent(String text) {
    int i = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (i == text.length()) {
      return null;
    }
    long e = 0;
    for (int j = i; j < text.length(); j++) {
      int d = text.charAt(j) - '0';
      if (d < 0 || d > 9) {
        return null;
      }
      e = Math.min(10 * e + d, 1L << 40);
    }
    return text.charAt(0) == '-' ? -e : e;
  }

  /** {@code mant * 10^exp10 * 2^exp2}: a fraction if it has moderate size. */
  private static Constant value(BigInteger mant, long exp10, long exp2) {
    if (mant.signum() == 0) {
      return new Constant.Fraction(Rat.of(BigInteger.ZERO));
    }
    if (Math.abs(exp10) <= MAX_EXACT_EXPONENT && Math.abs(exp2) <= 4 * MAX_EXACT_EXPONENT) {
      BigInteger num = mant;
      BigInteger den = BigInteger.ONE;
      if (exp10 >= 0) {
        num = num.multiply(BigInteger.TEN.pow((int) exp10));
      } else {
        den = BigInteger.TEN.pow((int) -exp10);
      }
      if (exp2 >= 0) {
        num = num.shiftLeft((int) exp2);
      } else {
        den = den.shiftLeft((int) -exp2);
      }
      Rat r = Rat.of(num, den);
      BigFloat f = BigFloat.of(r);
      return Constants.isModerate(f) ? new Constant.Fraction(r) : Constants.ofBigFloat(f);
    }
    BigFloat f = BigFloat.scaled(mant, Math.clamp(exp10 + exp2, -(1L << 42), 1L << 42));
    BigFloat power = BigFloat.pow5(Math.abs(exp10));
    if (f == null || f.signum() == 0) {
      return f == null ? Constant.UNKNOWN : underflow();
    }
    if (power == null) { // too big for an exponent of 32 bits
      return exp10 > 0 ? Constant.UNKNOWN : underflow();
    }
    BigFloat result = exp10 >= 0 ? f.multiply(power) : f.divide(power);
    if (result == null) {
      return Constant.UNKNOWN;
    }
    return result.signum() == 0 ? underflow() : Constants.ofBigFloat(result);
  }

  private static Constant underflow() {
    return new Constant.Fraction(Rat.of(BigInteger.ZERO));
  }
}
