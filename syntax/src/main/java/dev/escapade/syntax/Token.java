package dev.escapade.syntax;

/** The kinds of tokens (Go spec, "Tokens"), as the compiler groups them. */
enum Token {
  EOF("EOF"),

  NAME("name"),
  LITERAL("literal"),

  /** Operators except {@code *}, which also starts pointer types. */
  OPERATOR("op"),
  ASSIGN_OP("op="),
  INC_OP("opop"),
  ASSIGN("="),
  DEFINE(":="),
  ARROW("<-"),
  STAR("*"),

  LPAREN("("),
  LBRACK("["),
  LBRACE("{"),
  RPAREN(")"),
  RBRACK("]"),
  RBRACE("}"),
  COMMA(","),
  SEMI(";"),
  COLON(":"),
  DOT("."),
  DOT_DOT_DOT("..."),

  BREAK("break"),
  CASE("case"),
  CHAN("chan"),
  CONST("const"),
  CONTINUE("continue"),
  DEFAULT("default"),
  DEFER("defer"),
  ELSE("else"),
  FALLTHROUGH("fallthrough"),
  FOR("for"),
  FUNC("func"),
  GO("go"),
  GOTO("goto"),
  IF("if"),
  IMPORT("import"),
  INTERFACE("interface"),
  MAP("map"),
  PACKAGE("package"),
  RANGE("range"),
  RETURN("return"),
  SELECT("select"),
  STRUCT("struct"),
  SWITCH("switch"),
  TYPE("type"),
  VAR("var");

  private final String text;
  private final long bit;

  @SuppressWarnings("EnumOrdinal") // the sets live for one comparison and are never stored
  Token(String text) {
    this.text = text;
    this.bit = 1L << ordinal();
  }

  /** The spelling, or a word for tokens that have several. */
  String text() {
    return text;
  }

  boolean isKeyword() {
    return compareTo(BREAK) >= 0;
  }

  /** This token as a set, to be united with others by {@code |}. */
  long bit() {
    return bit;
  }

  boolean isIn(long set) {
    return (set & bit) != 0;
  }

  /** How error messages call this token. */
  String description() {
    return switch (this) {
      case COMMA -> "comma";
      case SEMI -> "semicolon or newline";
      default -> isKeyword() ? "keyword " + text : text;
    };
  }
}
