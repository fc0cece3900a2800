package dev.escapade.syntax;

/** The kind of a basic literal. */
public enum LitKind {
  INT,
  FLOAT,
  IMAG,
  RUNE,
  STRING
}
