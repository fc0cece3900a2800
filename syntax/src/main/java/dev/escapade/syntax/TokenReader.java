package dev.escapade.syntax;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceFile;
import java.nio.charset.StandardCharsets;

/**
 * The token stream as the grammar sees it: look-ahead of one token, errors, recovery, directives
 * and the limits of {@link Limits}.
 */
final class TokenReader extends Scanner {
  /** Keywords that start a statement: recovery inside a function does not skip them. */
  private static final long STATEMENT_START =
      Token.BREAK.bit()
          | Token.CONST.bit()
          | Token.CONTINUE.bit()
          | Token.DEFER.bit()
          | Token.FALLTHROUGH.bit()
          | Token.FOR.bit()
          | Token.GO.bit()
          | Token.GOTO.bit()
          | Token.IF.bit()
          | Token.RETURN.bit()
          | Token.SELECT.bit()
          | Token.SWITCH.bit()
          | Token.TYPE.bit()
          | Token.VAR.bit();

  private final DiagnosticSink sink;
  private final PragmaReader pragmas;
  private final int base;

  private int errors;
  private int nesting;

  /** The greatest depth reached below the innermost open chain; see {@link #openChain}. */
  private int peak;

  private String filename;
  private String goVersion = "";
  private boolean beforePackage = true;

  /** How many function bodies are open. */
  int functions;

  /**
   * Whether a brace after a name may start a composite literal: it may not if this is negative, as
   * in the header of an {@code if}, outside of parentheses and brackets.
   */
  int expressionLevel;

  TokenReader(
      byte[] src,
      SourceFile file,
      ParseOptions options,
      DiagnosticSink sink,
      PragmaReader pragmas) {
    super(src, file, options.names());
    this.sink = sink;
    this.pragmas = pragmas;
    this.base = file.base();
    this.filename = file.name();
  }

  /** The position of the current token. */
  int pos() {
    return base + tokOff;
  }

  /** The number of errors so far, without those of directives and branches. */
  int errors() {
    return errors;
  }

  /** The language version that a build line before the package clause implies, or "". */
  String goVersion() {
    return goVersion;
  }

  /** Says that the package clause has been reached: build lines no longer count. */
  void endOfHeader() {
    beforePackage = false;
  }

  // ---------------------------------------------------------------------------------------------
  // Tokens

  boolean got(Token token) {
    if (tok == token) {
      next();
      return true;
    }
    return false;
  }

  void want(Token token) {
    if (!got(token)) {
      syntaxError("expected " + token.description());
      advancePastOne();
    }
  }

  /** Like {@link #got} for the equal sign, but takes {@code :=} too, with an error. */
  boolean gotAssign() {
    if (tok == Token.DEFINE) {
      syntaxError("expected =");
      next();
      return true;
    }
    return got(Token.ASSIGN);
  }

  boolean atOperator(Operator operator) {
    return tok == Token.OPERATOR && op == operator;
  }

  /**
   * Skips tokens up to one of {@code follow}, the end of the file or, inside a function, the start
   * of a statement.
   */
  void advanceTo(long follow) {
    long stop = follow | Token.EOF.bit() | (functions > 0 ? STATEMENT_START : 0);
    while (!tok.isIn(stop)) {
      next();
    }
  }

