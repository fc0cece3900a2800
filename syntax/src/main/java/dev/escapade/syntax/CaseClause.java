package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clause of an expression switch or a type switch.
 *
 * @param cases null for default; a {@link Expr.ListExpr} for several
 * @param colon the position of the colon
 */
public record CaseClause(int pos, @Nullable Expr cases, List<Stmt> body, int colon)
    implements Node {
  public CaseClause {
    body = List.copyOf(body);
  }
}
