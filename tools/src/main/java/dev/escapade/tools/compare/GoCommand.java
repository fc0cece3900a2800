package dev.escapade.tools.compare;

import dev.escapade.load.files.Folders;
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
    keep(
        file,
        out -> {
          Process go =
              command(
                      subject.dir(),
                      flags.settings(),
                      build(subject, flags, List.of(flags.gcflags())))
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
          try (InputStream in = go.getErrorStream()) {
            in.transferTo(out);
          } finally {
            go.destroy();
          }
          go.waitFor();
        });
  }

  /**
   * Runs {@code go build} and keeps the optimization logs that it writes, each behind a line with
   * its name. One worker compiles, since several would write records of one place in any order.
   *
   * @param file where to keep them, compressed
   */
  void recordLogs(Subject subject, Flags flags, List<String> commands, Path file)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(goCache.toAbsolutePath().getParent(), "logs");
    try {
      LogFolders folders = new LogFolders(scratch, commands);
      List<String> gcflags = folders.gcflags("-c=1 " + flags.gcflags());
      output(subject.dir(), flags.settings(), build(subject, flags, gcflags));
      keep(
          file,
          out -> {
            for (Map.Entry<String, Path> log : folders.files().entrySet()) {
              out.write(("# " + log.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
              Files.copy(log.getValue(), out);
            }
          });
    } finally {
      Folders.delete(scratch);
    }
  }

  /** The import paths of the packages of a subject that are commands. */
  List<String> commands(Subject subject, Flags flags) throws IOException, InterruptedException {
    String format = "{{if eq .Name \"main\"}}{{.ImportPath}}{{end}}";
    List<String> args = new ArrayList<>(List.of("list", "-f", format));
    args.addAll(flags.load());
    args.addAll(subject.patterns());
    return output(subject.dir(), flags.settings(), args).lines().toList();
  }

  private static List<String> build(Subject subject, Flags flags, List<String> gcflags) {
    List<String> args = new ArrayList<>(List.of("build"));
    gcflags.forEach(value -> args.add("-gcflags=" + value));
    args.addAll(flags.load());
    args.addAll(subject.patterns());
    args.add("unsafe"); // with a second package, no executable of a single command is left behind
    return args;
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writer {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  private static void keep(Path file, Writer writer) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent() == null ? Path.of(".") : file.getParent());
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
      writer.writeTo(out);
    }
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
