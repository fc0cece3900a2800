package dev.escapade.driver.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The assembly files of packages with all that they include. A name in an {@code #include} is
 * looked for in the directory of the assembly file, then in that of the installation, as the
 * assembler does (cmd/go/internal/work/gc.go: asmArgs, Go 1.26). Safe for concurrent use.
 */
final class AssemblyInputs {
  /** A file that was read: its digest and what it includes; or that there is none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Source(byte[] digest, List<String> includes) {
    static final Source MISSING = new Source(new byte[0], List.of());
  }

  private final Path includes;
  private final Map<Path, Source> sources = new ConcurrentHashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param includes the installation's directory of included files
   */
  AssemblyInputs(Path includes) {
    this.includes = includes;
  }

  /** Reports whether these are the inputs with the files of a directory to be included. */
  boolean isFor(Path includesDir) {
    return includes.equals(includesDir);
  }

  /** Forgets the files of directories that may be other ones by now. */
  void forget(Predicate<Path> isUnchanged) {
    sources
        .keySet()
        .removeIf(file -> {
          Path dir = file.getParent();
          return dir == null || !isUnchanged.test(dir) || Files.isSymbolicLink(file);
        });
  }

  /** Adds the files {@code names} in {@code dir}, and what they include, to a digest. */
  void addTo(Digest digest, Path dir, List<String> names) {
    digest.addAll(names);
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (!seen.add(name)) {
        continue;
      }
      // Both places count: a file that appears in the first hides the one in the second.
      Source local = source(dir, name);
      Source shared = names.contains(name) ? Source.MISSING : source(includes, name);
      digest.add(name).add(local.digest).add(shared.digest);
      open.addAll(local.includes);
      open.addAll(shared.includes);
    }
  }

  private Source source(Path dir, String name) {
    try {
      return sources.computeIfAbsent(dir.resolve(name), AssemblyInputs::read);
    } catch (java.nio.file.InvalidPathException _) {
      return Source.MISSING;
    }
  }

  private static Source read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return Source.MISSING;
      }
      byte[] content = Files.readAllBytes(file);
      List<String> included = new ArrayList<>();
      for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        String name = included(line);
        if (name != null) {
          included.add(name);
        }
      }
      return new Source(new Digest().add(content).bytes(), List.copyOf(included));
    } catch (IOException _) {
      return Source.MISSING;
    }
  }

  /** The name in an {@code #include} of this line, if there may be one; comments count as well. */
  private static @Nullable String included(String line) {
    int hash = line.indexOf('#');
    int word = hash < 0 ? -1 : line.indexOf("include", hash);
    if (word < 0) {
      return null;
    }
    int start = line.indexOf('"', word);
    int end = start < 0 ? -1 : line.indexOf('"', start + 1);
    return end < 0 ? null : line.substring(start + 1, end);
  }
}
