package dev.escapade.ir.build;

import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import org.jspecify.annotations.Nullable;

/** Values of constants as nodes have them: of the kind of their type, and rounded to it. */
final class ConstantValues {
  private static final Constant ONE = Constant.of(1);
  private static final Constant ZERO = Constant.of(0);

  private ConstantValues() {}

  /** {@code v} as a value of {@code t}. */
  static Constant of(Type t, Constant v) {
    if (!(t.underlying() instanceof Basic b)) {
      return v;
    }
    if (b.is(Basic.IS_INTEGER)) {
      return Constants.toInt(v);
    }
    if (b.is(Basic.IS_FLOAT)) {
      return round(Constants.toFloat(v), b.kind() == BasicKind.FLOAT32);
    }
    if (b.is(Basic.IS_COMPLEX)) {
      boolean single = b.kind() == BasicKind.COMPLEX64;
      Constant c = Constants.toComplex(v);
      return Constants.complex(
          round(Constants.toFloat(Constants.real(c)), single),
          round(Constants.toFloat(Constants.imag(c)), single));
    }
    return v;
  }

  private static Constant round(Constant v, boolean single) {
    return Constant.of(single ? (double) Constants.float32Val(v) : Constants.float64Val(v));
  }

  /** The number 1 of a numeric type. */
  static Constant one(Type t) {
    return of(t, ONE);
  }

  /** The zero value of a basic type, or null if {@code t} is none that has constants. */
  static @Nullable Constant zero(Type t) {
    if (!(t.underlying() instanceof Basic b)) {
      return null;
    }
    if (b.is(Basic.IS_BOOLEAN)) {
      return Constant.of(false);
    }
    if (b.is(Basic.IS_STRING)) {
      return Constant.ofString("");
    }
    return b.is(Basic.IS_NUMERIC) ? of(t, ZERO) : null;
  }

  /**
   * The type that a constant has, untyped ones having that which the compiler gives to what is left
   * untyped by the checker (noder: idealType).
   */
  static Type idealType(Type t, @Nullable Constant v) {
    if (!(t.unalias() instanceof Basic b) || !b.is(Basic.IS_UNTYPED)) {
      return t;
    }
    return switch (b.kind()) {
      case UNTYPED_INT, UNTYPED_FLOAT, UNTYPED_COMPLEX ->
          v != null && Constants.sign(Constants.toInt(v)) < 0 ? Basic.INT : Basic.UINT;
      case UNTYPED_BOOL -> Basic.BOOL;
      case UNTYPED_STRING -> Basic.STRING;
      case UNTYPED_RUNE -> Basic.INT32;
      default -> t;
    };
  }
}
