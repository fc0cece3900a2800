package dev.escapade.syntax;

/** Operators of expressions and of assignment statements. */
public enum Operator {
  /** The {@code :} of {@code :=}, only in assignments. */
  DEF(":", 0),
  NOT("!", 0),
  RECV("<-", 0),
  TILDE("~", 0),

  OR_OR("||", 1),
  AND_AND("&&", 2),

  EQL("==", 3),
  NEQ("!=", 3),
  LSS("<", 3),
  LEQ("<=", 3),
  GTR(">", 3),
  GEQ(">=", 3),

  ADD("+", 4),
  SUB("-", 4),
  OR("|", 4),
  XOR("^", 4),

  /** Multiplication, and as a unary operator indirection and pointer types. */
  MUL("*", 5),
  DIV("/", 5),
  REM("%", 5),
  /** Bitwise and, and as a unary operator "address of". */
  AND("&", 5),
  AND_NOT("&^", 5),
  SHL("<<", 5),
  SHR(">>", 5);

  private final String text;
  private final int precedence;

  Operator(String text, int precedence) {
    this.text = text;
    this.precedence = precedence;
  }

  /** The precedence as a binary operator, 1 to 5, or 0 if it is none. */
  public int precedence() {
    return precedence;
  }

  public boolean isComparison() {
    return precedence == 3;
  }

  public boolean isShift() {
    return this == SHL || this == SHR;
  }

  /** The spelling in source. */
  @Override
  public String toString() {
    return text;
  }
}
