package dev.escapade.types.constant;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point constants as messages show them: six digits as a rule (go/constant: String). */
final class FloatText {
  private static final double LOG10_OF_2 = 0.3010299956639812;

  private FloatText() {}

  static String shorten(BigFloat x) {
    double d = x.toDouble();
    if ((x.signum() == 0) == (d == 0) && !Double.isInfinite(d)) {
      String s = general(d, 6);
      if (!x.isInt() && s.indexOf('.') < 0) {
        s = shortest(d); // show that it is no integer
      }
      return s;
    }
    return approximate(x);
  }

  /** A value beyond the range of float64: a decimal mantissa and exponent by logarithms. */
  private static String approximate(BigFloat x) {
    double m = x.fraction();
    double d = x.magnitude() * LOG10_OF_2;
    long e = (long) d;
    m *= Math.pow(10, d - e);
    double abs = Math.abs(m);
    if (abs < 1 - 0.5e-6) {
      m *= 10;
      e--;
    } else if (abs >= 10) {
      m /= 10;
      e++;
    }
    return general(m, 6) + "e" + (e < 0 ? "" : "+") + e;
  }

  /** As Go's {@code %.<digits>g}. */
  private static String general(double x, int digits) {
    if (x == 0) {
      return "0";
    }
    BigDecimal d = new BigDecimal(x).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return layout(d.stripTrailingZeros(), digits);
  }

  /** As Go's {@code %g}: the fewest digits that tell the number from all others. */
  private static String shortest(double x) {
    return x == 0 ? "0" : layout(new BigDecimal(Double.toString(x)).stripTrailingZeros(), 6);
  }

  /** With an exponent if it is less than -4 or at least {@code max}. */
  private static String layout(BigDecimal d, int max) {
    int exp = d.precision() - d.scale() - 1;
    if (exp >= -4 && exp < max) {
      return d.toPlainString();
    }
    String digits = d.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder();
    if (d.signum() < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exp < 0 ? '-' : '+');
    int abs = Math.abs(exp);
    if (abs < 10) {
      out.append('0');
    }
    return out.append(abs).toString();
  }
}
