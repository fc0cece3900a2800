package dev.escapade.types;

/** What a selector expression selects. */
public enum SelectionKind {
  /** {@code x.f} is a field. */
  FIELD_VAL,
  /** {@code x.f} is a method of a value. */
  METHOD_VAL,
  /** {@code T.f} is a method expression. */
  METHOD_EXPR
}
