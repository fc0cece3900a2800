package dev.escapade.tools.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the launcher runs once after a build so that the JVM records, in its ahead-of-time cache,
 * the classes and profiles of typical commands. Output is dropped; failures do not matter, as on a
 * machine without Go.
 */
public final class TrainingRun {
  private TrainingRun() {}

  /** Runs typical commands; the argument is the folder of a sample module. */
  public static void main(String[] args) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(Path.of(args[0]).toAbsolutePath(), System.getenv(), nowhere, nowhere, false);
    run(terminal, "version");
    run(terminal, "help");
    run(terminal, "no-such-command");
    run(terminal, "build", "-no-cache", "-gcflags=-m=2", "./...");
    run(terminal, "build", "-no-cache", "-gcflags=-m -l", "./...");
    // Once or twice, as the results may be stored already.
    run(terminal, "build", "-gcflags=-m=2", "./...");
    run(terminal, "build", "-gcflags=-m=2", "./...");
  }

  private static void run(Terminal terminal, String... args) {
    System.out.println(String.join(" ", args) + ": " + Main.run(terminal, args));
  }
}
