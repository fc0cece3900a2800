package dev.escapade.types;

import dev.escapade.syntax.Expr;
import java.util.List;

/**
 * An initialization of package-level variables by one expression.
 *
 * @param lhs more than one for an expression with several values
 */
public record Initializer(List<Var> lhs, Expr rhs) {
  public Initializer {
    lhs = List.copyOf(lhs);
  }
}
