package dev.escapade.driver;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.release.PositionRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The errors of one package, chosen and written as the compiler does
 * (cmd/compile/internal/base/print.go, go 1.26): one syntax error per line, an error once per line,
 * sorted by file and position, and no more than ten unless all are asked for. Files are in the
 * order in which errors in them were first found. For one thread.
 */
final class ErrorLog implements DiagnosticSink {
  private static final int MAX_ERRORS = 10;
  private static final String SYNTAX_ERROR = "syntax error";

  private record Line(int file, Position pos, String text) {
    static final Comparator<Line> ORDER =
        Comparator.comparingInt(Line::file)
            .thenComparingInt(line -> line.pos.line())
            .thenComparingInt(line -> line.pos.column());
  }

  private final SourceMap sources;
  private final PositionRules rules;
  private final boolean unlimited;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();
  private Position lastSyntaxError = Position.UNKNOWN;
  private Position lastError = Position.UNKNOWN;
  private String lastMessage = "";
  private String tooMany = "";
  private boolean hasSyntaxErrors;

  ErrorLog(SourceMap sources, PositionRules rules, boolean unlimited) {
    this.sources = sources;
    this.rules = rules;
    this.unlimited = unlimited;
  }

  @Override
  public void report(Diagnostic diagnostic) {
    if (isFull()) {
      return;
    }
    Position pos = sources.position(diagnostic.pos());
    String message = message(diagnostic);
    if (message.startsWith(SYNTAX_ERROR)) {
      hasSyntaxErrors = true;
      if (isSameLine(pos, lastSyntaxError)) {
        return;
      }
      lastSyntaxError = pos;
    } else {
      if (isSameLine(pos, lastError) && message.equals(lastMessage)) {
        return;
      }
      lastError = pos;
      lastMessage = message;
    }
    int file = files.computeIfAbsent(pos.filename(), _ -> files.size());
    lines.add(new Line(file, pos, pos.isKnown() ? place(pos) + ": " + message : message));
    if (lines.size() >= MAX_ERRORS && !unlimited) {
      tooMany = place(pos) + ": too many errors\n";
    }
  }

  private String message(Diagnostic diagnostic) {
    if (diagnostic.notes().isEmpty()) {
      return diagnostic.message();
    }
    var text = new StringBuilder(diagnostic.message());
    for (Diagnostic.Note note : diagnostic.notes()) {
      text.append("\n\t");
      if (note.pos() != SourceMap.NO_POS) {
        text.append(place(sources.position(note.pos()))).append(": ");
      }
      text.append(note.message());
    }
    return text.toString();
  }

  private String place(Position pos) {
    boolean column = rules.isPrinted(rules.column(pos.line(), pos.column()));
    return (column ? pos : new Position(pos.filename(), pos.line(), 0)).toString();
  }

  private static boolean isSameLine(Position a, Position b) {
    return a.line() == b.line() && a.filename().equals(b.filename());
  }

  private boolean isFull() {
    return !tooMany.isEmpty();
  }

  /** Reports whether there are errors. */
  boolean hasErrors() {
    return !lines.isEmpty();
  }

  /** Reports whether there are syntax errors, after which nothing is type-checked. */
  boolean hasSyntaxErrors() {
    return hasSyntaxErrors;
  }

  /** All errors as the compiler prints them. */
  String text() {
    lines.sort(Line.ORDER);
    var text = new StringBuilder();
    String previous = "";
    for (Line line : lines) {
      if (!line.text.equals(previous)) {
        text.append(line.text).append('\n');
      }
      previous = line.text;
    }
    return text.append(tooMany).toString();
  }
}
