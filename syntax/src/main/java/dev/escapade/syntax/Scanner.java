package dev.escapade.syntax;

import dev.escapade.diag.SourceFile;
import java.nio.charset.StandardCharsets;

/**
 * Splits a source file into tokens (Go spec, "Lexical elements"; texts and places of errors as
 * cmd/compile/internal/syntax of Go 1.26). {@link #next} advances to the next token, which the
 * package-private fields describe.
 */
abstract class Scanner extends CharReader {
  /** Longer literals are not looked up among the names. */
  private static final int MAX_SHARED_LITERAL = 24;

  private final NameTable names;

  /** Whether a newline or the end of the file now stands for a semicolon. */
  private boolean newlineIsSemi;

  /** The current token. */
  Token tok = Token.EOF;

  /** The offset of the current token. */
  int tokOff;

  /**
   * The spelling of a {@link Token#NAME} or {@link Token#LITERAL}; for {@link Token#SEMI} what
   * stands for it: {@code semicolon}, {@code newline} or {@code EOF}.
   */
  String lit = "";

  /** For a literal: whether it has errors. */
  boolean bad;

  /** For a literal: its kind. */
  LitKind kind = LitKind.INT;

  /** For OPERATOR, STAR, ASSIGN_OP and INC_OP: the operator. */
  Operator op = Operator.MUL;

  Scanner(byte[] src, SourceFile file, NameTable names) {
    super(src, file);
    this.names = names;
  }

  /** Takes a comment, {@code src[from:to]}, that starts as a line or go directive. */
  abstract void directive(int from, int to);

  /** Makes every further token {@link Token#EOF}. */
  final void stop() {
    stopReading();
    tok = Token.EOF;
  }

  /** Advances to the next token. */
  final void next() {
    if (isStopped()) {
      return;
    }
    boolean semi = newlineIsSemi;
    newlineIsSemi = false;
    do {
      skipBlanks(semi);
      tokOff = off;
    } while (!scanToken(semi));
    if (isStopped()) {
      tok = Token.EOF; // because of an error in the token
    }
  }

  private void skipBlanks(boolean stopAtNewline) {
    while (isBlank(ch, stopAtNewline)) {
      int i = off;
      int c = ch;
      do {
        i++;
        if (c == '\n') {
          file.addLine(i);
        }
        c = i < end ? src[i] : 0;
      } while (isBlank(c, stopAtNewline));
      off = i;
      load();
    }
  }

