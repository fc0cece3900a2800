package dev.escapade.types;

/**
 * How an expression may be used as a statement (Go spec, "Expression statements"): only a {@link
 * #STATEMENT} may.
 */
public enum ExprKind {
  CONVERSION,
  EXPRESSION,
  /** A call or a receive operation. */
  STATEMENT
}
