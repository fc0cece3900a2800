package dev.escapade.tools.cli;

import dev.escapade.driver.PackageOutput;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** How a fault of Escapade itself is told: in words, with what a report should contain. */
final class CrashReport {
  private static final int MAX_MESSAGE_CHARS = 500;
  private static final String OUR_PACKAGES = "dev.escapade.";

  private CrashReport() {}

  /** Prints the report; with {@code ESCAPADE_DEBUG=1} in the environment the stack trace, too. */
  static void print(
      PrintStream err, Map<String, String> env, List<String> args, Throwable failure) {
    err.print(text(env, args, failure));
    err.flush();
  }

  private static String text(Map<String, String> env, List<String> args, Throwable failure) {
    if (rootCause(failure) instanceof OutOfMemoryError) {
      return "escapade: out of memory; give the program more with, for example,"
          + " ESCAPADE_JAVA_OPTS=-Xmx8g\n";
    }
    var text = new StringBuilder();
    text.append("escapade: internal error: ").append(summary(failure)).append('\n');
    if (env.getOrDefault("ESCAPADE_DEBUG", "").equals("1")) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      text.append(trace);
    }
    text.append(
        """
        This is a fault of Escapade, not of your code. Please report it with
          - this command:  escapade %s
          - this version:  %s
          - the output of the command with ESCAPADE_DEBUG=1 in the environment
          - if you can share it, the smallest Go code that shows it
        """
            .formatted(String.join(" ", args), Version.line()));
    return text.toString();
  }

  private static String summary(Throwable failure) {
    Throwable cause = rootCause(failure);
    String what = context(failure) + cause.getClass().getSimpleName();
    String message = cause.getMessage();
    if (message != null) {
      String line = message.lines().findFirst().orElse("");
      what += ": " + line.substring(0, Math.min(line.length(), MAX_MESSAGE_CHARS));
    }
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (frame.getClassName().startsWith(OUR_PACKAGES)) {
        return what + " (at " + frame + ")";
      }
    }
    return what;
  }

  /** What the failure says besides its cause. */
  private static String context(Throwable failure) {
    Throwable cause = failure.getCause();
    String said = failure.getMessage();
    return cause == null || said == null || said.equals(cause.toString()) ? "" : said + ": ";
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable t = failure;
    for (Throwable next = t.getCause(); next != null; next = t.getCause()) {
      t = next;
    }
    return t;
  }

  /**
   * Prints a report of the first of {@code crashed}, and names the others.
   *
   * @return whether there is one
   */
  static boolean print(Terminal terminal, String command, List<PackageOutput> crashed) {
    int reported = 0;
    for (PackageOutput output : crashed) {
      Throwable crash = output.crash();
      String path = output.pkg().importPath();
      if (reported > 0 || crash == null) {
        terminal.err().println("escapade: it failed on " + path + " as well");
      } else {
        print(terminal.err(), terminal.env(), List.of(command, path), crash);
      }
      reported++;
    }
    terminal.err().flush();
    return reported > 0;
  }
}
