package dev.escapade.tools.cli;

import dev.escapade.driver.cache.CacheLocation;
import dev.escapade.load.files.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the launcher runs once after a build so that the JVM records, in its ahead-of-time cache,
 * the classes and profiles of typical commands. Output is dropped; failures do not matter, as on a
 * machine without Go.
 */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * Runs typical commands; the argument is the folder of a sample module. What they store is in a
   * folder of their own, which is gone afterwards.
   */
  public static void main(String[] args) throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path cache = Files.createTempDirectory("escapade-training");
    Map<String, String> env = new HashMap<>(System.getenv());
    env.put(CacheLocation.VARIABLE, cache.toString());
    Terminal terminal = Terminal.streams(Path.of(args[0]).toAbsolutePath(), env, nowhere, nowhere);
    try {
      run(terminal, "version");
      run(terminal, "help");
      run(terminal, "no-such-command");
      run(terminal, "build", "-no-cache", "-gcflags=-m=2", "./...");
      run(terminal, "build", "-no-cache", "-gcflags=-m -l", "./...");
      // Three runs: nothing is stored, the results are, the files are known as well.
      run(terminal, "build", "-gcflags=-m=2", "./...");
      run(terminal, "build", "-gcflags=-m=2", "./...");
      run(terminal, "build", "-gcflags=-m=2", "./...");
    } finally {
      Folders.delete(cache);
    }
  }

  private static void run(Terminal terminal, String... args) {
    System.out.println(String.join(" ", args) + ": " + Main.run(terminal, args));
  }
}
