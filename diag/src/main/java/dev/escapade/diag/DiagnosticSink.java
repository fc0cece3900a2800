package dev.escapade.diag;

/** Where a phase reports what it finds; it goes on afterwards. */
@FunctionalInterface
public interface DiagnosticSink {
  /** Takes one finding. */
  void report(Diagnostic diagnostic);
}
