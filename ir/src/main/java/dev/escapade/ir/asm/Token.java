package dev.escapade.ir.asm;

/**
 * A token of an assembly file.
 *
 * @param text as written; "\n" for the end of a line
 * @param isAdjacent whether no space precedes it
 */
record Token(Kind kind, String text, boolean isAdjacent) {
  /** What a token is. */
  enum Kind {
    IDENT,
    NUMBER,
    STRING,
    /** The name of a macro that is not to be expanded. */
    MACRO_NAME,
    OTHER,
    END
  }

  static final Token END = new Token(Kind.END, "", false);

  boolean is(String s) {
    return kind != Kind.STRING && text.equals(s);
  }

  boolean isIdent() {
    return kind == Kind.IDENT;
  }

  boolean isNewline() {
    return text.equals("\n");
  }

  boolean isEnd() {
    return kind == Kind.END;
  }
}
