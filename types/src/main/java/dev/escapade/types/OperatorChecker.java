package dev.escapade.types;

import static dev.escapade.types.Predicates.allBoolean;
import static dev.escapade.types.Predicates.allInteger;
import static dev.escapade.types.Predicates.allNumeric;
import static dev.escapade.types.Predicates.allNumericOrString;
import static dev.escapade.types.Predicates.allOrdered;
import static dev.escapade.types.Predicates.allUnsigned;
import static dev.escapade.types.Predicates.comparable;
import static dev.escapade.types.Predicates.defaultType;
import static dev.escapade.types.Predicates.hasNil;
import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isComplex;
import static dev.escapade.types.Predicates.isInteger;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isUnsigned;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.ChanDir;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Positions;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import org.jspecify.annotations.Nullable;

/** Checks operators (Go spec, "Operators"). */
final class OperatorChecker {
  /**
   * The largest shift count of a constant shift: it lets the smallest float64 be written as a shift
   * (go/types: shift).
   */
  private static final int SHIFT_BOUND = 1023 - 1 + 52;

  private final Checker check;

  OperatorChecker(Checker check) {
    this.check = check;
  }

  /** Checks {@code *x}, the indirection of a pointer or a pointer type. */
  void indirect(Operand x, Expr.UnaryExpr e) {
    check.exprs.exprOrType(x, e.x(), false);
    if (x.isInvalid()) {
      return;
    }
    if (x.mode == OperandMode.TYPE_EXPR) {
      check.typeExprs.validVarType(e.x(), x.typ);
      x.typ = new Pointer(x.typ);
      return;
    }
    Type[] base = new Type[1];
    boolean ok =
        TypeSets.underIs(
            x.typ,
            u -> {
              if (!(u instanceof Pointer p)) {
                check.errors.errorf(
                    x, Code.INVALID_INDIRECTION, "invalid operation: cannot indirect %s", x);
                return false;
              }
              if (base[0] != null && !identical(p.elem(), base[0])) {
                check.errors.errorf(
                    x,
                    Code.INVALID_INDIRECTION,
                    "invalid operation: pointers of %s must have identical base types",
                    x);
                return false;
              }
              base[0] = p.elem();
              return true;
            });
    if (!ok) {
      x.invalidate();
      return;
    }
    x.mode = OperandMode.VARIABLE;
    x.typ = base[0];
  }

  /** Checks a unary operator other than {@code *}. */
  void unary(Operand x, Expr.UnaryExpr e) {
    check.exprs.expr(null, x, e.x());
    if (x.isInvalid()) {
      return;
    }
    switch (e.op()) {
      case AND -> addressOf(x, e);
      case RECV -> receive(x);
      case TILDE -> tilde(x, e);
      default -> arithmetic(x, e, e.op());
    }
  }

  private void addressOf(Operand x, Expr.UnaryExpr e) {
    if (x.mode != OperandMode.VARIABLE && !(Exprs.unparen(e.x()) instanceof Expr.CompositeLit)) {
      check.errors.errorf(
          x, Code.UNADDRESSABLE_OPERAND, "invalid operation: cannot take address of %s", x);
      x.invalidate();
      return;
    }
    x.mode = OperandMode.VALUE;
    x.typ = new Pointer(x.typ);
  }

  private void receive(Operand x) {
    Type elem = chanElem(x.startPos(), x, true);
    if (elem == null) {
      x.invalidate();
      return;
    }
    x.mode = OperandMode.COMMA_OK;
    x.typ = elem;
    check.env.hasCallOrRecv = true;
  }

  private void tilde(Operand x, Expr.UnaryExpr e) {
    String message = "cannot use ~ outside of interface or type constraint";
    if (!allInteger(x.typ)) {
      check.errors.error(e, Code.UNDEFINED_OP, message);
      x.invalidate();
      return;
    }
    check.errors.error(e, Code.UNDEFINED_OP, message + " (use ^ for bitwise complement)");
    arithmetic(x, e, Operator.XOR);
  }

  private void arithmetic(Operand x, Expr.UnaryExpr e, Operator op) {
    boolean defined =
        switch (op) {
          case ADD, SUB -> allNumeric(x.typ);
          case XOR -> allInteger(x.typ);
          case NOT -> allBoolean(x.typ);
          default -> false;
        };
    if (!defined) {
      undefined(x, op);
      return;
    }
    if (!x.isConstant()) {
      x.mode = OperandMode.VALUE;
      return;
    }
    if (x.val().kind() == Constant.Kind.UNKNOWN) {
      return;
    }
    int bits = isUnsigned(x.typ) ? (int) check.conf.sizes().sizeof(x.typ) * 8 : 0;
    x.val = Constants.unaryOp(op, x.val(), bits);
    x.expr = e;
    check.constants.overflow(x, e.pos());
  }