  /** Skips one token, so that there is progress. */
  void advancePastOne() {
    if (tok != Token.EOF) {
      next();
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Lists: [ element { separator element } [ separator ] ] close

  /** The position of the token that closed the last list. */
  int listEnd;

  /** Reports whether the list has a first element; if not, it is closed. */
  boolean listStart(Token close) {
    if (tok != Token.EOF && tok != close) {
      return true;
    }
    listEnd = pos();
    want(close);
    return false;
  }

  /**
   * Reports, after an element, whether there is another one; if not, the list is closed.
   *
   * @param last whether the element before must be the last one
   */
  boolean listNext(String context, Token separator, Token close, boolean last) {
    if (!got(separator) && tok != close) {
      syntaxError(
          "in "
              + context
              + "; possibly missing "
              + separator.description()
              + " or "
              + close.description());
      advanceTo(Token.RPAREN.bit() | Token.RBRACK.bit() | Token.RBRACE.bit());
      if (tok != close) {
        listEnd = pos();
        return false;
      }
    }
    if (!last) {
      return listStart(close);
    }
    listEnd = pos();
    want(close);
    return false;
  }

  // ---------------------------------------------------------------------------------------------
  // Limits

  /** Says that a production starts that may contain itself; {@link #leave} says that it ends. */
  void enter() {
    if (++nesting > peak) {
      peak = nesting;
    }
    if (nesting > Limits.MAX_NESTING) {
      tooDeep(Limits.MAX_NESTING);
    }
  }

  void leave() {
    nesting--;
  }

  /**
   * Says that a chain may start here which grows at its root, as {@code a + b + c} does: each
   * {@link #link} pushes what has been parsed one level down.
   *
   * @return what {@link #closeChain} wants
   */
  int openChain() {
    int outer = peak;
    peak = nesting;
    return outer;
  }

  void link() {
    if (++peak > Limits.MAX_HEIGHT) {
      tooDeep(Limits.MAX_HEIGHT);
    }
  }

  void closeChain(int outer) {
    if (outer > peak) {
      peak = outer;
    }
  }

  private void tooDeep(int limit) {
    if (tok != Token.EOF) {
      syntaxError("nesting is too deep (the limit is " + limit + " levels)");
      stop();
    }
  }

  // ---------------------------------------------------------------------------------------------
  // Errors

  void error(int pos, String message) {
    if (++errors <= Limits.MAX_ERRORS) {
      sink.report(Diagnostic.error("InvalidSyntax", pos, message));
    } else {
      stop();
    }
  }

  void syntaxError(String message) {
    syntaxError(pos(), message);
  }

  /**
   * Reports a syntax error. A message that starts with "in ", "at ", "after " or "expected " goes
   * on about the current token, which was not expected.
   */
  void syntaxError(int pos, String message) {
    if (tok == Token.EOF && errors > 0) {
      return; // it would only repeat that something is missing
    }
    String text;
    if (message.startsWith("in ") || message.startsWith("at ") || message.startsWith("after ")) {
      text = "unexpected " + current() + " " + message;
    } else if (message.startsWith("expected ")) {
      text = "unexpected " + current() + ", " + message;
    } else {
      text = message;
    }
    error(pos, "syntax error: " + text);
  }

  private String current() {
    return switch (tok) {
      case NAME -> "name " + lit;
      case SEMI -> lit;
      case LITERAL -> "literal " + lit;
      case OPERATOR -> op.toString();
      case ASSIGN_OP -> op + "=";
      case INC_OP -> op.toString() + op;
      default -> tok.description();
    };
  }

  @Override
  void scanError(int offset, String message) {
    error(base + offset, message);
  }

  // ---------------------------------------------------------------------------------------------
  // Directives

  @Override
  void directive(int from, int to) {
    byte[] src = source();
    boolean block = src[from + 1] == '*';
    int textFrom = from + 2;
    if (src[textFrom] == 'l') {
      if (block || file().column(base + from) == 1) {
        // A line directive applies to what follows it: after a line comment, the next line.
        int end = block ? to - 2 : lineEnd(src, to);
        lineDirective(textFrom + "line ".length(), end, block ? to : Math.min(to + 1, src.length));
      }
      return;
    }
    int end = lineEnd(src, to);
    String text = new String(src, textFrom, end - textFrom, StandardCharsets.UTF_8);
    if (beforePackage && text.startsWith("go:build")) {
      String version = BuildLine.goVersion("//" + text);
      if (version != null) {
        goVersion = version;
      }
    }
    pragmas.directive(base + textFrom, startsLine(src, from), text);
  }

  private static int lineEnd(byte[] src, int to) {
    return src[to - 1] == '\r' ? to - 1 : to;
  }

  private void lineDirective(int from, int to, int start) {
    LineDirective d = LineDirective.parse(source(), from, to);
    if (!d.error().isEmpty()) {
      error(base + from + d.errorIndex(), d.error());
    } else if (d.line() > 0) {
      if (!d.filename().isEmpty() || d.column() == 0) {
        filename = d.filename();
      }
      file().addLineDirective(start, filename, d.line(), d.column());
    }
  }

  /** Reports whether only blanks stand before {@code src[offset]} on its line. */
  private static boolean startsLine(byte[] src, int offset) {
    int i = offset - 1;
    while (i >= 0 && (src[i] == ' ' || src[i] == '\t' || src[i] == '\r')) {
      i--;
    }
    // A byte order mark takes three bytes.
    return i < 0 || src[i] == '\n' || (i == 2 && (src[0] & 0xff) == 0xef);
  }
}
