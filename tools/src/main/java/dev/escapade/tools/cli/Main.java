package dev.escapade.tools.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program's entry point: puts the process in a {@link Terminal} and hands over. */
public final class Main {
  private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

  private Main() {}

  /** Runs the command that {@code args} name and exits with its code. */
  public static void main(String[] args) {
    Terminal terminal =
        new Terminal(
            workingDir(System.getenv("PWD")),
            System.getenv(),
            open(FileDescriptor.out),
            open(FileDescriptor.err),
            Boolean.getBoolean("escapade.screen"),
            Boolean.getBoolean("escapade.interactive"));
    int code = run(terminal, args);
    terminal.out().flush();
    terminal.err().flush();
    Runtime.getRuntime().halt(code);
  }

  /** Runs a command and tells every failure in words. */
  static int run(Terminal terminal, String... args) {
    try {
      return Escapade.run(terminal, args);
    } catch (RuntimeException | Error e) {
      CrashReport.print(terminal.err(), terminal.env(), List.of(args), e);
      return ExitCode.INTERNAL;
    }
  }

  /** The working directory, by the name that the shell gives it, as os.Getwd of Go does. */
  private static Path workingDir(@Nullable String pwd) {
    Path physical = Path.of("").toAbsolutePath();
    try {
      if (pwd != null) {
        Path logical = Path.of(pwd);
        if (logical.isAbsolute() && Files.isSameFile(logical, physical)) {
          return logical.normalize();
        }
      }
    } catch (IOException | InvalidPathException _) {
      // PWD is stale or no path at all: the physical name is the right one.
    }
    return physical;
  }

  /**
   * A buffered UTF-8 stream. When its reader has gone away ({@code escapade … | head}), writes are
   * dropped in silence; the JVM ignores SIGPIPE.
   */
  private static PrintStream open(FileDescriptor descriptor) {
    var raw = new BufferedOutputStream(new FileOutputStream(descriptor), OUTPUT_BUFFER_BYTES);
    return new PrintStream(raw, false, StandardCharsets.UTF_8);
  }
}
