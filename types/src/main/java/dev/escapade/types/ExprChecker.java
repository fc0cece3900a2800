package dev.escapade.types;

import dev.escapade.syntax.*;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class ExprChecker {
  ExprChecker(Checker check) {}

  void expr(@Nullable Target t, Operand x, Expr e) {
    throw new UnsupportedOperationException();
  }

  ExprKind rawExpr(@Nullable Target t, Operand x, Expr e, @Nullable Type h, boolean g) {
    throw new UnsupportedOperationException();
  }

  void typeAssertion(Expr e, Operand x, Type t, boolean s) {
    throw new UnsupportedOperationException();
  }
}
