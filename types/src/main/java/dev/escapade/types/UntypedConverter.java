package dev.escapade.types;

import static dev.escapade.types.Predicates.allBoolean;
import static dev.escapade.types.Predicates.allInteger;
import static dev.escapade.types.Predicates.allNumeric;
import static dev.escapade.types.Predicates.allString;
import static dev.escapade.types.Predicates.defaultType;
import static dev.escapade.types.Predicates.hasNil;
import static dev.escapade.types.Predicates.isBoolean;
import static dev.escapade.types.Predicates.isNonTypeParamInterface;
import static dev.escapade.types.Predicates.isNumeric;
import static dev.escapade.types.Predicates.isString;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isTyped;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;
import static dev.escapade.types.Predicates.maxType;
import static dev.escapade.types.Predicates.safeUnderlying;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/**
 * Gives untyped expressions the types that their surroundings ask for (Go spec, "Constants" and
 * "Conversions"; go/types: implicitTypeAndValue, convertUntyped, updateExprType).
 *
 * <p>Constants are untyped at first, and so are comparisons and non-constant shifts of untyped
 * constants. Such an expression is remembered with its operands. When the final type of the whole
 * is known, {@link #updateExprType} goes down the tree again and records that type for every
 * expression that takes part, which is also when the operand of a shift can be checked.
 */
final class UntypedConverter {
  private final Checker check;

  UntypedConverter(Checker check) {
    this.check = check;
  }

  /**
   * The type and value that an untyped operand takes on where another type is expected.
   *
   * @param type null if the operand cannot be converted
   * @param val the constant's representation in {@code type} if it may differ from the operand's
   * @param code why the operand cannot be converted; null if it can
   */
  record Implicit(@Nullable Type type, @Nullable Constant val, @Nullable Code code) {
    private static final Implicit INVALID =
        new Implicit(null, null, Code.INVALID_UNTYPED_CONVERSION);

    static Implicit of(Type type) {
      return new Implicit(type, null, null);
    }
  }

  /** What {@code x} becomes where {@code target} is expected; typed operands stay as they are. */
  Implicit implicitTypeAndValue(Operand x, Type target) {
    if (x.isInvalid() || isTyped(x.typ) || !isValid(target)) {
      return Implicit.of(x.typ);
    }
    if (isUntyped(target)) {
      Type larger = maxType(x.typ, target);
      return larger == null ? Implicit.INVALID : Implicit.of(larger);
    }
    if (x.isNil()) {
      return hasNil(target) ? Implicit.of(target) : Implicit.INVALID;
    }
    return switch (target.underlying()) {
      case Basic basic -> implicitBasic(x, target, basic);
      case Interface iface -> implicitInterface(x, target, iface);
      default -> Implicit.INVALID;
    };
  }

  private Implicit implicitBasic(Operand x, Type target, Basic basic) {
    if (x.isConstant()) {
      ConstChecker.Representation r = check.constants.representation(x, basic);
      return r.code() == null
          ? new Implicit(target, r.val(), null)
          : new Implicit(null, null, r.code());
    }
    boolean ok =
        switch (((Basic) x.typ).kind()) {
          case UNTYPED_BOOL -> isBoolean(target);
          case UNTYPED_INT, UNTYPED_RUNE, UNTYPED_FLOAT, UNTYPED_COMPLEX -> isNumeric(target);
          case UNTYPED_STRING -> isString(target);
          default -> false;
        };
    return ok ? Implicit.of(target) : Implicit.INVALID;
  }

  private Implicit implicitInterface(Operand x, Type target, Interface iface) {
    if (isTypeParam(target)) {
      boolean ok =
          TypeSets.underIs(target, u -> u != null && implicitTypeAndValue(x, u).type() != null);
      return ok ? Implicit.of(target) : Implicit.INVALID;
    }
    // A value in an interface has a concrete type: the default one.
    return iface.empty() ? Implicit.of(defaultType(x.typ)) : Implicit.INVALID;
  }

