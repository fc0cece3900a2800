package dev.escapade.types;

import dev.escapade.syntax.*;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class CallChecker {
  CallChecker(Checker check) {}

  boolean use(@Nullable Expr e) {
    throw new UnsupportedOperationException();
  }

  void selector(Operand x, Expr.SelectorExpr e, boolean w) {
    throw new UnsupportedOperationException();
  }
}
