package dev.escapade.tools.explain;

import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands on a line of a Go file where nothing is decided, for whoever asks about it. */
public final class SourceLine {
  /** The description of a line with other code. */
  public static final String NOTHING =
      "nothing is decided on this line: no variable is declared or used, nothing is allocated, and"
          + " no call is inlined";

  private static final String DIRECTIVE = "//go:";

  /** What can stand on a line that only ends things. */
  private static final String CLOSING = " \t)]},;:";

  private final byte[] content;
  private final int number;
  private final int count;
  private final String text;

  /** What of the line is neither comment nor space. */
  private final StringBuilder code = new StringBuilder();

  /** The line in which the string began that goes on at the start of this one, or 0. */
  private int stringFrom;

  /**
   * A line.
   *
   * @param content the whole file
   * @param number from 1; there need not be such a line
   */
  public SourceLine(byte[] content, int number) {
    this.content = content;
    this.number = number;
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    text = 1 <= number && number <= count ? lines[number - 1].strip() : "";
    scan();
  }

  /** The column behind the last byte of the line, from 1. */
  public int endColumn() {
    int line = 1;
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        if (line == number) {
          return i - start + (i > start && content[i - 1] == '\r' ? 0 : 1);
        }
        line++;
        start = i + 1;
      }
    }
    return line == number ? content.length - start + 1 : 1;
  }

  /** Why nothing is decided there, and what to ask about instead. */
  public String description() {
    if (number < 1) {
      return "lines count from 1";
    }
    if (number > count) {
      return "the file has " + count + (count == 1 ? " line" : " lines");
    }
    if (stringFrom > 0) {
      return "this is inside of a string that begins in line " + stringFrom;
    }
    if (text.isEmpty()) {
      return "the line is empty";
    }
    if (code.isEmpty()) {
      return text.startsWith(DIRECTIVE)
          ? "this is a directive to the compiler; ask about the code that it is for"
          : "this is a comment; ask about a line of code";
    }
    File file = parse();
    if (code.toString().startsWith("package ") && (file == null || declarationBefore(file))) {
      return "this is the package clause, which decides nothing";
    }
    if (file != null && isImport(file)) {
      return "this imports a package, which decides nothing";
    }
    if (code.chars().allMatch(c -> CLOSING.indexOf(c) >= 0)) {
      return "this only closes what was opened above; ask about a line in there";
    }
    return NOTHING;
  }

  /** The name of the function whose declaration the line is part of, or null. */
  public @Nullable String function() {
    File file = parse();
    if (file == null) {
      return null;
    }
    SourceFile source = file.source();
    for (Decl d : file.decls()) {
      if (d instanceof Decl.FuncDecl f
          && source.line(f.pos()) <= number
          && number <= source.line(f.body() == null ? f.pos() : f.body().rbrace())) {
        return f.name().value();
      }
    }
    return null;
  }

  private boolean declarationBefore(File file) {
    return file.decls().isEmpty() || file.source().line(file.decls().getFirst().pos()) >= number;
  }

  private boolean isImport(File file) {
    int first = 0;
    int last = 0;
    for (Decl d : file.decls()) {
      if (d instanceof Decl.ImportDecl i) {
        int line = file.source().line(i.pos());
        first = first == 0 ? line : first;
        last = line;
      }
    }
    // The parentheses of a group are on lines of their own.
    return first > 0
        && (code.toString().startsWith("import") || (first <= number && number <= last));
  }

  private @Nullable File parse() {
    SourceFile source = new SourceMap().add("", content.length);
    return Parser.parse(source, content, ParseOptions.of(new IdSource()), _ -> {});
  }

  /**
   * Tells code from comments, up to the end of the line (Go spec, "Comments", "String literals").
   */
  private void scan() {
    int line = 1;
    int i = 0;
    while (i < content.length && line <= number) {
      char c = (char) (content[i] & 0xff);
      int end =
          switch (c) {
            case '/' -> comment(i);
            case '"', '\'' -> quoted(i, c);
            case '`' -> behind("`", i + 1);
            default -> i + 1;
          };
      boolean isComment = c == '/' && end > i + 1;
      if (!isComment && line == number && (!code.isEmpty() || !Character.isWhitespace(c))) {
        code.append(c);
      }
      int from = line;
      for (; i < end; i++) {
        if (content[i] == '\n') {
          line++;
        }
      }
      if (c == '`' && from < number && line >= number) {
        stringFrom = from;
      }
    }
    while (!code.isEmpty() && Character.isWhitespace(code.charAt(code.length() - 1))) {
      code.setLength(code.length() - 1);
    }
  }

  private int comment(int i) {
    if (i + 1 < content.length && content[i + 1] == '/') {
      int end = i;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      return end;
    }
    return i + 1 < content.length && content[i + 1] == '*' ? behind("*/", i + 2) : i + 1;
  }

  /** The end of a literal that an unescaped quote ends, or the line. */
  private int quoted(int i, char quote) {
    int end = i + 1;
    while (end < content.length && content[end] != quote && content[end] != '\n') {
      end += content[end] == '\\' && end + 1 < content.length ? 2 : 1;
    }
    return Math.min(end < content.length && content[end] == quote ? end + 1 : end, content.length);
  }

  private int behind(String mark, int from) {
    byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
    for (int i = from; i + bytes.length <= content.length; i++) {
      if (content[i] == bytes[0] && content[i + bytes.length - 1] == bytes[bytes.length - 1]) {
        return i + bytes.length;
      }
    }
    return content.length;
  }
}
