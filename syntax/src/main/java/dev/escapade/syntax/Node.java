package dev.escapade.syntax;

/**
 * A node of a syntax tree. Nodes are compared by identity where a table is keyed by them; their
 * record equality is never used.
 */
public sealed interface Node permits Expr, Stmt, Decl, Field, CaseClause, CommClause, File {
  /**
   * The position of the token that is characteristic for the production, in the run's SourceMap.
   */
  int pos();
}
