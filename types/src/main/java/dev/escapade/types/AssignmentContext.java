package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;

/**
 * Where an assignment takes place, in the words of error messages, which are only put together when
 * there is an error.
 */
sealed interface AssignmentContext {
  /** A place that has a fixed name, such as "return statement". */
  record Place(String name) implements AssignmentContext {
    @Override
    public String toString() {
      return name;
    }
  }

  /** An argument of the function {@code fun}. */
  record Argument(Expr fun) implements AssignmentContext {
    @Override
    public String toString() {
      return "argument to " + ExprPrinter.toString(fun);
    }
  }
}
