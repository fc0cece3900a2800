package dev.escapade.tools.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Knows what the Go toolchain prints: from earlier runs kept on disk, or else by running it.
 *
 * <p>The cache folder contains {@code go-build} (the go command's own cache), {@code
 * recorded/VERSION/SUBJECT/FLAGS.txt.gz} and {@code modules/} (see {@link Corpus}).
 */
final class Oracle {
  private final Path cache;
  private final GoCommand go;
  private final String version;

  private Oracle(Path cache, GoCommand go, String version) {
    this.cache = cache;
    this.go = go;
    this.version = version;
  }

  /**
   * The oracle of the installed toolchain or, without one, of the only release that is recorded.
   *
   * @throws IOException if there is neither
   */
  static Oracle open(Path cache, String executable) throws IOException, InterruptedException {
    Files.createDirectories(cache);
    GoCommand go = new GoCommand(executable, cache.resolve("go-build"));
    try {
      return new Oracle(cache, go, go.version());
    } catch (IOException e) {
      List<Path> recorded = recordedVersions(cache.resolve("recorded"));
      if (recorded.size() != 1) {
        throw new IOException("no go command, and no recorded output in " + cache, e);
      }
      return new Oracle(cache, go, String.valueOf(recorded.getFirst().getFileName()));
    }
  }

  private static List<Path> recordedVersions(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(dir)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The release that it speaks for. */
  String version() {
    return version;
  }

  /** The go command. */
  GoCommand go() {
    return go;
  }

  /** Reports whether {@link #ask} answers without running go. */
  boolean isRecorded(Subject subject, Flags flags) {
    return Files.exists(file(subject, flags.fileName()));
  }

  /** Reports whether {@link #askLogs} answers without running {@code go build}. */
  boolean hasLogs(Subject subject, Flags flags) {
    return Files.exists(file(subject, logs(flags)));
  }

  /** The optimization logs that {@code go build -gcflags='… -json=0,dir'} writes for a subject. */
  Recording askLogs(Subject subject, Flags flags, List<String> commands)
      throws IOException, InterruptedException {
    Path file = file(subject, logs(flags));
    if (!Files.exists(file)) {
      go.recordLogs(subject, flags, commands, file);
    }
    return new Recording(file);
  }

  private static String logs(Flags flags) {
    return "logs-" + flags.fileName();
  }

  /** What {@code go build -gcflags=…} prints for a subject. */
  Recording ask(Subject subject, Flags flags) throws IOException, InterruptedException {
    Path file = file(subject, flags.fileName());
    if (!Files.exists(file)) {
      go.recordBuild(subject, flags, file);
    }
    return new Recording(file);
  }

  private Path file(Subject subject, String name) {
    return cache.resolve("recorded").resolve(version).resolve(subject.name()).resolve(name);
  }
}