  /** Converts an untyped operand to {@code target}, or reports that this is not possible. */
  void convertUntyped(Operand x, Type target) {
    Implicit implicit = implicitTypeAndValue(x, target);
    if (implicit.code() != null) {
      Type under = isTypeParam(target) ? target : safeUnderlying(target);
      check.constants.invalidConversion(implicit.code(), x, under == null ? target : under);
      x.invalidate();
      return;
    }
    apply(x, implicit);
  }

  /** Gives {@code x} and the expressions it consists of the type and value of {@code implicit}. */
  void apply(Operand x, Implicit implicit) {
    if (implicit.val() != null) {
      x.val = implicit.val();
      UntypedExpr info = check.untyped(x.expr());
      if (info != null) {
        info.val = implicit.val();
      }
    }
    Type type = implicit.type();
    if (type != null && type != x.typ) {
      x.typ = type;
      updateExprType(x.expr(), type, false);
    }
  }

  /**
   * Converts one of two operands to the type of the other where one is untyped and this may work.
   * If it does not, the error is reported and {@code x} is invalid.
   */
  void matchTypes(Operand x, Operand y) {
    if (!mayConvert(x, y)) {
      return;
    }
    convertUntyped(x, y.typ);
    if (x.isInvalid()) {
      return;
    }
    convertUntyped(y, x.typ);
    if (y.isInvalid()) {
      x.invalidate();
    }
  }

  /**
   * Reports whether a conversion should be tried: where it has no chance, the caller's error about
   * mismatched types tells more.
   */
  private static boolean mayConvert(Operand x, Operand y) {
    if (isTyped(x.typ) && isTyped(y.typ)) {
      return false;
    }
    if (allNumeric(x.typ) != allNumeric(y.typ)) {
      return false;
    }
    if (isNonTypeParamInterface(x.typ) || isNonTypeParamInterface(y.typ)) {
      return true;
    }
    if (allBoolean(x.typ) != allBoolean(y.typ) || allString(x.typ) != allString(y.typ)) {
      return false;
    }
    if (x.isNil()) {
      return hasNil(y.typ);
    }
    if (y.isNil()) {
      return hasNil(x.typ);
    }
    return !(x.typ.underlying() instanceof Pointer) && !(y.typ.underlying() instanceof Pointer);
  }

  /**
   * Gives the untyped expression {@code e} and its operands the type {@code type}.
   *
   * @param isFinal whether {@code type} is the last word even if it is untyped
   */
  void updateExprType(Expr e, Type type, boolean isFinal) {
    UntypedExpr info = check.untyped(e);
    if (info == null) {
      return;
    }
    updateOperands(e, info, type, isFinal);
    if (!isFinal && isUntyped(type)) {
      info.typ = (Basic) type.underlying();
      return;
    }
    check.forgetUntyped(e);
    if (info.isShiftOperand && !allInteger(type)) {
      check.errors.errorf(
          e,
          Code.INVALID_SHIFT_OPERAND,
          "invalid operation: shifted operand %s (type %s) must be integer",
          e,
          type);
      return;
    }
    if (info.val != null) {
      Operand c = new Operand(info.mode, e, info.typ);
      c.val = info.val;
      convertUntyped(c, type);
      if (c.isInvalid()) {
        return;
      }
    }
    check.recordTypeAndValue(e, info.mode, type, info.val);
  }

  /** Passes the type on to those operands of {@code e} that have the type of the whole. */
  private void updateOperands(Expr e, UntypedExpr info, Type type, boolean isFinal) {
    switch (e) {
      case Expr.ParenExpr paren -> updateExprType(paren.x(), type, isFinal);
      case Expr.UnaryExpr unary -> {
        // The operands of a constant never become values.
        if (info.val == null) {
          updateExprType(unary.x(), type, isFinal);
        }
      }
      case Expr.BinaryExpr binary -> {
        if (info.val != null || binary.op().isComparison()) {
          return; // operands of comparisons have their own, final types
        }
        updateExprType(binary.x(), type, isFinal);
        if (!binary.op().isShift()) {
          updateExprType(binary.y(), type, isFinal);
        }
      }
      default -> {}
    }
  }
}
