package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import dev.escapade.load.LoadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the type checker's test files under GOROOT/src/internal/types/testdata. As a program it
 * prints what does not agree: {@code GorootTestdata [-v] GOROOT [part of a path]}.
 */
public final class GorootTestdata {
  /** The directories, with the distance in columns that the Go tests allow. */
  static final Map<String, Integer> DIRECTORIES =
      new LinkedHashMap<>(Map.of("check", 50, "spec", 20, "examples", 125, "fixedbugs", 100));

  private static final Pattern IMPORT =
      Pattern.compile(
          "^\\s*(?:import\\s+)?(?:[\\w.]+\\s+)?\"([a-z0-9/]+)\"\\s*;?(?:\\s*//.*|\\s*/\\*.*)?$",
          Pattern.MULTILINE);

  private GorootTestdata() {}

  /** The packages of a directory: each file alone, each subdirectory as a whole. */
  static SortedMap<String, List<Path>> packages(Path dir) throws IOException {
    SortedMap<String, List<Path>> packages = new TreeMap<>();
    try (Stream<Path> entries = Files.list(dir)) {
      for (Path entry : entries.toList()) {
        if (Files.isDirectory(entry)) {
          try (Stream<Path> files = Files.list(entry)) {
            packages.put(entry.toString(), files.sorted().toList());
          }
        } else if (entry.toString().endsWith(".go")) {
          packages.put(entry.toString(), List.of(entry));
        }
      }
    }
    return packages;
  }

  /** Packages of the standard library and where their files are explained. */
  record Std(Importer importer, SourceMap sources) {}

  /** Packages of the standard library that any file imports, checked. */
  static Std std(Path goroot, Iterable<List<Path>> packages) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (List<Path> files : packages) {
      for (Path file : files) {
        Matcher m =
            IMPORT.matcher(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        while (m.find()) {
          String path = m.group(1);
          if (Files.isDirectory(goroot.resolve("src").resolve(path)) && !path.equals("unsafe")) {
            paths.add(path);
          }
        }
      }
    }
    Sources std = new Sources(2);
    std.check(
        LoadConfig.of(goroot.resolve("src"), paths.toArray(String[]::new)).withGoroot(goroot));
    std.close();
    if (!std.errors.isEmpty()) {
      System.err.println(
          std.errors.size() + " errors in std, the first: " + std.text(std.errors.get(0)));
    }
    Importer importer =
        path -> {
          if (path.equals("unsafe")) {
            return Universe.UNSAFE;
          }
          Package pkg = std.byPath(path);
          if (pkg == null) {
            throw new Importer.ImportException("package " + path + " is not in std");
          }
          return pkg;
        };
    return new Std(importer, std.sources);
  }

  public static void main(String[] args) throws Exception {
    onBigStack(() -> run(args));
  }

  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Does {@code work} on a thread with the stack that a checker needs. */
  static void onBigStack(Work work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          work.run();
          return null;
        });
    Thread thread = new Thread(null, task, "check", 512L << 20);
    thread.start();
    task.get();
    thread.join();
  }

  private static void run(String[] args) throws IOException {
    boolean verbose = args[0].equals("-v");
    Path goroot = Path.of(args[verbose ? 1 : 0]);
    String filter = args.length > (verbose ? 2 : 1) ? args[verbose ? 2 : 1] : "";
    Map<String, List<Path>> all = new TreeMap<>();
    Map<String, Integer> tolerance = new TreeMap<>();
    for (var dir : DIRECTORIES.entrySet()) {
      var packages = packages(goroot.resolve("src/internal/types/testdata/" + dir.getKey()));
      all.putAll(packages);
      packages.keySet().forEach(p -> tolerance.put(p, dir.getValue()));
    }
    var local = packages(goroot.resolve("src/cmd/compile/internal/types2/testdata/local"));
    all.putAll(local);
    local.keySet().forEach(p -> tolerance.put(p, 0));
    all.keySet().removeIf(p -> !p.contains(filter));
    Std std = std(goroot, all.values());
    int expected = 0;
    int matched = 0;
    int exact = 0;
    int unexpected = 0;
    int clean = 0;
    List<String> problems = new ArrayList<>();
    for (var e : all.entrySet()) {
      TestdataRun.Result r =
          new TestdataRun(std.importer(), std.sources())
              .run(e.getValue(), tolerance.get(e.getKey()));
      expected += r.expected();
      matched += r.matched();
      exact += r.exact();
      unexpected += r.unexpected();
      clean += r.problems().isEmpty() ? 1 : 0;
      problems.addAll(r.problems());
    }
    problems.forEach(System.out::println);
    System.out.printf(
        "%d packages, %d clean; %d of %d expected errors matched (%.2f%%), %d of them in the very"
            + " column; %d unexpected errors%n",
        all.size(), clean, matched, expected, 100.0 * matched / expected, exact, unexpected);
  }
}
