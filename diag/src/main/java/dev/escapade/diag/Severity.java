package dev.escapade.diag;

/** How bad a {@link Diagnostic} is. */
public enum Severity {
  /** The input breaks a rule of the language or of the go command. */
  ERROR,
  /** The input is accepted, but the user should know. */
  WARNING
}
