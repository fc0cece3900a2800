package dev.escapade.load.build;

import dev.escapade.load.version.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a Go file: comments, the package clause, and the imports (go/build:
 * readGoInfo). It looks no further than one token past the imports, so most of a file is never
 * touched. The texts of errors are those of go/scanner and go/parser, which the go command uses
 * here.
 */
final class HeaderParser {
  private static final char REPLACEMENT = '\ufffd';

  private enum Token {
    EOF("EOF"),
    IDENT("IDENT"),
    STRING("STRING"),
    LITERAL("INT"),
    IMPORT("import"),
    PACKAGE("package"),
    LPAREN("("),
    RPAREN(")"),
    PERIOD("."),
    SEMICOLON(";"),
    OTHER("");

    final String text;

    Token(String text) {
      this.text = text;
    }
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "break",
          "case",
          "chan",
          "const",
          "continue",
          "default",
          "defer",
          "else",
          "fallthrough",
          "for",
          "func",
          "go",
          "goto",
          "if",
          "interface",
          "map",
          "range",
          "return",
          "select",
          "struct",
          "switch",
          "type",
          "var");

  private final byte[] src;
  private int offset;

  private Token token = Token.EOF;
  private int tokenStart;
  private boolean insertSemicolon;
  private boolean newlineSemicolon;

  private @Nullable String error;
  private int errorOffset;
  private @Nullable String unreadable;

  private HeaderParser(byte[] src) {
    this.src = src;
  }

  static GoHeader parse(byte[] src) {
    return new HeaderParser(src).file();
  }

  /** The offset of the text of a file, which a byte order mark may precede. */
  static int afterByteOrderMark(byte[] src) {
    return src.length >= 3
            && src[0] == (byte) 0xEF
            && src[1] == (byte) 0xBB
            && src[2] == (byte) 0xBF
        ? 3
        : 0;
  }

  private GoHeader file() {
    offset = afterByteOrderMark(src);
    List<GoHeader.Import> imports = new ArrayList<>();
    String name = "";
    next();
    if (expect(Token.PACKAGE)) {
      String text = text();
      if (expect(Token.IDENT)) {
        name = text;
        expectSemicolon(true);
      }
    }
    while (error == null && token == Token.IMPORT) {
      next();
      importDecl(imports);
    }
    return new GoHeader(name, List.copyOf(imports), tokenStart, error, errorOffset, unreadable);
  }

  private void importDecl(List<GoHeader.Import> imports) {
    if (token != Token.LPAREN) {
      importSpec(imports);
      expectSemicolon(false);
      return;
    }
    next();
    while (error == null && token != Token.RPAREN && token != Token.EOF) {
      importSpec(imports);
      if (token != Token.RPAREN) {
        expectSemicolon(true);
      }
    }
    if (expect(Token.RPAREN)) {
      expectSemicolon(false);
    }
  }

  private void importSpec(List<GoHeader.Import> imports) {
    if (error != null) {
      return;
    }
    int start = tokenStart;
    if (token == Token.IDENT || token == Token.PERIOD) {
      next();
    }
    if (token == Token.STRING) {
      String literal = text();
      imports.add(new GoHeader.Import(literal, GoQuote.unquote(literal), start));
      next();
    } else {
      fail(
          tokenStart,
          token == Token.LITERAL ? "import path must be a string" : "missing import path");
    }
  }

  private boolean expect(Token wanted) {
    if (error != null) {
      return false;
    }
    if (token != wanted) {
      fail(tokenStart, "expected '" + wanted.text + "'" + found());
      return false;
    }
    next();
    return true;
  }

  /** Passes a semicolon; without {@code required}, what is missing is left to the compiler. */
  private void expectSemicolon(boolean required) {
    if (token == Token.SEMICOLON) {
      next();
    } else if (required && error == null && token != Token.EOF) {
      fail(tokenStart, "expected ';'" + found());
    }
  }

  private String found() {
    return switch (token) {
      case SEMICOLON -> newlineSemicolon ? ", found newline" : ", found ';'";
      case IDENT, STRING, LITERAL -> ", found " + text();
      case OTHER -> ", found '" + text() + "'";
      case EOF, IMPORT, PACKAGE, LPAREN, RPAREN, PERIOD -> ", found '" + token.text + "'";
    };
  }

  private void fail(int at, String message) {
    if (error == null) {
      error = message;
      errorOffset = at;
    }
  }

  private String text() {
    return new String(src, tokenStart, offset - tokenStart, StandardCharsets.UTF_8);
  }

  // ---- tokens

  private void next() {
    boolean pendingSemicolon = insertSemicolon;
    insertSemicolon = false;
    newlineSemicolon = false;
    while (true) {
      int newline = skipSpace(pendingSemicolon);
      if (newline >= 0) {
        newlineSemicolon = true;
        tokenStart = newline;
        token = Token.SEMICOLON;
        return;
      }
      tokenStart = offset;
      if (offset >= src.length) {
        newlineSemicolon = pendingSemicolon;
        token = pendingSemicolon ? Token.SEMICOLON : Token.EOF;
        return;
      }
      if (src[offset] == '/' && offset + 1 < src.length && src[offset + 1] == '/') {
        if (pendingSemicolon) {
          newlineSemicolon = true;
          token = Token.SEMICOLON;
          return; // the comment is read again, as leading space of the next token
        }
        skipLine();
      } else if (src[offset] == '/' && offset + 1 < src.length && src[offset + 1] == '*') {
        int start = offset;
        boolean hasNewline = skipBlockComment();
        if (pendingSemicolon && hasNewline) {
          newlineSemicolon = true;
          tokenStart = start;
          token = Token.SEMICOLON;
          return;
        }
      } else {
        break;
      }
    }
    scan();
  }

