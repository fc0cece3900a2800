package dev.escapade.types;

import dev.escapade.types.constant.GoStrings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The comments of the form {@code /* ERROR "text" *}{@code /} and {@code // ERRORx "regexp"} in a
 * Go file. Each says that an error is reported at the token before it (types2: check_test.go).
 */
final class ErrorComments {
  /**
   * An expected error.
   *
   * @param line the line of the token, from 1
   * @param column the column of the token in bytes from 1
   */
  record Expected(int line, int column, boolean isRegex, String pattern) {
    boolean matches(String message) {
      return isRegex
          ? Pattern.compile(goRegex(pattern)).matcher(message).find()
          : message.contains(pattern);
    }

    /** Go takes a brace that starts no repetition for itself. */
    private static String goRegex(String pattern) {
      return pattern.replaceAll("(?<!\\\\)\\{(?!\\d+(,\\d*)?\\})", "\\\\{");
    }
  }

  private static final String[] OPERATORS = {
    "<<=", ">>=", "&^=", "...", "&&", "||", "<-", "++", "--", "==", "!=", "<=", ">=", ":=", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&^"
  };

  private final byte[] src;
  private final List<Expected> found = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int tokenLine;
  private int tokenColumn;

  private ErrorComments(byte[] src) {
    this.src = src;
  }

  /** The expected errors in source order. */
  static List<Expected> of(byte[] src) {
    ErrorComments comments = new ErrorComments(src);
    comments.scan();
    return comments.found;
  }

  private void scan() {
    while (at < src.length) {
      char c = (char) (src[at] & 0xff);
      if (c == '\n') {
        newline();
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (startsWith("//")) {
        lineComment();
      } else if (startsWith("/*")) {
        blockComment();
      } else {
        tokenLine = line;
        tokenColumn = at - lineStart + 1;
        token(c);
      }
    }
  }

  private void newline() {
    at++;
    line++;
    lineStart = at;
  }

  private boolean startsWith(String s) {
    if (at + s.length() > src.length) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      if (src[at + i] != s.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void lineComment() {
    int start = at + 2;
    while (at < src.length && src[at] != '\n') {
      at++;
    }
    comment(start, at);
  }

  private void blockComment() {
    int start = at + 2;
    int commentLine = tokenLine;
    at += 2;
    while (at < src.length && !startsWith("*/")) {
      if (src[at] == '\n') {
        newline();
      } else {
        at++;
      }
    }
    comment(start, Math.min(at, src.length));
    tokenLine = commentLine;
    at += 2;
  }

  private void comment(int start, int end) {
    String text = new String(src, start, end - start, StandardCharsets.UTF_8);
    boolean isRegex = text.startsWith(" ERRORx ");
    if (!isRegex && !text.startsWith(" ERROR ")) {
      return;
    }
    String quoted = text.substring(isRegex ? 8 : 7).strip();
    String bytes = GoStrings.unquote(quoted);
    if (bytes == null) {
      throw new IllegalArgumentException("not a Go string: " + quoted);
    }
    found.add(new Expected(tokenLine, tokenColumn, isRegex, GoStrings.decode(bytes)));
  }

  private void token(char c) {
    if (c == '"' || c == '\'') {
      quoted(c);
    } else if (c == '`') {
      at++;
      while (at < src.length && src[at] != '`') {
        if (src[at] == '\n') {
          newline();
        } else {
          at++;
        }
      }
      at++;
    } else if (isWord(c)) {
      word();
    } else {
      at += operatorLength();
    }
  }

  private void quoted(char quote) {
    at++;
    while (at < src.length && src[at] != quote && src[at] != '\n') {
      at += src[at] == '\\' ? 2 : 1;
    }
    if (at < src.length && src[at] == quote) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return c >= 0x80 || c == '_' || Character.isLetterOrDigit(c);
  }

  private void word() {
    boolean number = Character.isDigit(src[at]);
    boolean hex = startsWith("0x") || startsWith("0X");
    while (at < src.length) {
      char c = (char) (src[at] & 0xff);
      boolean sign =
          number
              && (c == '+' || c == '-')
              && (hex
                  ? src[at - 1] == 'p' || src[at - 1] == 'P'
                  : src[at - 1] == 'e' || src[at - 1] == 'E');
      if (!isWord(c) && !(number && c == '.') && !sign) {
        return;
      }
      at++;
    }
  }

  private int operatorLength() {
    for (String op : OPERATORS) {
      if (startsWith(op)) {
        return op.length();
      }
    }
    return 1;
  }
}
