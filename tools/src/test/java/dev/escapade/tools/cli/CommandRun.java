package dev.escapade.tools.cli;

import dev.escapade.testing.TestInstallation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a command of the program did: its exit code and what it wrote. */
record CommandRun(int exitCode, String out, String err) {

  /** Runs a command in {@code module} with the installation {@code temp/goroot}, in no terminal. */
  static CommandRun of(Path temp, Path module, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.streams(
            module,
            TestInstallation.environment(temp.resolve("goroot"), temp),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = Main.run(terminal, args);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
