package dev.escapade.types.constant;

import dev.escapade.syntax.Operator;

/**
 * Operations on constants (go/constant). Operands must be of kinds for which the operation is
 * defined; the result for an unknown operand is unknown. What is asked about an unknown value is 0,
 * false or "", but for its sign, which is 1 so that it is not mistaken for a zero divisor.
 */
public final class Constants {
  private Constants() {}

  static Constant ofDouble(double x) {
    throw new UnsupportedOperationException();
  }

  /** The constant for the unsigned number {@code x}. */
  public static Constant ofUnsigned(long x) {
    throw new UnsupportedOperationException();
  }

  /** The complex value {@code re + im*i}; unknown if a part is. */
  public static Constant complex(Constant re, Constant im) {
    throw new UnsupportedOperationException();
  }

  public static boolean boolVal(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The byte string of a string constant. */
  public static String stringVal(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** Reports whether {@code x} is an integer that fits a signed 64-bit number. */
  public static boolean isInt64(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The integer {@code x}; its low 64 bits if it does not fit. */
  public static long int64Val(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The integer {@code x} if it is one that fits a signed 64-bit number, else {@code other}. */
  public static long longValueOr(Constant x, long other) {
    throw new UnsupportedOperationException();
  }

  /** Reports whether {@code x} is an integer that fits an unsigned 64-bit number. */
  public static boolean isUint64(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The nearest float32, infinite if {@code x} is too big. */
  public static float float32Val(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The nearest float64, infinite if {@code x} is too big. */
  public static double float64Val(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** The number of bits of the absolute value of an integer. */
  public static int bitLen(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** -1, 0 or 1; for complex values only whether they are 0. */
  public static int sign(Constant x) {
    throw new UnsupportedOperationException();
  }

  public static Constant real(Constant x) {
    throw new UnsupportedOperationException();
  }

  public static Constant imag(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** {@code x} as an integer, or unknown if it is none. */
  public static Constant toInt(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** {@code x} as a floating-point value, or unknown if it has an imaginary part. */
  public static Constant toFloat(Constant x) {
    throw new UnsupportedOperationException();
  }

  /** {@code x} as a complex value, or unknown if it is not numeric. */
  public static Constant toComplex(Constant x) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code op x}.
   *
   * @param bits if positive, the size in bits of the unsigned result of {@code ^}
   */
  public static Constant unaryOp(Operator op, Constant x, int bits) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code x op y}, but for comparisons and shifts. The quotient of integers is a fraction.
   *
   * @throws ArithmeticException for a division by zero
   */
  public static Constant binaryOp(Constant x, Operator op, Constant y) {
    throw new UnsupportedOperationException();
  }

  /**
   * The quotient of two integers, truncated toward zero.
   *
   * @throws ArithmeticException for a division by zero
   */
  public static Constant integerDivision(Constant x, Constant y) {
    throw new UnsupportedOperationException();
  }

  /** {@code x << s} or {@code x >> s} of an integer. */
  public static Constant shift(Constant x, Operator op, int s) {
    throw new UnsupportedOperationException();
  }

  /** {@code x op y} for a comparison; false if one of them is unknown. */
  public static boolean compare(Constant x, Operator op, Constant y) {
    throw new UnsupportedOperationException();
  }
}
