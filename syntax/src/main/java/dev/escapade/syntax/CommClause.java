package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clause of a select statement.
 *
 * @param comm a send or receive statement, or null for default
 * @param colon the position of the colon
 */
public record CommClause(int pos, Stmt.@Nullable Simple comm, List<Stmt> body, int colon)
    implements Node {
  public CommClause {
    body = List.copyOf(body);
  }
}
