package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/** What is known about an expression whose type is not final (types2: exprInfo). */
final class UntypedExpr {
  final Expr expr;

  /** Whether this is the left operand of a shift, whose type has to be checked when it is known. */
  boolean isShiftOperand;

  final OperandMode mode;
  Basic typ;

  /** The value of a constant. */
  @Nullable Constant val;

  UntypedExpr(Expr expr, OperandMode mode, Basic typ, @Nullable Constant val) {
    this.expr = expr;
    this.mode = mode;
    this.typ = typ;
    this.val = val;
  }
}
