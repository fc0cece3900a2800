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
 * @param interactive whether standard error is a terminal, where progress may be shown
 */
public record Terminal(
    Path dir, Map<String, String> env, PrintStream out, PrintStream err, boolean interactive) {
  public Terminal {
    env = Map.copyOf(env);
  }

  /** Reports whether colour is welcome (<a href="https://no-color.org">no-color.org</a>). */
  public boolean hasColor() {
    return interactive
        && env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "").equals("dumb");
  }

  /** This terminal in another working directory. */
  public Terminal in(Path newDir) {
    return new Terminal(newDir, env, out, err, interactive);
  }
}
