package dev.escapade.tools.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command may know of the process around it. Commands use this, never {@link System}, so
 * that tests and the training run can run them in one process.
 *
 * @param dir the working directory, absolute
 * @param env the environment
 * @param out standard output
 * @param err standard error
 * @param screen whether standard output is a terminal, where colour may be used
 * @param interactive whether standard error is a terminal, where progress may be shown
 */
public record Terminal(
    Path dir,
    Map<String, String> env,
    PrintStream out,
    PrintStream err,
    boolean screen,
    boolean interactive) {
  public Terminal {
    env = Map.copyOf(env);
  }

  /** A terminal that is none: two streams that lead to files or pipes. */
  public static Terminal streams(
      Path dir, Map<String, String> env, PrintStream out, PrintStream err) {
    return new Terminal(dir, env, out, err, false, false);
  }

  /**
   * Reports whether colour is welcome on standard output (<a
   * href="https://no-color.org">no-color.org</a>).
   */
  public boolean hasColor() {
    return screen
        && env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "").equals("dumb");
  }

  /** This terminal in another working directory. */
  public Terminal in(Path newDir) {
    return new Terminal(newDir, env, out, err, screen, interactive);
  }
}
