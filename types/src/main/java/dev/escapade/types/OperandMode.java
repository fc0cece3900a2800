package dev.escapade.types;

/** What kind of thing an expression denotes (go/types: operandMode). */
public enum OperandMode {
  /** Nothing: an error was reported. */
  INVALID("invalid operand"),
  /** No value: the result of calling a function without results. */
  NO_VALUE("no value"),
  /** A predeclared function, or one of package unsafe. */
  BUILTIN("built-in"),
  /** A type. */
  TYPE_EXPR("type"),
  /** A constant of basic type. */
  CONSTANT("constant"),
  /** An addressable variable. */
  VARIABLE("variable"),
  /** An element of a map: assignable, and comma-ok when read. */
  MAP_INDEX("map index expression"),
  /** A computed value. */
  VALUE("value"),
  /** The predeclared nil. */
  NIL_VALUE("nil"),
  /** A value that may be used with a second, boolean result. */
  COMMA_OK("comma, ok expression"),
  /** A value that may be used with a second result of type error (calls of C functions). */
  COMMA_ERR("comma, error expression"),
  /** A C function. */
  CGO_FUNC("cgo function");

  private final String text;

  OperandMode(String text) {
    this.text = text;
  }

  /** The words that messages use. */
  @Override
  public String toString() {
    return text;
  }
}