  private void undefined(Operand x, Operator op) {
    check.errors.errorf(
        x, Code.UNDEFINED_OP, "invalid operation: operator %s not defined on %s", op, x);
    x.invalidate();
  }

  /**
   * The element type of the channel {@code x} for a receive or a send at {@code pos}; null, with an
   * error, if {@code x} does not permit it.
   */
  @Nullable Type chanElem(int pos, Operand x, boolean recv) {
    TypeError[] error = new TypeError[1];
    Type u =
        TypeSets.commonUnder(
            x.typ,
            (t, under) -> {
              if (under == null) {
                return TypeError.of("no specific channel type");
              }
              if (!(under instanceof Chan ch)) {
                return TypeError.of("non-channel %s", t);
              }
              if (recv && ch.dir() == ChanDir.SEND_ONLY) {
                return TypeError.of("send-only channel %s", t);
              }
              if (!recv && ch.dir() == ChanDir.RECV_ONLY) {
                return TypeError.of("receive-only channel %s", t);
              }
              return null;
            },
            error);
    if (u != null) {
      return ((Chan) u).elem();
    }
    Code code = recv ? Code.INVALID_RECEIVE : Code.INVALID_SEND;
    String what = recv ? "receive from" : "send to";
    String cause = error[0].format(check);
    if (isTypeParam(x.typ)) {
      check.errors.errorf(pos, code, "invalid operation: cannot %s %s: %s", what, x, cause);
    } else {
      check.errors.errorf(pos, code, "invalid operation: cannot %s %s %s", what, cause, x);
    }
    return null;
  }

  /**
   * Checks {@code lhs op rhs}.
   *
   * @param e the binary expression, or null for an assignment operation
   */
  void binary(Operand x, Expr.@Nullable BinaryExpr e, Expr lhs, Expr rhs, Operator op) {
    check.exprs.expr(null, x, lhs);
    binaryWithLeft(x, e, lhs, rhs, op);
  }

  /** Like {@link #binary}, with the left operand already in {@code x}. */
  void binaryWithLeft(Operand x, Expr.@Nullable BinaryExpr e, Expr lhs, Expr rhs, Operator op) {
    Operand y = new Operand();
    check.exprs.expr(null, y, rhs);
    if (x.isInvalid()) {
      return;
    }
    if (y.isInvalid()) {
      x.invalidate();
      x.expr = y.expr;
      return;
    }
    if (op.isShift()) {
      shift(x, y, e, op);
      return;
    }
    check.untypeds.matchTypes(x, y);
    if (x.isInvalid()) {
      return;
    }
    if (op.isComparison()) {
      comparison(x, y, op, false);
      return;
    }
    if (!identical(x.typ, y.typ)) {
      mismatched(x, y, e, lhs, rhs, op);
      return;
    }
    if (!isDefined(op, x.typ)) {
      undefined(x, op);
      return;
    }
    if ((op == Operator.DIV || op == Operator.REM) && isDivisionByZero(x, y)) {
      check.errors.error(y, Code.DIV_BY_ZERO, "invalid operation: division by zero");
      x.invalidate();
      return;
    }
    if (x.isConstant() && y.isConstant()) {
      fold(x, y, e, op);
    } else {
      x.mode = OperandMode.VALUE;
    }
  }

  private void mismatched(
      Operand x, Operand y, Expr.@Nullable BinaryExpr e, Expr lhs, Expr rhs, Operator op) {
    // An invalid type was reported where it came up.
    if (isValid(x.typ) && isValid(y.typ)) {
      if (e != null) {
        check.errors.errorf(
            x,
            Code.MISMATCHED_TYPES,
            "invalid operation: %s (mismatched types %s and %s)",
            e,
            x.typ,
            y.typ);
      } else {
        check.errors.errorf(
            x,
            Code.MISMATCHED_TYPES,
            "invalid operation: %s %s= %s (mismatched types %s and %s)",
            lhs,
            op,
            rhs,
            x.typ,
            y.typ);
      }
    }
    x.invalidate();
  }

  private static boolean isDefined(Operator op, Type type) {
    return switch (op) {
      case ADD -> allNumericOrString(type);
      case SUB, MUL, DIV -> allNumeric(type);
      case REM, AND, OR, XOR, AND_NOT -> allInteger(type);
      case AND_AND, OR_OR -> allBoolean(type);
      default -> false;
    };
  }

