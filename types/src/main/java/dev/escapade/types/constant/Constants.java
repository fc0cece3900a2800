package dev.escapade.types.constant;

import dev.escapade.syntax.Operator;
import dev.escapade.types.constant.BigFloat.Rounding;
import dev.escapade.types.constant.Constant.BigInt;
import dev.escapade.types.constant.Constant.Bool;
import dev.escapade.types.constant.Constant.Complex;
import dev.escapade.types.constant.Constant.Floating;
import dev.escapade.types.constant.Constant.Fraction;
import dev.escapade.types.constant.Constant.Int64;
import dev.escapade.types.constant.Constant.Str;
import dev.escapade.types.constant.Constant.Unknown;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Operations on constants (go/constant). Operands must be of kinds for which the operation is
 * defined; the result for an unknown operand is unknown. What is asked about an unknown value is 0,
 * false or "", but for its sign, which is 1 so that it is not mistaken for a zero divisor.
 */
public final class Constants {
  /** Numbers of at least so many bits are no longer kept as fractions. */
  private static final int MAX_FRACTION_BITS = 4096;

  /** A floating-point value is taken for an integer if rounding off so many bits makes it one. */
  private static final int INT_TOLERANCE_BITS = 4;

  private Constants() {}

  // Making constants.

  static Constant ofDouble(double x) {
    if (Double.isInfinite(x) || Double.isNaN(x)) {
      return Constant.UNKNOWN;
    }
    return new Fraction(Rat.of(x));
  }

  /** The constant for the unsigned number {@code x}. */
  public static Constant ofUnsigned(long x) {
    return x >= 0 ? Constant.of(x) : Constant.of(new BigInteger(Long.toUnsignedString(x)));
  }

  /** The complex value {@code re + im*i}; unknown if a part is. */
  public static Constant complex(Constant re, Constant im) {
    return re instanceof Unknown || im instanceof Unknown ? Constant.UNKNOWN : new Complex(re, im);
  }

  private static Constant ofRat(Rat r) {
    return isModerate(r.num()) && isModerate(r.den())
        ? new Fraction(r)
        : ofBigFloat(BigFloat.of(r));
  }

  static Constant ofBigFloat(@Nullable BigFloat f) {
    return f == null ? Constant.UNKNOWN : new Floating(f);
  }

  private static boolean isModerate(BigInteger x) {
    return x.abs().bitLength() < MAX_FRACTION_BITS;
  }

  /** Reports whether a fraction of the value would have a moderate size. */
  static boolean isModerate(BigFloat f) {
    return Math.abs(f.magnitude()) < MAX_FRACTION_BITS;
  }

  // Asking constants.

  public static boolean boolVal(Constant x) {
    return x instanceof Bool b && b.value();
  }

  /** The byte string of a string constant. */
  public static String stringVal(Constant x) {
    return x instanceof Str s ? s.value() : "";
  }

  /** Reports whether {@code x} is an integer that fits a signed 64-bit number. */
  public static boolean isInt64(Constant x) {
    return x instanceof Int64;
  }

  /** The integer {@code x}; its low 64 bits if it does not fit. */
  public static long int64Val(Constant x) {
    return switch (x) {
      case Int64 i -> i.value();
      case BigInt i -> i.value().longValue();
      case Unknown _, Bool _, Str _, Fraction _, Floating _, Complex _ -> 0;
    };
  }

  /** The integer {@code x} if it is one that fits a signed 64-bit number, else {@code other}. */
  public static long longValueOr(Constant x, long other) {
    return x instanceof Int64 i ? i.value() : other;
  }

  /** Reports whether {@code x} is an integer that fits an unsigned 64-bit number. */
  public static boolean isUint64(Constant x) {
    return switch (x) {
      case Int64 i -> i.value() >= 0;
      case BigInt i -> i.value().signum() > 0 && i.value().bitLength() <= 64;
      case Unknown _, Bool _, Str _, Fraction _, Floating _, Complex _ -> false;
    };
  }

  /** The nearest float32, infinite if {@code x} is too big. */
  public static float float32Val(Constant x) {
    return switch (x) {
      case Int64 i -> (float) i.value();
      case BigInt i -> BigFloat.of(i.value()).toFloat();
      case Fraction f -> BigFloat.toFloat(f.value());
      case Floating f -> f.value().toFloat();
      case Unknown _, Bool _, Str _, Complex _ -> 0;
    };
  }