  /** Skips blanks; returns the offset of a newline that ends a statement, or -1. */
  private int skipSpace(boolean stopAtNewline) {
    while (offset < src.length) {
      byte c = src[offset];
      if (c == '\n' && stopAtNewline) {
        return offset++;
      }
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        break;
      }
      offset++;
    }
    return -1;
  }

  private void skipLine() {
    while (offset < src.length && src[offset] != '\n') {
      checkByte(src[offset]);
      offset++;
    }
  }

  private boolean skipBlockComment() {
    int start = offset;
    boolean hasNewline = false;
    offset += 2;
    while (offset + 1 < src.length && !(src[offset] == '*' && src[offset + 1] == '/')) {
      hasNewline |= src[offset] == '\n';
      checkByte(src[offset]);
      offset++;
    }
    if (offset + 1 >= src.length) {
      offset = src.length;
      fail(start, "comment not terminated");
      return hasNewline;
    }
    offset += 2;
    return hasNewline;
  }

  private void checkByte(byte c) {
    if (c == 0) {
      unreadable = "unexpected NUL in input";
    }
  }

  private void scan() {
    byte c = src[offset];
    if (isIdentStart(c)) {
      while (offset < src.length && isIdentPart(src[offset])) {
        offset += src[offset] < 0 ? rune() : 1;
      }
      token = word();
      insertSemicolon = token == Token.IDENT;
    } else if (c == '"' || c == '`') {
      string(c);
    } else if (c >= '0' && c <= '9') {
      while (offset < src.length && (isIdentPart(src[offset]) || src[offset] == '.')) {
        offset++;
      }
      token = Token.LITERAL;
      insertSemicolon = true;
    } else if (c == '\'') {
      offset++;
      while (offset < src.length && src[offset] != '\'' && src[offset] != '\n') {
        offset += src[offset] == '\\' ? 2 : 1;
      }
      offset = Math.min(offset + 1, src.length);
      token = Token.LITERAL;
      insertSemicolon = true;
    } else {
      offset++;
      token = operator(c);
      insertSemicolon = token == Token.RPAREN;
    }
  }

  /** The length of the character at the offset, or 1 if its encoding is wrong. */
  private int rune() {
    int length = Integer.numberOfLeadingZeros(~(src[offset] << 24));
    if (length >= 2 && length <= 4 && offset + length <= src.length) {
      String decoded = new String(src, offset, length, StandardCharsets.UTF_8);
      if (decoded.codePointCount(0, decoded.length()) == 1 && decoded.charAt(0) != REPLACEMENT) {
        return length;
      }
      if (length == 3 && decoded.length() == 1 && isReplacement(offset)) {
        return length;
      }
    }
    fail(offset, hasUtf16Mark() ? "illegal UTF-8 encoding (got UTF-16)" : "illegal UTF-8 encoding");
    return 1;
  }

  /** Reports whether the bytes at {@code at} encode U+FFFD itself, which is no error. */
  private boolean isReplacement(int at) {
    return src[at] == (byte) 0xef && src[at + 1] == (byte) 0xbf && src[at + 2] == (byte) 0xbd;
  }

  private boolean hasUtf16Mark() {
    return offset == 0
        && src.length >= 2
        && ((src[0] == (byte) 0xfe && src[1] == (byte) 0xff)
            || (src[0] == (byte) 0xff && src[1] == (byte) 0xfe));
  }

  private Token word() {
    int length = offset - tokenStart;
    if (length == 6 && isWord("import")) {
      return Token.IMPORT;
    }
    if (length == 7 && isWord("package")) {
      return Token.PACKAGE;
    }
    return length <= 11 && src[tokenStart] >= 'b' && KEYWORDS.contains(text())
        ? Token.OTHER
        : Token.IDENT;
  }

  private boolean isWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (src[tokenStart + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Token operator(byte c) {
    return switch (c) {
      case '(' -> Token.LPAREN;
      case ')' -> Token.RPAREN;
      case ';' -> Token.SEMICOLON;
      case '.' -> Token.PERIOD;
      default -> {
        if (c == 0) {
          unreadable = "unexpected NUL in input";
        } else if ("+-*/%&|^<>=!,[]{}:~".indexOf(c) < 0) {
          fail(
              tokenStart,
              String.format("illegal character U+%04X %s", (int) c, GoQuote.quoteRune(c)));
        }
        yield Token.OTHER;
      }
    };
  }

  private void string(byte quote) {
    offset++;
    while (offset < src.length && src[offset] != quote) {
      checkByte(src[offset]);
      if (quote == '"' && src[offset] == '\n') {
        break;
      }
      offset += quote == '"' && src[offset] == '\\' ? 2 : 1;
    }
    if (offset >= src.length || src[offset] != quote) {
      offset = Math.min(offset, src.length);
      fail(
          tokenStart,
          quote == '"' ? "string literal not terminated" : "raw string literal not terminated");
    } else {
      offset++;
    }
    token = Token.STRING;
    insertSemicolon = true;
  }

  private static boolean isIdentStart(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c < 0;
  }

  private static boolean isIdentPart(byte c) {
    return isIdentStart(c) || (c >= '0' && c <= '9');
  }
}
