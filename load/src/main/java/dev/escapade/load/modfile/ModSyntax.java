package dev.escapade.load.modfile;

import dev.escapade.load.version.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a go.mod or go.work file: a directive each, those of a block with the block's verb
 * in front.
 */
final class ModSyntax {
  private final String path;
  private final String src;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  private int next;
  private int line = 1;
  private int column = 1;

  // The token at hand.
  private int kind;
  private String text = "";
  private int tokenLine;
  private int tokenColumn;

  private static final int EOF = -1;
  private static final int WORD = -2;
  private static final int SUFFIX_COMMENT = -3;
  private static final int LINE_COMMENT = -4;

  /**
   * One directive.
   *
   * @param verb what it is, such as {@code require}; for a block with more than one word before its
   *     parenthesis, all of them
   * @param args the words that follow, quotes kept
   * @param line from 1
   * @param column in characters from 1
   * @param comment the comment at its end, with its slashes, or empty
   * @param blockLine the line of the verb if it stands before a parenthesis, else 0
   */
  record Line(String verb, List<String> args, int line, int column, String comment, int blockLine) {
    boolean inBlock() {
      return blockLine > 0;
    }
  }

  /** A malformed file; the place is where reading stopped. */
  private static final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxError(String message) {
      super(message, null, false, false);
    }
  }

  private ModSyntax(String path, byte[] data) {
    this.path = path;
    this.src = new String(data, StandardCharsets.UTF_8);
  }

  /** The directives, or the errors if there are any. */
  record Result(List<Line> lines, List<String> errors) {}

  /**
   * Parses a file.
   *
   * @param file its name as errors show it in front
   * @param path its name as errors show it within their text
   */
  static Result parse(String file, String path, byte[] data) {
    ModSyntax s = new ModSyntax(path, data);
    try {
      s.read();
      s.statements();
    } catch (SyntaxError e) {
      s.errors.add(position(file, s.line, s.column) + e.getMessage());
    }
    return new Result(s.lines, s.errors);
  }

  /** A place as the errors of these files show it. */
  static String position(String file, int line, int column) {
    return column > 1 ? file + ":" + line + ":" + column + ": " : file + ":" + line + ": ";
  }

  private void statements() throws SyntaxError {
    while (kind != EOF) {
      if (kind == '\n' || kind == LINE_COMMENT) {
        read();
      } else {
        statement();
      }
    }
  }

  private static boolean endsLine(int kind) {
    return kind == EOF || kind == '\n' || kind == SUFFIX_COMMENT;
  }

  private void statement() throws SyntaxError {
    int startLine = tokenLine;
    int startColumn = tokenColumn;
    List<String> words = new ArrayList<>();
    words.add(text);
    read();
    while (!endsLine(kind)) {
      if (kind == '(') {
        read();
        if (endsLine(kind)) {
          block(String.join(" ", words), startLine, startColumn);
          return;
        }
        if (kind == ')') {
          read();
          if (endsLine(kind)) {
            read();
            lines.add(
                new Line(
                    String.join(" ", words), List.of(), startLine, startColumn, "", startLine));
            return;
          }
          words.add("(");
          words.add(")");
        } else {
          words.add("(");
        }
        continue;
      }
      words.add(text);
      read();
    }
    String comment = kind == SUFFIX_COMMENT ? text : "";
    read();
    lines.add(
        new Line(
            words.getFirst(), words.subList(1, words.size()), startLine, startColumn, comment, 0));
  }

  private void block(String verb, int startLine, int startColumn) throws SyntaxError {
    while (true) {
      if (kind == EOF) {
        throw new SyntaxError(
            "syntax error (unterminated block started at "
                + path
                + ":"
                + startLine
                + ":"
                + startColumn
                + ")");
      }
      if (kind == ')') {
        read();
        if (!endsLine(kind)) {
          throw new SyntaxError("syntax error (expected newline after closing paren)");
        }
        read();
        return;
      }
      if (kind == '\n' || kind == SUFFIX_COMMENT || kind == LINE_COMMENT) {
        read();
        continue;
      }
      int lineStart = tokenLine;
      int columnStart = tokenColumn;
      List<String> words = new ArrayList<>();
      while (!endsLine(kind)) {
        words.add(text);
        read();
      }
      String comment = kind == SUFFIX_COMMENT ? text : "";
      read();
      lines.add(new Line(verb, words, lineStart, columnStart, comment, startLine));
    }
  }

  // ---- tokens

  private void advance() {
    int c = src.codePointAt(next);
    next += Character.charCount(c);
    if (c == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
  }

  private void read() throws SyntaxError {
    while (next < src.length() && " \t\r".indexOf(src.charAt(next)) >= 0) {
      advance();
    }
    tokenLine = line;
    tokenColumn = column;
    int start = next;
    if (next >= src.length()) {
      kind = EOF;
      text = "";
      return;
    }
    if (src.startsWith("//", next)) {
      boolean suffix = !src.substring(src.lastIndexOf('\n', next - 1) + 1, next).isBlank();
      while (next < src.length() && src.charAt(next) != '\n') {
        advance();
      }
      text = src.substring(start, next).stripTrailing();
      if (next < src.length()) {
        advance();
      }
      kind = suffix ? SUFFIX_COMMENT : LINE_COMMENT;
      return;
    }
    rejectBlockComment();
    char c = src.charAt(next);
    if ("\n()[]{},".indexOf(c) >= 0) {
      advance();
      kind = c;
    } else if (c == '"' || c == '`') {
      quoted(c);
      kind = WORD;
    } else {
      word();
      kind = WORD;
    }
    text = src.substring(start, next);
  }

  private void rejectBlockComment() throws SyntaxError {
    if (src.startsWith("/*", next)) {
      throw new SyntaxError("mod files must use // comments (not /* */ comments)");
    }
  }

  private void quoted(char quote) throws SyntaxError {
    advance();
    while (true) {
      if (next >= src.length()) {
        line = tokenLine;
        column = tokenColumn;
        throw new SyntaxError("unexpected EOF in string");
      }
      char c = src.charAt(next);
      if (c == '\n') {
        throw new SyntaxError("unexpected newline in string");
      }
      advance();
      if (c == quote) {
        return;
      }
      if (c == '\\' && quote == '"' && next < src.length()) {
        advance();
      }
    }
  }

  private void word() throws SyntaxError {
    if (!isWordChar(src.codePointAt(next))) {
      throw new SyntaxError(
          "unexpected input character " + GoQuote.quoteRune(src.codePointAt(next)));
    }
    while (next < src.length()
        && isWordChar(src.codePointAt(next))
        && !src.startsWith("//", next)) {
      rejectBlockComment();
      advance();
    }
  }

  private static boolean isWordChar(int c) {
    return " ()[]{},".indexOf(c) < 0 && GoQuote.isPrint(c);
  }
}
