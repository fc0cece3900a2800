package dev.escapade.tools.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The modules on which agreement is measured, from a list in a file: in each line a module's path,
 * its version, and patterns of packages if not all of its packages are meant, or, after a minus
 * sign, a package that is not. {@code #} starts a comment.
 *
 * <p>With dependencies, a module stands for its packages and all that they import outside the
 * standard library.
 *
 * <p>For each module there is a scratch module that requires it, in the cache folder; the go
 * command fetches what it needs. Packages that cannot be loaded (they import a module that is gone,
 * or need cgo) and those that consist of tests are left out.
 */
final class Corpus {
  private final Path cache;
  private final List<Entry> entries;
  private final boolean withDependencies;
  private final Flags flags;

  private record Entry(
      String module, String version, List<String> patterns, Set<String> exclusions) {
    String name() {
      return module.replace('/', '+') + "@" + version;
    }
  }

  private Corpus(Path cache, List<Entry> entries, boolean withDependencies, Flags flags) {
    this.cache = cache;
    this.entries = entries;
    this.withDependencies = withDependencies;
    this.flags = flags;
  }

  /**
   * Reads a list.
   *
   * @param only what a module's path must contain to be taken
   * @param withDependencies whether what a module's packages import is compared, too
   * @param flags for which platform packages are listed
   * @throws IOException if the file cannot be read or has a line without version
   */
  static Corpus read(Path file, Path cache, String only, boolean withDependencies, Flags flags)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (text.isEmpty()) {
        continue;
      }
      List<String> fields = List.of(text.split("\\s+", -1));
      if (fields.size() < 2) {
        throw new IOException(file + ": no version in line \"" + line + "\"");
      }
      if (fields.get(0).contains(only)) {
        entries.add(entry(fields));
      }
    }
    return new Corpus(cache, entries, withDependencies, flags);
  }

  private static Entry entry(List<String> fields) {
    String module = fields.getFirst();
    List<String> patterns = new ArrayList<>();
    Set<String> exclusions = new HashSet<>();
    for (String field : fields.subList(2, fields.size())) {
      if (field.startsWith("-")) {
        exclusions.add(field.substring(1));
      } else {
        patterns.add(field);
      }
    }
    if (patterns.isEmpty()) {
      patterns.add(module + "/...");
    }
    return new Entry(module, fields.get(1), patterns, exclusions);
  }

  /** How many modules there are. */
  int size() {
    return entries.size();
  }

  /**
   * The packages of the module at an index, from 0.
   *
   * @throws IOException if the go command cannot fetch it
   */
  Subject subject(int index, GoCommand go) throws IOException, InterruptedException {
    Entry entry = entries.get(index);
    Path dir = cache.resolve("modules").resolve(entry.name());
    Path packages = dir.resolve("packages" + flags.suffix());
    if (!Files.exists(packages)) {
      fetch(entry, dir, packages, go);
    }
    List<String> names = new ArrayList<>(Files.readAllLines(packages));
    names.removeAll(entry.exclusions);
    return withDependencies
        ? new Subject(entry.name() + "+deps", dir, dependencies(dir, names, go))
        : new Subject(entry.name(), dir, names);
  }

  /** The packages and what they import outside the standard library. */
  private List<String> dependencies(Path dir, List<String> names, GoCommand go)
      throws IOException, InterruptedException {
    Path packages = dir.resolve("packages.deps" + flags.suffix());
    if (!Files.exists(packages)) {
      String format =
          "{{if and .Module .GoFiles}}{{if and (not .Error) (not .DepsErrors)}}"
              + "{{.ImportPath}}{{end}}{{end}}";
      List<String> args = new ArrayList<>(List.of("list", "-e", "-deps", "-f", format));
      args.addAll(names);
      String listed = go.output(dir, flags.settings(), args);
      // The go command wants a module in go.mod before it takes its packages by name.
      List<String> complete = new ArrayList<>(List.of("list", "-e"));
      complete.addAll(listed.lines().toList());
      go.output(dir, online(), complete);
      write(packages, listed);
    }
    return Files.readAllLines(packages);
  }

  private Map<String, String> online() {
    Map<String, String> settings = flags.settings();
    settings.put("GOFLAGS", "-mod=mod");
    settings.remove("GOPROXY");
    return settings;
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void fetch(Entry entry, Path dir, Path packages, GoCommand go)
      throws IOException, InterruptedException {
    Files.createDirectories(dir);
    Files.writeString(dir.resolve("go.mod"), "module corpus\n\ngo 1.26\n");
    Files.deleteIfExists(dir.resolve("go.sum"));
    Map<String, String> online = online();
    go.output(dir, online, List.of("get", entry.module() + "@" + entry.version()));
    go.output(dir, online, list(List.of("-e", "-deps"), entry));
    String format =
        "{{if and .Module .GoFiles}}{{if and (eq .Module.Path \"%s\") (not .Error) (not .DepsErrors)}}"
                .formatted(entry.module())
            + "{{.ImportPath}}{{end}}{{end}}";
    write(packages, go.output(dir, flags.settings(), list(List.of("-e", "-f", format), entry)));
  }

  private static List<String> list(List<String> flags, Entry entry) {
    List<String> args = new ArrayList<>();
    args.add("list");
    args.addAll(flags);
    args.addAll(entry.patterns());
    return args;
  }
}
