package dev.escapade.diag;

import java.util.List;

/**
 * One finding at one place of the input.
 *
 * @param code a stable identifier of the kind of finding, such as {@code UndeclaredName}
 * @param pos a position in the run's {@link SourceMap}, or {@link SourceMap#NO_POS}
 * @param message the text, equal to the Go toolchain's where it has one; further lines start with a
 *     tab
 * @param notes what explains it, outermost cause first
 */
public record Diagnostic(
    Severity severity, String code, int pos, String message, List<Note> notes) {
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /** An error without notes. */
  public static Diagnostic error(String code, int pos, String message) {
    return new Diagnostic(Severity.ERROR, code, pos, message, List.of());
  }

  /** A further place that explains a diagnostic. */
  public record Note(int pos, String message) {}
}