  private static boolean isDivisionByZero(Operand x, Operand y) {
    if (!y.isConstant()) {
      return false;
    }
    if ((x.isConstant() || allInteger(x.typ)) && Constants.sign(y.val()) == 0) {
      return true;
    }
    // Squares of the parts may underflow to zero although the parts are not.
    return x.isConstant()
        && isComplex(x.typ)
        && isTiny(Constants.real(y.val()))
        && isTiny(Constants.imag(y.val()));
  }

  private static boolean isTiny(Constant c) {
    return Constants.sign(Constants.binaryOp(c, Operator.MUL, c)) == 0;
  }

  private void fold(Operand x, Operand y, Expr.@Nullable BinaryExpr e, Operator op) {
    if (isUnknown(x) || isUnknown(y)) {
      x.val = Constant.UNKNOWN;
      return;
    }
    x.val =
        op == Operator.DIV && isInteger(x.typ)
            ? Constants.integerDivision(x.val(), y.val())
            : Constants.binaryOp(x.val(), op, y.val());
    x.expr = e;
    check.constants.overflow(x, e == null ? 0 : e.pos());
  }

  private static boolean isUnknown(Operand x) {
    return x.val().kind() == Constant.Kind.UNKNOWN;
  }

  /**
   * Checks the shift of {@code x} by {@code y} (Go spec, "Operators").
   *
   * @param e the shift expression; null for an assignment operation, which is never constant
   */
  private void shift(Operand x, Operand y, Expr.@Nullable BinaryExpr e, Operator op) {
    Constant xval = x.isConstant() ? Constants.toInt(x.val()) : null;
    boolean isInt = xval != null && xval.kind() == Constant.Kind.INT;
    if (!allInteger(x.typ) && !(isUntyped(x.typ) && isInt)) {
      shiftedMustBeInteger(x);
      return;
    }
    if (!isShiftCount(y)) {
      x.invalidate();
      return;
    }
    if (x.isConstant()) {
      if (y.isConstant()) {
        constantShift(x, y, xval, e, op);
        return;
      }
      if (isUntyped(x.typ)) {
        // The type of x is what it would be without the shift, so x must be looked at again when
        // that is known. In wrong programs x may already have been given a type.
        UntypedExpr info = check.untyped(x.expr());
        if (info != null) {
          info.isShiftOperand = true;
        }
        x.mode = OperandMode.VALUE;
        return;
      }
    }
    if (!allInteger(x.typ)) {
      shiftedMustBeInteger(x);
      return;
    }
    x.mode = OperandMode.VALUE;
  }

  private void shiftedMustBeInteger(Operand x) {
    check.errors.errorf(
        x, Code.INVALID_SHIFT_OPERAND, "invalid operation: shifted operand %s must be integer", x);
    x.invalidate();
  }

  /** Reports whether {@code y} may be a shift count; if not, there was an error. */
  private boolean isShiftCount(Operand y) {
    if (y.isConstant()) {
      Constant count = Constants.toInt(y.val());
      if (count.kind() == Constant.Kind.INT && Constants.sign(count) < 0) {
        check.errors.errorf(
            y, Code.INVALID_SHIFT_COUNT, "invalid operation: negative shift count %s", y);
        return false;
      }
      // A constant keeps its type, it must only be representable.
      if (isUntyped(y.typ)) {
        check.constants.representable(y, Basic.UINT);
        return !y.isInvalid();
      }
      return true;
    }
    if (allInteger(y.typ)) {
      return allUnsigned(y.typ)
          || check.verifyVersionf(
              y.startPos(), GoVersion.GO1_13, "invalid operation: signed shift count %s", y);
    }
    if (isUntyped(y.typ)) {
      check.untypeds.convertUntyped(y, Basic.UINT);
      return !y.isInvalid();
    }
    check.errors.errorf(
        y, Code.INVALID_SHIFT_COUNT, "invalid operation: shift count %s must be integer", y);
    return false;
  }

  private void constantShift(
      Operand x, Operand y, @Nullable Constant xval, Expr.@Nullable BinaryExpr e, Operator op) {
    if (isUnknown(x) || isUnknown(y) || xval == null) {
      x.val = Constant.UNKNOWN;
    } else {
      Constant count = Constants.toInt(y.val());
      long s = Constants.longValueOr(count, -1);
      if (s < 0 || s > SHIFT_BOUND) {
        check.errors.errorf(
            y, Code.INVALID_SHIFT_COUNT, "invalid operation: invalid shift count %s", y);
        x.invalidate();
        return;
      }
      x.val = Constants.shift(xval, op, (int) s);
    }
    // x may be an untyped constant such as 2.0; the result is an integer in any case.
    if (!isInteger(x.typ)) {
      x.typ = Basic.UNTYPED_INT;
    }
    if (!isUnknown(x)) {
      x.expr = e;
      check.constants.overflow(x, e == null ? 0 : e.pos());
    }
  }

