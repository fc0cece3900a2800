package dev.escapade.types.constant;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A binary floating-point number with a mantissa of up to 512 bits and an exponent of 32 bits, as
 * math/big.Float with that precision: every operation rounds its exact result to the nearest
 * number, and to the even one of two. What is too small is 0; what is too big is not represented.
 * There is no negative zero. Immutable.
 */
public final class BigFloat {
  /** The number of bits of the mantissa. */
  static final int PRECISION = 512;

  private static final int GUARD_BITS = 64;

  private static final int MAX_EXACT_POWER_OF_5 = 27;

  static final BigFloat ZERO = new BigFloat(BigInteger.ZERO, 0);

  /** The value is {@code mant} times 2 to the power of {@code exp}; {@code mant} is odd or 0. */
  private final BigInteger mant;

  private final long exp;

  private BigFloat(BigInteger mant, long exp) {
    this.mant = mant;
    this.exp = exp;
  }

  /** How a mantissa that is too long is shortened. */
  enum Rounding {
    NEAREST_EVEN,
    TOWARD_ZERO,
    AWAY_FROM_ZERO
  }

  /** {@code mant * 2^exp}, rounded; null if it is too big. */
  private static @Nullable BigFloat round(BigInteger mant, long exp, int bits, Rounding mode) {
    BigInteger m = mant;
    long e = exp;
    int excess = m.bitLength() - bits; // of a negative number too: powers of two are short anyway
    if (m.signum() < 0) {
      excess = m.negate().bitLength() - bits;
    }
    if (excess > 0) {
      m = shorten(m, excess, mode);
      e += excess;
    }
    if (m.signum() == 0) {
      return ZERO;
    }
    int zeros = m.getLowestSetBit();
    m = m.shiftRight(zeros);
    e += zeros;
    long top = m.abs().bitLength() + e;
    if (top > Integer.MAX_VALUE) {
      return null;
    }
    return top < Integer.MIN_VALUE ? ZERO : new BigFloat(m, e);
  }

  private static BigInteger shorten(BigInteger m, int excess, Rounding mode) {
    BigInteger abs = m.abs();
    BigInteger q = abs.shiftRight(excess);
    boolean up =
        switch (mode) {
          case TOWARD_ZERO -> false;
          case AWAY_FROM_ZERO -> abs.getLowestSetBit() < excess;
          case NEAREST_EVEN ->
              abs.testBit(excess - 1) && (q.testBit(0) || abs.getLowestSetBit() < excess - 1);
        };
    if (up) {
      q = q.add(BigInteger.ONE);
    }
    return m.signum() < 0 ? q.negate() : q;
  }

  private static @Nullable BigFloat round(BigInteger mant, long exp) {
    return round(mant, exp, PRECISION, Rounding.NEAREST_EVEN);
  }

  private static BigFloat finite(@Nullable BigFloat x) {
    if (x == null) {
      throw new AssertionError("infinite");
    }
    return x;
  }

  /** {@code x}, rounded. */
  static BigFloat of(BigInteger x) {
    return finite(round(x, 0));
  }

  /** {@code r}, rounded. */
  static BigFloat of(Rat r) {
    return finite(quotient(r.num(), r.den(), 0));
  }

  /** A finite number. */
  static BigFloat of(double x) {
    Rat r = Rat.of(x);
    return finite(round(r.num(), 1 - r.den().bitLength()));
  }

  /** {@code mant * 2^exp}, rounded; null if it is too big. */
  static @Nullable BigFloat scaled(BigInteger mant, long exp) {
    return round(mant, exp);
  }

  /** {@code num/den * 2^exp}, rounded; null if it is too big. */
  private static @Nullable BigFloat quotient(BigInteger num, BigInteger den, long exp) {
    int shift = Math.max(0, PRECISION + 2 - num.abs().bitLength() + den.bitLength());
    BigInteger[] qr = num.shiftLeft(shift).divideAndRemainder(den);
    BigInteger q = qr[0];
    if (qr[1].signum() == 0) {
      return round(q, exp - shift);
    }
    // One more bit says that there is something left, which decides ties.
    BigInteger sticky = q.shiftLeft(1);
    sticky = num.signum() < 0 ? sticky.subtract(BigInteger.ONE) : sticky.add(BigInteger.ONE);
    return round(sticky, exp - shift - 1);
  }