  /** The nearest float64, infinite if {@code x} is too big. */
  public static double float64Val(Constant x) {
    return switch (x) {
      case Int64 i -> (double) i.value();
      case BigInt i -> BigFloat.of(i.value()).toDouble();
      case Fraction f -> BigFloat.toDouble(f.value());
      case Floating f -> f.value().toDouble();
      case Unknown _, Bool _, Str _, Complex _ -> 0;
    };
  }

  /** The integer {@code x}; 0 if it is none. */
  public static BigInteger bigIntegerVal(Constant x) {
    return x instanceof BigInt i ? i.value() : BigInteger.valueOf(int64Val(x));
  }

  /** The number of bits of the absolute value of an integer. */
  public static int bitLen(Constant x) {
    return switch (x) {
      case Int64 i -> 64 - Long.numberOfLeadingZeros(i.value() < 0 ? -i.value() : i.value());
      case BigInt i -> i.value().abs().bitLength();
      case Unknown _, Bool _, Str _, Fraction _, Floating _, Complex _ -> 0;
    };
  }

  /** -1, 0 or 1; for complex values only whether they are 0. */
  public static int sign(Constant x) {
    return switch (x) {
      case Int64 i -> Long.signum(i.value());
      case BigInt i -> i.value().signum();
      case Fraction f -> f.value().num().signum();
      case Floating f -> f.value().signum();
      case Complex c -> sign(c.re()) | sign(c.im());
      case Unknown _, Bool _, Str _ -> 1;
    };
  }

  /** The real part. */
  public static Constant real(Constant x) {
    return x instanceof Complex c ? c.re() : x;
  }

  /** The imaginary part. */
  public static Constant imag(Constant x) {
    return switch (x) {
      case Complex c -> c.im();
      case Unknown _ -> x;
      case Int64 _, BigInt _, Fraction _, Floating _, Bool _, Str _ -> Constant.of(0L);
    };
  }

  // Conversions.

  /**
   * {@code x} as an integer, or unknown if it is none. A value of limited precision is taken for an
   * integer that is very close.
   */
  public static Constant toInt(Constant x) {
    return switch (x) {
      case Int64 _, BigInt _ -> x;
      case Fraction f -> f.value().isInt() ? Constant.of(f.value().num()) : Constant.UNKNOWN;
      case Floating f -> toInt(f.value());
      case Complex c -> sign(c.im()) == 0 ? toInt(c.re()) : Constant.UNKNOWN;
      case Unknown _, Bool _, Str _ -> Constant.UNKNOWN;
    };
  }

  private static Constant toInt(BigFloat f) {
    if (!isModerate(f)) {
      return Constant.UNKNOWN; // avoid huge integers
    }
    if (f.isInt()) {
      return Constant.of(f.toBigInteger());
    }
    int bits = BigFloat.PRECISION - INT_TOLERANCE_BITS;
    BigFloat down = f.rounded(bits, Rounding.TOWARD_ZERO);
    if (down.isInt()) {
      return Constant.of(down.toBigInteger());
    }
    BigFloat up = f.rounded(bits, Rounding.AWAY_FROM_ZERO);
    return up.isInt() ? Constant.of(up.toBigInteger()) : Constant.UNKNOWN;
  }

  /** {@code x} as a floating-point value, or unknown if it has an imaginary part. */
  public static Constant toFloat(Constant x) {
    return switch (x) {
      case Int64 i -> new Fraction(Rat.of(BigInteger.valueOf(i.value())));
      case BigInt i ->
          isModerate(i.value())
              ? new Fraction(Rat.of(i.value()))
              : ofBigFloat(BigFloat.of(i.value()));
      case Fraction _, Floating _ -> x;
      case Complex c -> sign(c.im()) == 0 ? toFloat(c.re()) : Constant.UNKNOWN;
      case Unknown _, Bool _, Str _ -> Constant.UNKNOWN;
    };
  }

  /** {@code x} as a complex value, or unknown if it is not numeric. */
  public static Constant toComplex(Constant x) {
    return switch (x) {
      case Int64 _, BigInt _, Fraction _, Floating _ -> new Complex(x, Constant.of(0L));
      case Complex _ -> x;
      case Unknown _, Bool _, Str _ -> Constant.UNKNOWN;
    };
  }

  // Operations.

  /**
   * {@code op x}.
   *
   * @param bits if positive, the size in bits of the unsigned result of {@code ^}
   */
  public static Constant unaryOp(Operator op, Constant x, int bits) {
    if (x instanceof Unknown) {
      return x;
    }
    return switch (op) {
      case ADD -> x;
      case SUB -> negate(x);
      case XOR -> {
        BigInteger z = bigIntegerVal(x).not();
        if (bits > 0) {
          z = z.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
        }
        yield Constant.of(z);
      }
      case NOT -> Constant.of(!boolVal(x));
      default -> throw new IllegalArgumentException("unary operator " + op);
    };
  }

