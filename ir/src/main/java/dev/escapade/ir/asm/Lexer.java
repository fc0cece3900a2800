package dev.escapade.ir.asm;

import dev.escapade.ir.asm.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits an assembly file into tokens (cmd/asm/internal/lex/tokenizer.go, Go 1.26). */
final class Lexer {
  private final String text;
  private int pos;

  private Lexer(String text) {
    this.text = text;
  }

  /** The tokens of a file, comments removed. */
  static List<Token> tokens(String text) {
    return new Lexer(text).scan();
  }

  private List<Token> scan() {
    List<Token> tokens = new ArrayList<>();
    int lastEnd = 0;
    while (skipSpace()) {
      int start = pos;
      Kind kind = next();
      tokens.add(new Token(kind, text.substring(start, pos), start == lastEnd));
      lastEnd = pos;
    }
    return tokens;
  }

  private boolean skipSpace() {
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == ' ' || c == '\t' || c == '\r') {
        pos++;
      } else if (text.startsWith("//", pos)) {
        pos = orEnd(text.indexOf('\n', pos), 0);
      } else if (text.startsWith("/*", pos)) {
        pos = orEnd(text.indexOf("*/", pos + 2), 2);
      } else {
        return true;
      }
    }
    return false;
  }

  private int orEnd(int index, int length) {
    return index < 0 ? text.length() : index + length;
  }

  private Kind next() {
    int c = text.codePointAt(pos);
    if (c == '"' || c == '\'') {
      quoted(c);
      return Kind.STRING;
    }
    pos += Character.charCount(c);
    if (isLetter(c)) {
      skipWord();
      return Kind.IDENT;
    }
    if (Character.isDigit(c)) {
      skipWord();
      return Kind.NUMBER;
    }
    return Kind.OTHER;
  }

  private void quoted(int quote) {
    for (pos++; pos < text.length() && text.charAt(pos) != '\n'; pos++) {
      if (text.charAt(pos) == quote) {
        pos++;
        return;
      }
      if (text.charAt(pos) == '\\' && pos + 1 < text.length()) {
        pos++;
      }
    }
  }

  private void skipWord() {
    while (pos < text.length()) {
      int c = text.codePointAt(pos);
      if (!isLetter(c) && !Character.isDigit(c)) {
        return;
      }
      pos += Character.charCount(c);
    }
  }

  private static boolean isLetter(int c) {
    return Character.isLetter(c) || c == '_' || c == '\u00b7' || c == '\u2215';
  }
}