  private static boolean isBlank(int c, boolean stopAtNewline) {
    return c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !stopAtNewline);
  }

  /**
   * Scans the token at {@link #ch}.
   *
   * @return false if there was none but something to be skipped
   */
  private boolean scanToken(boolean semi) {
    int c = ch;
    if (c >= 0x80) {
      atIdentChar(true);
      advance();
      identifier();
      return true;
    }
    if (c >= 0 && (CLASS[c] & IDENT) != 0) {
      if ((CLASS[c] & DIGIT) != 0) {
        number(false);
      } else {
        identifier();
      }
      return true;
    }
    switch (c) {
      case -1 -> {
        tok = semi ? Token.SEMI : Token.EOF;
        lit = "EOF";
      }
      case '\n' -> {
        advance();
        tok = Token.SEMI;
        lit = "newline";
      }
      case '"' -> string();
      case '`' -> rawString();
      case '\'' -> rune();
      case '(' -> punctuation(Token.LPAREN);
      case '[' -> punctuation(Token.LBRACK);
      case '{' -> punctuation(Token.LBRACE);
      case ',' -> punctuation(Token.COMMA);
      case ';' -> {
        punctuation(Token.SEMI);
        lit = "semicolon";
      }
      case ')' -> closing(Token.RPAREN);
      case ']' -> closing(Token.RBRACK);
      case '}' -> closing(Token.RBRACE);
      case ':' -> {
        advance();
        tok = accept('=') ? Token.DEFINE : Token.COLON;
      }
      case '.' -> dot();
      case '/' -> {
        advance();
        if (ch == '/') {
          lineComment();
          return false;
        }
        if (ch == '*') {
          return blockComment(semi);
        }
        assignable(Operator.DIV);
      }
      default -> {
        return operator(c);
      }
    }
    return true;
  }

  private void punctuation(Token token) {
    advance();
    tok = token;
  }

  private void closing(Token token) {
    advance();
    newlineIsSemi = true;
    tok = token;
  }

  private void dot() {
    advance();
    if (isDecimal(ch)) {
      number(true);
    } else if (ch == '.' && off + 1 < end && src[off + 1] == '.') {
      advance();
      advance();
      tok = Token.DOT_DOT_DOT;
    } else {
      tok = Token.DOT;
    }
  }

  private boolean operator(int c) {
    if (!isOperatorStart(c)) {
      scanError(off, "invalid character " + GoRunes.unicode(c));
      advance();
      return false;
    }
    advance();
    switch (c) {
      case '+' -> repeatable('+', Operator.ADD);
      case '-' -> repeatable('-', Operator.SUB);
      case '*' -> {
        op = Operator.MUL;
        tok = accept('=') ? Token.ASSIGN_OP : Token.STAR;
      }
      case '%' -> assignable(Operator.REM);
      case '^' -> assignable(Operator.XOR);
      case '&' -> {
        if (accept('&')) {
          plain(Operator.AND_AND);
        } else {
          assignable(accept('^') ? Operator.AND_NOT : Operator.AND);
        }
      }
      case '|' -> {
        if (accept('|')) {
          plain(Operator.OR_OR);
        } else {
          assignable(Operator.OR);
        }
      }
      case '<' -> less();
      case '>' -> {
        if (accept('=')) {
          plain(Operator.GEQ);
        } else if (accept('>')) {
          assignable(Operator.SHR);
        } else {
          plain(Operator.GTR);
        }
      }
      case '=' -> {
        if (accept('=')) {
          plain(Operator.EQL);
        } else {
          tok = Token.ASSIGN;
        }
      }
      case '!' -> plain(accept('=') ? Operator.NEQ : Operator.NOT);
      default -> plain(Operator.TILDE);
    }
    return true;
  }

  private static boolean isOperatorStart(int c) {
    return switch (c) {
      case '+', '-', '*', '%', '^', '&', '|', '<', '>', '=', '!', '~' -> true;
      default -> false;
    };
  }

  private void less() {
    if (accept('=')) {
      plain(Operator.LEQ);
    } else if (accept('<')) {
      assignable(Operator.SHL);
    } else if (accept('-')) {
      tok = Token.ARROW;
    } else {
      plain(Operator.LSS);
    }
  }

  private void plain(Operator operator) {
    op = operator;
    tok = Token.OPERATOR;
  }

  private void assignable(Operator operator) {
    op = operator;
    tok = accept('=') ? Token.ASSIGN_OP : Token.OPERATOR;
  }

  private void repeatable(int c, Operator operator) {
    if (accept(c)) {
      op = operator;
      newlineIsSemi = true;
      tok = Token.INC_OP;
    } else {
      assignable(operator);
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Names and literals

  private void identifier() {
    byte[] s = src;
    int i = off;
    int hash = 0;
    while (i < end && (CLASS[s[i] & 0xff] & IDENT) != 0) {
      hash = 31 * hash + s[i++];
    }
    boolean ascii = off == tokOff;
    off = i;
    load();
    while (atIdentChar(false)) {
      advance();
    }
    if (!ascii || off != i) {
      hash = NameTable.hash(s, tokOff, off);
    }
    NameTable.Entry entry = names.lookup(s, tokOff, off, hash);
    Token keyword = entry.keyword();
    if (keyword != null) {
      tok = keyword;
      newlineIsSemi =
          switch (keyword) {
            case BREAK, CONTINUE, FALLTHROUGH, RETURN -> true;
            default -> false;
          };
      return;
    }
    newlineIsSemi = true;
    lit = entry.text();
    tok = Token.NAME;
  }

  private boolean atIdentChar(boolean first) {
    if (ch >= 0 && ch < 0x80) {
      return (CLASS[ch] & IDENT) != 0;
    }
    if (ch < 0) {
      return false;
    }
    if (!GoRunes.isLetter(ch)) {
      if (!GoRunes.isDigit(ch)) {
        scanError(off, "invalid character " + GoRunes.unicode(ch) + " in identifier");
      } else if (first) {
        scanError(off, "identifier cannot begin with digit " + GoRunes.unicode(ch));
      }
    }
    return true;
  }

  private void literal(LitKind literalKind, boolean ok) {
    newlineIsSemi = true;
    tok = Token.LITERAL;
    lit =
        off - tokOff <= MAX_SHARED_LITERAL
            ? names.intern(src, tokOff, off)
            : new String(src, tokOff, off - tokOff, StandardCharsets.UTF_8);
    bad = !ok;
    kind = literalKind;
  }

  private void number(boolean seenPoint) {
    NumberScan number = new NumberScan(this, tokOff);
    LitKind numberKind = number.scan(seenPoint);
    literal(numberKind, number.error == null);
    String error = number.error;
    if (error != null) {
      scanError(number.errorOffset, error);
    }
  }

  private void rune() {
    advance();
    boolean ok = true;
    int n = 0;
    while (true) {
      if (ch == '\'') {
        if (ok && n != 1) {
          if (n == 0) {
            scanError(off, "empty rune literal or unescaped '");
          } else {
            scanError(tokOff, "more than one character in rune literal");
          }
          ok = false;
        }
        advance();
        break;
      }
      if (ch == '\n' || ch < 0) {
        if (ok) {
          if (ch < 0) {
            scanError(tokOff, "rune literal not terminated");
          } else {
            scanError(off, "newline in rune literal");
          }
          ok = false;
        }
        break;
      }
      if (ch == '\\') {
        ok &= escape('\'');
      } else {
        advance();
      }
      n++;
    }
    literal(LitKind.RUNE, ok);
  }

  private void string() {
    advance();
    boolean ok = true;
    while (true) {
      int i = off;
      while (i < end && (CLASS[src[i] & 0xff] & STRING_TEXT) != 0) {
        i++;
      }
      if (i != off) {
        off = i;
        load();
      }
      if (ch == '"') {
        advance();
        break;
      }
      if (ch == '\n') {
        scanError(off, "newline in string");
        ok = false;
        break;
      }
      if (ch < 0) {
        scanError(tokOff, "string not terminated");
        ok = false;
        break;
      }
      if (ch == '\\') {
        ok &= escape('"');
      } else {
        advance();
      }
    }
    literal(LitKind.STRING, ok);
  }

  private void rawString() {
    advance();
    while (ch >= 0 && ch != '`') {
      skipTo('`');
    }
    boolean ok = ch >= 0;
    if (ok) {
      advance();
    } else {
      scanError(tokOff, "string not terminated");
    }
    literal(LitKind.STRING, ok);
  }

  /** Passes an escape sequence; reports whether it was right. */
  private boolean escape(int quote) {
    advance(); // the backslash
    int digits;
    int base = 16;
    switch (ch) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {
        advance();
        return true;
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        digits = 3;
        base = 8;
      }
      case 'x' -> digits = 2;
      case 'u' -> digits = 4;
      case 'U' -> digits = 8;
      default -> {
        if (ch == quote) {
          advance();
          return true;
        }
        if (ch < 0) {
          return true; // the caller complains about the end of the file
        }
        scanError(off, "unknown escape");
        return false;
      }
    }
    if (base == 16) {
      advance();
    }
    return escapeDigits(digits, base);
  }

  private boolean escapeDigits(int count, int base) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      if (ch < 0) {
        return true; // the caller complains
      }
      int digit = isHex(ch) ? Character.digit(ch, 16) : base;
      if (digit >= base) {
        scanError(
            off,
            "invalid character "
                + GoRunes.quote(ch)
                + " in "
                + NumberScan.baseName(base)
                + " escape");
        return false;
      }
      value = value * base + digit;
      advance();
    }
    if (count == 3 && value > 255) {
      scanError(off, "octal escape value " + value + " > 255");
      return false;
    }
    if (value > Character.MAX_CODE_POINT || (0xD800 <= value && value < 0xE000)) {
      String name =
          value <= Character.MAX_CODE_POINT
              ? GoRunes.unicode((int) value)
              : String.format("U+%04X", value);
      scanError(off, "escape is invalid Unicode code point " + name);
      return false;
    }
    return true;
  }

  // ---------------------------------------------------------------------------------------------
  // Comments

  private void lineComment() {
    boolean isDirective = has(tokOff + 2, "go:") || has(tokOff + 2, "line ");
    // The newline stays: it may stand for a semicolon.
    while (ch >= 0 && ch != '\n') {
      skipTo('\n');
    }
    if (isDirective) {
      directive(tokOff, off);
    }
  }

  /** Returns true if the comment stands for a newline that stands for a semicolon. */
  private boolean blockComment(boolean semi) {
    boolean isDirective = has(tokOff + 2, "line ");
    int line = file.lineCount();
    advance(); // the star
    while (true) {
      while (ch >= 0 && ch != '*') {
        skipTo('*');
      }
      if (ch < 0) {
        scanError(tokOff, "comment not terminated");
        break;
      }
      advance();
      if (accept('/')) {
        if (isDirective) {
          directive(tokOff, off);
        }
        break;
      }
    }
    if (semi && file.lineCount() > line) {
      tok = Token.SEMI;
      lit = "newline";
      return true;
    }
    return false;
  }
}