  private static Constant negate(Constant x) {
    return switch (x) {
      case Int64 i ->
          i.value() == Long.MIN_VALUE
              ? Constant.of(BigInteger.valueOf(i.value()).negate())
              : Constant.of(-i.value());
      case BigInt i -> Constant.of(i.value().negate());
      case Fraction f -> ofRat(f.value().negate());
      case Floating f -> ofBigFloat(f.value().negate());
      case Complex c -> complex(negate(c.re()), negate(c.im()));
      case Unknown _, Bool _, Str _ -> Constant.UNKNOWN;
    };
  }

  /** The representations of numbers, from simple to complex. */
  private static int rank(Constant x) {
    return switch (x) {
      case Int64 _ -> 1;
      case BigInt _ -> 2;
      case Fraction _ -> 3;
      case Floating _ -> 4;
      case Complex _ -> 5;
      case Unknown _, Bool _, Str _ -> 0;
    };
  }

  private static BigFloat bigFloat(Constant x) {
    return switch (x) {
      case Floating f -> f.value();
      case Fraction f -> BigFloat.of(f.value());
      case Int64 _, BigInt _, Complex _, Unknown _, Bool _, Str _ -> BigFloat.of(bigIntegerVal(x));
    };
  }

  private static Rat rat(Constant x) {
    return x instanceof Fraction f ? f.value() : Rat.of(bigIntegerVal(x));
  }

  /**
   * {@code x op y}, but for comparisons and shifts. The quotient of integers is a fraction.
   *
   * @throws ArithmeticException for a division by zero
   */
  public static Constant binaryOp(Constant x, Operator op, Constant y) {
    if (x instanceof Unknown || y instanceof Unknown) {
      return Constant.UNKNOWN;
    }
    if (x instanceof Bool a && y instanceof Bool b) {
      return Constant.of(op == Operator.AND_AND ? a.value() && b.value() : a.value() || b.value());
    }
    if (x instanceof Str a && y instanceof Str b) {
      return new Str(a, b);
    }
    return switch (Math.max(rank(x), rank(y))) {
      case 1 -> longOp(int64Val(x), op, int64Val(y));
      case 2 -> integerOp(bigIntegerVal(x), op, bigIntegerVal(y));
      case 3 -> ofRat(ratOp(rat(x), op, rat(y)));
      case 4 -> ofBigFloat(floatOp(bigFloat(x), op, bigFloat(y)));
      case 5 -> complexOp(x, op, y);
      default -> Constant.UNKNOWN;
    };
  }

  private static Constant longOp(long a, Operator op, long b) {
    switch (op) {
      case ADD -> {
        long c = a + b;
        if (((a ^ c) & (b ^ c)) >= 0) {
          return Constant.of(c);
        }
      }
      case SUB -> {
        long c = a - b;
        if (((a ^ b) & (a ^ c)) >= 0) {
          return Constant.of(c);
        }
      }
      case MUL -> {
        long high = Math.multiplyHigh(a, b);
        long c = a * b;
        if (high == c >> 63) {
          return Constant.of(c);
        }
      }
      case AND -> {
        return Constant.of(a & b);
      }
      case OR -> {
        return Constant.of(a | b);
      }
      case XOR -> {
        return Constant.of(a ^ b);
      }
      case AND_NOT -> {
        return Constant.of(a & ~b);
      }
      case REM -> {
        return Constant.of(a % b);
      }
      default -> {}
    }
    return integerOp(BigInteger.valueOf(a), op, BigInteger.valueOf(b));
  }

  private static Constant integerOp(BigInteger a, Operator op, BigInteger b) {
    return switch (op) {
      case ADD -> Constant.of(a.add(b));
      case SUB -> Constant.of(a.subtract(b));
      case MUL -> Constant.of(a.multiply(b));
      case DIV -> ofRat(Rat.of(a, nonZero(b)));
      case REM -> Constant.of(a.remainder(b));
      case AND -> Constant.of(a.and(b));
      case OR -> Constant.of(a.or(b));
      case XOR -> Constant.of(a.xor(b));
      case AND_NOT -> Constant.of(a.andNot(b));
      default -> throw new IllegalArgumentException("operator " + op + " on integers");
    };
  }

