package dev.escapade.tools.cli;

/** The exit codes of every command. */
final class ExitCode {
  /** All went well. */
  static final int OK = 0;

  /** The Go code has errors, or a comparison disagrees. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** Escapade itself is at fault. */
  static final int INTERNAL = 3;

  private ExitCode() {}
}
