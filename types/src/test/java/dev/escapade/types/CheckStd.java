package dev.escapade.types;

import dev.escapade.diag.Diagnostic;
import dev.escapade.load.LoadError;
import dev.escapade.load.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Type-checks packages with everything that they import and prints the errors and the time: {@code
 * CheckStd [-C dir] [-t threads] [-r repetitions] [patterns]}, by default {@code std}.
 */
public final class CheckStd {
  private CheckStd() {}

  public static void main(String[] args) throws IOException {
    Path dir = Path.of("").toAbsolutePath();
    int threads = 1;
    int repetitions = 1;
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-C" -> dir = Path.of(args[++i]).toAbsolutePath();
        case "-t" -> threads = Integer.parseInt(args[++i]);
        case "-r" -> repetitions = Integer.parseInt(args[++i]);
        default -> patterns.add(args[i]);
      }
    }
    if (patterns.isEmpty()) {
      patterns.add("std");
    }
    for (int i = 0; i < repetitions; i++) {
      run(dir, patterns, threads);
    }
  }

  private static void run(Path dir, List<String> patterns, int threads) throws IOException {
    long start = System.nanoTime();
    try (Sources sources = new Sources(threads)) {
      LoadResult result = sources.check(dir, patterns.toArray(String[]::new));
      for (LoadError e : result.errors()) {
        System.out.println("load: " + e.text());
      }
      List<Diagnostic> errors = new ArrayList<>(sources.errors);
      errors.sort(Comparator.comparing(d -> sources.sources.position(d.pos())));
      for (Diagnostic d : errors) {
        System.out.println(sources.text(d));
      }
      System.out.printf(
          "%d packages, %.1f MB, %d errors; parse %d ms, check %d ms (all threads), wall %d ms%n",
          result.packages().size(),
          sources.bytes.get() / 1e6,
          errors.size(),
          sources.parseNanos.get() / 1_000_000,
          sources.checkNanos.get() / 1_000_000,
          (System.nanoTime() - start) / 1_000_000);
    }
  }
}