  private static BigInteger nonZero(BigInteger x) {
    if (x.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    return x;
  }

  private static Rat ratOp(Rat a, Operator op, Rat b) {
    return switch (op) {
      case ADD -> a.add(b);
      case SUB -> a.subtract(b);
      case MUL -> a.multiply(b);
      case DIV -> {
        nonZero(b.num());
        yield a.divide(b);
      }
      default -> throw new IllegalArgumentException("operator " + op + " on fractions");
    };
  }

  private static @Nullable BigFloat floatOp(BigFloat a, Operator op, BigFloat b) {
    return switch (op) {
      case ADD -> a.add(b);
      case SUB -> a.subtract(b);
      case MUL -> a.multiply(b);
      case DIV -> {
        if (b.signum() == 0) {
          throw new ArithmeticException("division by zero");
        }
        yield a.divide(b);
      }
      default -> throw new IllegalArgumentException("operator " + op + " on floats");
    };
  }

  private static Constant complexOp(Constant x, Operator op, Constant y) {
    Constant a = real(x);
    Constant b = imag(x);
    Constant c = real(y);
    Constant d = imag(y);
    return switch (op) {
      case ADD, SUB -> complex(binaryOp(a, op, c), binaryOp(b, op, d));
      case MUL -> complex(sub(mul(a, c), mul(b, d)), add(mul(b, c), mul(a, d)));
      case DIV -> {
        Constant s = add(mul(c, c), mul(d, d));
        yield complex(
            binaryOp(add(mul(a, c), mul(b, d)), Operator.DIV, s),
            binaryOp(sub(mul(b, c), mul(a, d)), Operator.DIV, s));
      }
      default -> throw new IllegalArgumentException("operator " + op + " on complex numbers");
    };
  }

  private static Constant add(Constant x, Constant y) {
    return binaryOp(x, Operator.ADD, y);
  }

  private static Constant sub(Constant x, Constant y) {
    return binaryOp(x, Operator.SUB, y);
  }

  private static Constant mul(Constant x, Constant y) {
    return binaryOp(x, Operator.MUL, y);
  }

  /**
   * The quotient of two integers, truncated toward zero.
   *
   * @throws ArithmeticException for a division by zero
   */
  public static Constant integerDivision(Constant x, Constant y) {
    if (x instanceof Unknown || y instanceof Unknown) {
      return Constant.UNKNOWN;
    }
    if (x instanceof Int64 a && y instanceof Int64 b && b.value() != -1) {
      return Constant.of(a.value() / b.value());
    }
    return Constant.of(bigIntegerVal(x).divide(bigIntegerVal(y)));
  }

  /** {@code x << s} or {@code x >> s} of an integer. */
  public static Constant shift(Constant x, Operator op, int s) {
    if (x instanceof Unknown) {
      return x;
    }
    if (op == Operator.SHR) {
      return x instanceof Int64 i
          ? Constant.of(i.value() >> Math.min(s, 63))
          : Constant.of(bigIntegerVal(x).shiftRight(s));
    }
    if (x instanceof Int64 i && s < 64) {
      long v = i.value() << s;
      if (v >> s == i.value()) {
        return Constant.of(v);
      }
    }
    return Constant.of(bigIntegerVal(x).shiftLeft(s));
  }

  /** {@code x op y} for a comparison; false if one of them is unknown. */
  public static boolean compare(Constant x, Operator op, Constant y) {
    if (x instanceof Unknown || y instanceof Unknown) {
      return false;
    }
    if (x instanceof Bool a && y instanceof Bool b) {
      return (op == Operator.EQL) == (a.value() == b.value());
    }
    if (x instanceof Str a && y instanceof Str b) {
      return holds(a.value().compareTo(b.value()), op);
    }
    return switch (Math.max(rank(x), rank(y))) {
      case 1 -> holds(Long.compare(int64Val(x), int64Val(y)), op);
      case 2 -> holds(bigIntegerVal(x).compareTo(bigIntegerVal(y)), op);
      case 3 -> holds(rat(x).compareValue(rat(y)), op);
      case 4 -> holds(bigFloat(x).compareValue(bigFloat(y)), op);
      case 5 ->
          (op == Operator.EQL)
              == (compare(real(x), Operator.EQL, real(y))
                  && compare(imag(x), Operator.EQL, imag(y)));
      default -> false;
    };
  }

  private static boolean holds(int order, Operator op) {
    return switch (op) {
      case EQL -> order == 0;
      case NEQ -> order != 0;
      case LSS -> order < 0;
      case LEQ -> order <= 0;
      case GTR -> order > 0;
      case GEQ -> order >= 0;
      default -> throw new IllegalArgumentException("comparison " + op);
    };
  }
}