  /**
   * 5 to the power of {@code n} with {@link #GUARD_BITS} more bits than usual, by repeated squaring
   * of a number with still more, from the power that fits 64 bits; null if it is too big. Literals
   * with a decimal exponent far from 0 have the digits that this gives.
   */
  static @Nullable BigFloat pow5(long n) {
    int exact = (int) Math.min(n, MAX_EXACT_POWER_OF_5);
    BigFloat result = of(BigInteger.valueOf(5).pow(exact));
    BigFloat square = of(BigInteger.valueOf(5));
    int bits = PRECISION + GUARD_BITS;
    for (long rest = n - exact; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = square == null ? null : result.multiply(square, bits);
        if (result == null) {
          return null;
        }
      }
      square = square == null ? null : square.multiply(square, bits + GUARD_BITS);
    }
    return result;
  }

  private @Nullable BigFloat multiply(BigFloat y, int bits) {
    return round(mant.multiply(y.mant), exp + y.exp, bits, Rounding.NEAREST_EVEN);
  }

  int signum() {
    return mant.signum();
  }

  /** The exponent {@code e} for which the absolute value is in [2^(e-1), 2^e); 0 for zero. */
  long magnitude() {
    return mant.signum() == 0 ? 0 : mant.abs().bitLength() + exp;
  }

  boolean isInt() {
    return exp >= 0;
  }

  /** The value of an integer. */
  BigInteger toBigInteger() {
    return mant.shiftLeft(Math.toIntExact(exp));
  }

  /** The exact value as a fraction; the magnitude must be moderate. */
  Rat toRat() {
    return exp >= 0
        ? Rat.of(toBigInteger())
        : Rat.of(mant, BigInteger.ONE.shiftLeft(Math.toIntExact(-exp)));
  }

  /** This number with a mantissa of at most {@code bits} bits. */
  BigFloat rounded(int bits, Rounding mode) {
    return finite(round(mant, exp, bits, mode));
  }

  BigFloat negate() {
    return new BigFloat(mant.negate(), exp);
  }

  /** The sum, or null if it is too big. */
  @Nullable BigFloat add(BigFloat y) {
    if (mant.signum() == 0) {
      return y;
    }
    if (y.mant.signum() == 0) {
      return this;
    }
    long distance = magnitude() - y.magnitude();
    if (Math.abs(distance) > 2 * PRECISION) {
      return distance > 0 ? this : y; // the other is too small to change a rounded digit
    }
    long low = Math.min(exp, y.exp);
    BigInteger a = mant.shiftLeft(Math.toIntExact(exp - low));
    BigInteger b = y.mant.shiftLeft(Math.toIntExact(y.exp - low));
    return round(a.add(b), low);
  }

  /** The difference, or null if it is too big. */
  @Nullable BigFloat subtract(BigFloat y) {
    return add(y.negate());
  }

  /** The product, or null if it is too big. */
  @Nullable BigFloat multiply(BigFloat y) {
    return multiply(y, PRECISION);
  }

  /** The quotient, or null if it is too big; {@code y} must not be 0. */
  @Nullable BigFloat divide(BigFloat y) {
    return y.mant.signum() < 0
        ? quotient(mant.negate(), y.mant.negate(), exp - y.exp)
        : quotient(mant, y.mant, exp - y.exp);
  }

  int compareValue(BigFloat y) {
    if (signum() != y.signum() || signum() == 0) {
      return Integer.compare(signum(), y.signum());
    }
    if (magnitude() != y.magnitude()) {
      return Long.compare(magnitude(), y.magnitude()) * signum();
    }
    long low = Math.min(exp, y.exp);
    BigInteger a = mant.shiftLeft(Math.toIntExact(exp - low));
    BigInteger b = y.mant.shiftLeft(Math.toIntExact(y.exp - low));
    return a.compareTo(b);
  }

  /** The nearest float64, infinite if the value is too big. */
  double toDouble() {
    return toIeee(53, 1024, -1021);
  }

  /** The nearest float32, infinite if the value is too big. */
  float toFloat() {
    return (float) toIeee(24, 128, -125);
  }

  /**
   * The nearest number of an IEEE format, as a float64.
   *
   * @param bits the length of the mantissa
   * @param max the greatest magnitude of a number
   * @param min the smallest magnitude of a number with the full mantissa
   */
  private double toIeee(int bits, int max, int min) {
    long top = magnitude();
    if (mant.signum() == 0) {
      return 0;
    }
    double sign = mant.signum();
    if (top > max) {
      return sign * Double.POSITIVE_INFINITY;
    }
    long length = Math.min(bits, bits - (min - top)); // fewer bits for a denormal number
    if (length < 0) {
      return sign * 0.0;
    }
    BigInteger m = mant.abs();
    long excess = m.bitLength() - length;
    long e = exp;
    if (excess > 0) {
      m = shorten(m, (int) excess, Rounding.NEAREST_EVEN);
      e += excess;
    }
    if (m.bitLength() + e > max) {
      return sign * Double.POSITIVE_INFINITY;
    }
    return sign * Math.scalb((double) m.longValue(), (int) e);
  }

  /** The nearest float64 of a fraction, infinite if it is too big. */
  static double toDouble(Rat r) {
    return sticky(r).toDouble();
  }

  /** The nearest float32 of a fraction, infinite if it is too big. */
  static float toFloat(Rat r) {
    return sticky(r).toFloat();
  }

  /**
   * A number that rounds as the fraction does: its first bits, and one that stands for the rest.
   */
  private static BigFloat sticky(Rat r) {
    if (r.den().equals(BigInteger.ONE)) {
      return new BigFloat(r.num(), 0);
    }
    int shift = Math.max(0, 80 - r.num().abs().bitLength() + r.den().bitLength());
    BigInteger[] qr = r.num().shiftLeft(shift).divideAndRemainder(r.den());
    BigInteger q = qr[0].shiftLeft(1);
    if (qr[1].signum() != 0) {
      q = r.num().signum() < 0 ? q.subtract(BigInteger.ONE) : q.add(BigInteger.ONE);
    }
    return new BigFloat(q, -shift - 1L);
  }

  /** A number in [0.5, 1) with the digits of this positive or negative one, and its sign. */
  double fraction() {
    return new BigFloat(mant, exp - magnitude()).toDouble();
  }

  /** The exact value in the format {@code 0x.MpE} of math/big. */
  @Override
  public String toString() {
    if (mant.signum() == 0) {
      return "0";
    }
    BigInteger abs = mant.abs();
    int pad = (4 - abs.bitLength() % 4) % 4; // digits start at the first bit
    String digits = abs.shiftLeft(pad).toString(16);
    long e = magnitude();
    return (mant.signum() < 0 ? "-0x." : "0x.")
        + digits.replaceFirst("0+$", "")
        + (e < 0 ? "p" : "p+")
        + e;
  }
}
