package dev.escapade.tools.cli;

/**
 * A reason to stop that the user can do something about. The message is all that they see, so it
 * says what is wrong and, where that is known, what to do.
 */
public final class UserException extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private UserException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line is wrong. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** The command cannot go on. */
  public static UserException failed(String message) {
    return new UserException(ExitCode.FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
