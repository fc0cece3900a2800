package dev.escapade.types;

import dev.escapade.syntax.*;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class OperatorChecker {
  OperatorChecker(Checker check) {}

  @Nullable Type chanElem(int pos, Operand x, boolean recv) {
    throw new UnsupportedOperationException();
  }

  void binary(Operand x, Expr.@Nullable BinaryExpr e, Expr l, Expr r, Operator op) {
    throw new UnsupportedOperationException();
  }

  void comparison(Operand x, Operand y, Operator op, boolean s) {
    throw new UnsupportedOperationException();
  }
}
