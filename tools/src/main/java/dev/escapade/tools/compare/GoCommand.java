package dev.escapade.tools.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The installed go command, run with settings that make its answers repeatable: no cgo, no other
 * toolchain, a build cache of our own, which replays what the compiler once printed.
 *
 * @param executable the command, such as {@code go}
 * @param goCache the folder for GOCACHE
 */
record GoCommand(String executable, Path goCache) {
  /** Settings under which both sides look at packages, if the environment does not say better. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "CGO_ENABLED", "0",
          "GOTOOLCHAIN", "local",
          "GOFLAGS", "",
          "GOPROXY", "off");

  /** The release, such as {@code go1.26.8}. */
  String version() throws IOException, InterruptedException {
    return output(goCache.getRoot(), SETTINGS, List.of("env", "GOVERSION")).strip();
  }

  /**
   * Runs {@code go build} and keeps what it prints on standard error.
   *
   * @param file where to keep it, compressed
   */
  void recordBuild(Subject subject, Flags flags, Path file)
      throws IOException, InterruptedException {
    Files.createDirectories(file.getParent() == null ? Path.of(".") : file.getParent());
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    List<String> args = new ArrayList<>(List.of("build", "-gcflags=" + flags.gcflags()));
    args.addAll(flags.load());
    args.addAll(subject.patterns());
    args.add("unsafe"); // with a second package, no executable of a single command is left behind
    Process go =
        command(subject.dir(), flags.settings(), args)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream in = go.getErrorStream();
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
      in.transferTo(out);
    } finally {
      go.destroy();
    }
    go.waitFor();
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Runs a command and returns what it prints on standard output.
   *
   * @throws IOException if it fails; the message has what it printed on standard error
   */
  String output(Path dir, Map<String, String> settings, List<String> args)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("escapade-go", ".txt");
    try {
      Process go = command(dir, settings, args).redirectError(errors.toFile()).start();
      String output;
      try (InputStream in = go.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (go.waitFor() != 0) {
        throw new IOException("go " + args.getFirst() + ": " + Files.readString(errors).strip());
      }
      return output;
    } finally {
      Files.delete(errors);
    }
  }

  private ProcessBuilder command(Path dir, Map<String, String> settings, List<String> args) {
    List<String> line = new ArrayList<>();
    line.add(executable);
    line.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(line).directory(dir.toFile());
    Map<String, String> env = builder.environment();
    env.putAll(settings);
    env.put("GOCACHE", goCache.toString());
    env.put("PWD", dir.toString());
    return builder;
  }
}
