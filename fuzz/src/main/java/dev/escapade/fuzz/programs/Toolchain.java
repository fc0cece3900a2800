package dev.escapade.fuzz.programs;

import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.FlagException;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.PathShortener;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks both sides about the packages of a module.
 *
 * @param dir the folder of the module
 * @param flags the compiler's flags
 */
record Toolchain(Path dir, String flags) {
  static final String MODULE = "generated.test/m";
  private static final Map<String, String> SETTINGS =
      Map.of("CGO_ENABLED", "0", "GOTOOLCHAIN", "local", "GOFLAGS", "", "GOPROXY", "off");

  /** What makes the compiler faster and changes nothing of what it says. */
  private static final String FAST = " -dwarf=false";

  /**
   * Where the two sides differ.
   *
   * @param invalid the packages that the toolchain does not compile
   * @param crashed those on which the toolchain itself fails with an internal error
   * @param differences for each package that differs, the lines that one side has: "-" if only the
   *     toolchain, "+" if only we
   * @param packages how many packages both have compiled
   * @param lines how many lines the toolchain has printed for them
   */
  record Verdict(
      Set<String> invalid,
      Set<String> crashed,
      Map<String, List<String>> differences,
      int packages,
      long lines) {}

  /** Writes packages, each in its own folder, and the module's file; what was there is removed. */
  void write(Map<String, Piece> packages) throws IOException {
    Folders.delete(dir);
    Files.createDirectories(dir);
    Files.writeString(dir.resolve("go.mod"), "module " + MODULE + "\n\ngo 1.26\n");
    for (Map.Entry<String, Piece> pkg : packages.entrySet()) {
      Path folder = Files.createDirectories(dir.resolve(pkg.getKey()));
      StringBuilder text = new StringBuilder();
      pkg.getValue().write(text, 0);
      Files.writeString(folder.resolve(pkg.getKey() + ".go"), text);
    }
  }

  /**
   * The toolchain's cache: one of its own that is removed with the programs, which import nothing
   * and never come again.
   */
  private Path cache() {
    return dir.resolveSibling(dir.getFileName() + ".cache");
  }

  /** Removes what the toolchain has kept of the programs. */
  void removeCache() throws IOException {
    Folders.delete(cache());
  }

  /** Compares both sides on the packages. */
  Verdict compare(Set<String> packages) throws IOException, InterruptedException, FlagException {
    Map<String, List<String>> theirs = theirs();
    Map<String, List<String>> ours = new HashMap<>();
    ours(ours);
    Set<String> invalid = new HashSet<>();
    Set<String> crashed = new HashSet<>();
    Map<String, List<String>> differences = new TreeMap<>();
    int compared = 0;
    long lines = 0;
    for (String pkg : packages) {
      List<String> expected = theirs.getOrDefault(pkg, List.of());
      List<String> actual = ours.getOrDefault(pkg, List.of());
      if (hasCrashed(expected)) {
        crashed.add(pkg);
        continue;
      }
      if (!isDecided(expected)) {
        invalid.add(pkg);
        continue;
      }
      compared++;
      lines += expected.size();
      List<String> differing = difference(expected, actual);
      if (!differing.isEmpty()) {
        differences.put(pkg, differing);
      }
    }
    return new Verdict(invalid, crashed, differences, compared, lines);
  }

  private static List<String> difference(List<String> expected, List<String> actual) {
    Map<String, Integer> counts = new TreeMap<>();
    expected.forEach(l -> counts.merge(l, 1, Integer::sum));
    actual.forEach(l -> counts.merge(l, -1, Integer::sum));
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (line, n) -> lines.addAll(Collections.nCopies(Math.abs(n), (n > 0 ? "- " : "+ ") + line)));
    return lines;
  }

  private Map<String, List<String>> theirs() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("go", "build", "-gcflags=" + flags + FAST, "./...")
            .directory(dir.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(SETTINGS);
    builder.environment().put("GOGC", "off"); // until so much is used:
    builder.environment().put("GOMEMLIMIT", "1GiB");
    builder.environment().put("GOCACHE", cache().toString());
    Process go = builder.start();
    go.getOutputStream().close();
    String text = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    go.waitFor();
    Map<String, List<String>> byPackage = new HashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("# ")) {
        current = byPackage.computeIfAbsent(name(line.substring(2)), _ -> new ArrayList<>());
      } else if (!line.isEmpty()) {
        current.add(line);
      }
    }
    return byPackage;
  }

  private static boolean hasCrashed(List<String> lines) {
    return lines.stream().anyMatch(l -> l.contains("internal compiler error"));
  }

  /** Errors come alone; every package has a function of which something is said. */
  private static boolean isDecided(List<String> lines) {
    return lines.stream().anyMatch(l -> l.contains(" inline ") || l.contains("escape"));
  }

  private void ours(Map<String, List<String>> lines)
      throws IOException, InterruptedException, FlagException {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.putAll(SETTINGS);
    LoadConfig load = LoadConfig.of(dir, "./...").withEnv(env);
    PackageFlags packageFlags = PackageFlags.parse(List.of(flags), dir);
    Pipeline.run(
        new BuildRequest(load, packageFlags, load.threads(), Goal.DECIDE, null),
        output -> {
          if (!output.pkg().importPath().startsWith(MODULE)) {
            return;
          }
          String name = name(output.pkg().importPath());
          lines.put(name, text(output));
        });
  }

  private List<String> text(PackageOutput output) {
    Throwable crash = output.crash();
    if (crash != null) {
      return List.of("crash: " + crash);
    }
    PathShortener paths = PathShortener.of(dir, output.pkg().dir());
    return paths.shortened(output.text()).lines().toList();
  }

  private static String name(String importPath) {
    return importPath.substring(importPath.lastIndexOf('/') + 1);
  }
}
