package dev.escapade.types;

/** What kind of variable a {@link Var} is. */
public enum VarKind {
  PACKAGE("package-level variable"),
  LOCAL("local variable"),
  RECV("receiver"),
  PARAM("parameter"),
  RESULT("result variable"),
  FIELD("struct field");

  private final String text;

  VarKind(String text) {
    this.text = text;
  }

  /** The words that messages use. */
  @Override
  public String toString() {
    return text;
  }
}
