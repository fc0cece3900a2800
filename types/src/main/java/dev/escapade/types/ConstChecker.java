package dev.escapade.types;

import static dev.escapade.types.Predicates.isBoolean;
import static dev.escapade.types.Predicates.isComplex;
import static dev.escapade.types.Predicates.isFloat;
import static dev.escapade.types.Predicates.isInteger;
import static dev.escapade.types.Predicates.isNumeric;
import static dev.escapade.types.Predicates.isString;
import static dev.escapade.types.Predicates.isTyped;
import static dev.escapade.types.Predicates.isUnsigned;

import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import org.jspecify.annotations.Nullable;

/** Checks that constants fit their types (Go spec, "Representability"). */
final class ConstChecker {
  /** The bits that an untyped integer may have, the precision that the compiler has chosen. */
  private static final int MAX_UNTYPED_BITS = 512;

  private final Checker check;

  ConstChecker(Checker check) {
    this.check = check;
  }

  /**
   * Checks the result {@code x} of a constant operation: it must fit its type, or not be too large
   * if it is untyped.
   *
   * @param opPos where the operator stands
   */
  void overflow(Operand x, int opPos) {
    Constant val = x.val();
    if (val.kind() == Constant.Kind.UNKNOWN) {
      check.errors.error(opPos, Code.INVALID_CONST_VAL, "constant result is not representable");
      return;
    }
    if (isTyped(x.typ)) {
      representable(x, (Basic) x.typ.underlying());
      return;
    }
    if (val.kind() == Constant.Kind.INT && Constants.bitLen(val) > MAX_UNTYPED_BITS) {
      String op = OperatorChecker.opName(x.expr);
      check.errors.errorf(
          opPos, Code.INVALID_CONST_VAL, "constant %soverflow", op.isEmpty() ? op : op + " ");
      x.val = Constant.UNKNOWN;
    }
  }

  /**
   * A constant in a basic type.
   *
   * @param val null if it cannot be represented
   * @param code why it cannot be represented, or null
   */
  record Representation(@Nullable Constant val, @Nullable Code code) {}

  /** Converts the constant {@code x} to {@code type}, or reports that it does not fit. */
  void representable(Operand x, Basic type) {
    Representation r = representation(x, type);
    if (r.code() != null) {
      invalidConversion(r.code(), x, type);
      x.invalidate();
      return;
    }
    x.val = r.val();
  }

  /** The constant {@code x} as a value of {@code type}. */
  Representation representation(Operand x, Basic type) {
    Constant val = representable(x.val(), type);
    if (val != null) {
      return new Representation(val, null);
    }
    if (isNumeric(x.typ) && isNumeric(type)) {
      boolean truncated = !isInteger(x.typ) && isInteger(type);
      return new Representation(null, truncated ? Code.TRUNCATED_FLOAT : Code.NUMERIC_OVERFLOW);
    }
    return new Representation(null, Code.INVALID_CONST_VAL);
  }

  /** Reports that {@code x} cannot be converted to {@code target}. */
  void invalidConversion(Code code, Operand x, Type target) {
    String format =
        switch (code) {
          case TRUNCATED_FLOAT -> "%s truncated to %s";
          case NUMERIC_OVERFLOW -> "%s overflows %s";
          default -> "cannot convert %s to type %s";
        };
    check.errors.errorf(x, code, format, x, target);
  }

  /**
   * {@code val} as a value of {@code type}, rounded if {@code type} is a floating-point or complex
   * type; null if it is not representable. An unknown value is representable in every type.
   */
  @Nullable Constant representable(Constant val, Basic type) {
    if (val.kind() == Constant.Kind.UNKNOWN) {
      return val;
    }
    if (isInteger(type)) {
      Constant i = Constants.toInt(val);
      return i.kind() == Constant.Kind.INT && fitsInteger(i, type) ? i : null;
    }
    if (isFloat(type)) {
      Constant f = Constants.toFloat(val);
      return f.kind() == Constant.Kind.FLOAT ? roundFloat(f, val, type) : null;
    }
    if (isComplex(type)) {
      Constant c = Constants.toComplex(val);
      return c.kind() == Constant.Kind.COMPLEX ? roundComplex(c, val, type) : null;
    }
    if (isString(type)) {
      return val.kind() == Constant.Kind.STRING ? val : null;
    }
    if (isBoolean(type)) {
      return val.kind() == Constant.Kind.BOOL ? val : null;
    }
    return null;
  }

  private boolean fitsInteger(Constant i, Basic type) {
    if (type.kind() == BasicKind.UNTYPED_INT || type.kind() == BasicKind.UNTYPED_RUNE) {
      return true;
    }
    int bits = 8 * (int) check.conf.sizes().sizeof(type);
    if (isUnsigned(type)) {
      return Constants.sign(i) >= 0 && Constants.bitLen(i) <= bits;
    }
    if (!Constants.isInt64(i)) {
      return false;
    }
    long v = Constants.int64Val(i);
    return bits == 64 || v >> (bits - 1) == v >> 63;
  }

  private static @Nullable Constant roundFloat(Constant f, Constant val, Basic type) {
    return switch (type.kind()) {
      case FLOAT32 -> roundFloat32(f);
      case FLOAT64 -> roundFloat64(f);
      default -> val;
    };
  }

  private static @Nullable Constant roundComplex(Constant c, Constant val, Basic type) {
    Constant re = Constants.real(c);
    Constant im = Constants.imag(c);
    switch (type.kind()) {
      case COMPLEX64 -> {
        re = roundFloat32(re);
        im = roundFloat32(im);
      }
      case COMPLEX128 -> {
        re = roundFloat64(re);
        im = roundFloat64(im);
      }
      default -> {
        return val;
      }
    }
    return re == null || im == null ? null : Constants.complex(re, im);
  }

  private static @Nullable Constant roundFloat32(Constant f) {
    float v = Constants.float32Val(f);
    return Float.isInfinite(v) ? null : Constant.of((double) v);
  }

  private static @Nullable Constant roundFloat64(Constant f) {
    double v = Constants.float64Val(f);
    return Double.isInfinite(v) ? null : Constant.of(v);
  }
}
