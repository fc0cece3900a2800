package dev.escapade.tools.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code escapade version}. */
@Command(
    name = "version",
    description = "Print the version of Escapade and of the Go release it follows.")
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().println(Version.line());
    return ExitCode.OK;
  }
}
