package dev.escapade.types.constant;

import java.math.BigInteger;

/**
 * A fraction in lowest terms.
 *
 * @param den at least 1
 */
public record Rat(BigInteger num, BigInteger den) {
  /** The fraction {@code num/den}, reduced; {@code den} must not be 0. */
  static Rat of(BigInteger num, BigInteger den) {
    if (den.signum() < 0) {
      return of(num.negate(), den.negate());
    }
    BigInteger gcd = num.gcd(den);
    return gcd.equals(BigInteger.ONE)
        ? new Rat(num, den)
        : new Rat(num.divide(gcd), den.divide(gcd));
  }

  static Rat of(BigInteger num) {
    return new Rat(num, BigInteger.ONE);
  }

  /** The exact value of a finite number. */
  static Rat of(double x) {
    long bits = Double.doubleToLongBits(x);
    int exp = Math.max((int) (bits >>> 52) & 0x7ff, 1);
    long mant = bits & ((1L << 52) - 1);
    if (((bits >>> 52) & 0x7ff) != 0) {
      mant |= 1L << 52;
    }
    BigInteger num = BigInteger.valueOf(bits < 0 ? -mant : mant);
    int shift = exp - 1075;
    return shift >= 0 ? of(num.shiftLeft(shift)) : of(num, BigInteger.ONE.shiftLeft(-shift));
  }

  boolean isInt() {
    return den.equals(BigInteger.ONE);
  }

  Rat negate() {
    return new Rat(num.negate(), den);
  }

  Rat add(Rat y) {
    if (isInt() && y.isInt()) {
      return of(num.add(y.num));
    }
    return of(num.multiply(y.den).add(y.num.multiply(den)), den.multiply(y.den));
  }

  Rat subtract(Rat y) {
    return add(y.negate());
  }

  Rat multiply(Rat y) {
    return of(num.multiply(y.num), den.multiply(y.den));
  }

  /** The quotient; {@code y} must not be 0. */
  Rat divide(Rat y) {
    return of(num.multiply(y.den), den.multiply(y.num));
  }

  int compareValue(Rat y) {
    return num.multiply(y.den).compareTo(y.num.multiply(den));
  }

  @Override
  public String toString() {
    return isInt() ? num.toString() : num + "/" + den;
  }
}