  /**
   * Checks a comparison (Go spec, "Comparison operators") with the result in {@code x}.
   *
   * @param switchCase whether {@code x} is the case of a switch on {@code y}; then {@code op} is
   *     taken to be {@code ==}
   */
  void comparison(Operand x, Operand y, Operator op, boolean switchCase) {
    if (!isValid(x.typ) || !isValid(y.typ)) {
      x.invalidate();
      return;
    }
    Operator cmp = switchCase ? Operator.EQL : op;
    Assignability assignability = check.assignability;
    if (assignability.failure(x, y.typ, null) != null
        && assignability.failure(y, x.typ, null) != null) {
      String cause = check.sprintf("mismatched types %s and %s", x.typ, y.typ);
      notComparable(x, y, y, cmp, switchCase, Code.MISMATCHED_TYPES, cause);
      return;
    }
    Operand bad = cmp == Operator.EQL || cmp == Operator.NEQ ? unequatable(x, y) : unordered(x, y);
    if (bad != null) {
      String cause = "";
      if (cmp == Operator.EQL || cmp == Operator.NEQ) {
        cause = x.isNil() || y.isNil() ? "" : incomparableCause(bad.typ);
      }
      notComparable(x, y, bad, cmp, switchCase, Code.UNDEFINED_OP, cause);
      return;
    }
    if (x.isConstant() && y.isConstant()) {
      x.val = Constant.of(Constants.compare(x.val(), cmp, y.val()));
    } else {
      x.mode = OperandMode.VALUE;
      // What is compared at run time has its final type now.
      check.untypeds.updateExprType(x.expr(), defaultType(x.typ), true);
      check.untypeds.updateExprType(y.expr(), defaultType(y.typ), true);
    }
    x.typ = Basic.UNTYPED_BOOL;
  }

  /** The operand that keeps {@code x} and {@code y} from being compared with ==, or null. */
  private static @Nullable Operand unequatable(Operand x, Operand y) {
    if (x.isNil() || y.isNil()) {
      return hasNil(x.isNil() ? y.typ : x.typ) ? null : y;
    }
    if (!comparable(x.typ)) {
      return x;
    }
    return comparable(y.typ) ? null : y;
  }

  private static @Nullable Operand unordered(Operand x, Operand y) {
    if (!allOrdered(x.typ)) {
      return x;
    }
    return allOrdered(y.typ) ? null : y;
  }

  private void notComparable(
      Operand x,
      Operand y,
      Operand bad,
      Operator op,
      boolean switchCase,
      Code code,
      String knownCause) {
    Operand at = bad;
    String cause = knownCause;
    if (cause.isEmpty()) {
      if (isTypeParam(x.typ) || isTypeParam(y.typ)) {
        if (!isTypeParam(x.typ)) {
          at = y;
        }
        cause = check.sprintf("type parameter %s cannot use operator %s", at.typ, op);
      } else {
        String kind = Operand.compositeKind(at.typ);
        cause = check.sprintf("operator %s not defined on %s", op, kind.isEmpty() ? at.typ : kind);
      }
    }
    if (switchCase) {
      check.errors.errorf(
          x, code, "invalid case %s in switch on %s (%s)", x.expr(), y.expr(), cause);
    } else {
      check.errors.errorf(
          at, code, "invalid operation: %s %s %s (%s)", x.expr(), op, y.expr(), cause);
    }
    x.invalidate();
  }

  /** Why values of {@code type} cannot be compared, "" if there is nothing to add. */
  String incomparableCause(Type type) {
    return switch (type.underlying()) {
      case Slice _, Signature _, MapType _ ->
          Operand.compositeKind(type) + " can only be compared to nil";
      default -> {
        TypeError error = Comparability.comparableType(type, true);
        yield error == null ? "" : error.format(check);
      }
    };
  }

  /** The name that overflow errors give the operation {@code e}, "" if it has none. */
  static String opName(@Nullable Expr e) {
    return switch (e) {
      case Expr.UnaryExpr u -> u.op() == Operator.XOR ? "bitwise complement" : "";
      case Expr.BinaryExpr b ->
          switch (b.op()) {
            case ADD -> "addition";
            case SUB -> "subtraction";
            case XOR -> "bitwise XOR";
            case MUL -> "multiplication";
            case SHL -> "shift";
            default -> "";
          };
      case null, default -> "";
    };
  }

  /** The position of the operator of an operation, the start of any other expression. */
  static int opPos(@Nullable Expr e) {
    return switch (e) {
      case null -> 0;
      case Expr.UnaryExpr u -> u.pos();
      case Expr.BinaryExpr b -> b.pos();
      default -> Positions.startPos(e);
    };
  }
}
