package dev.escapade.fuzz.programs;

import dev.escapade.driver.FlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Generates programs in batches and compares both sides on them, until a disagreement or so many
 * programs are compared. Prints the seed of each disagreement, and what is left of its program.
 *
 * <p>Arguments: how many programs, the first seed, the compiler's flags, the folder to work in.
 */
public final class HuntRun {
  private static final int BATCH = 50;
  private static final int SHRINKING_TRIES = 400;

  private HuntRun() {}

  /**
   * Hunts.
   *
   * @param args as above; flags default to {@code -m=2}
   */
  public static void main(String[] args) throws IOException, InterruptedException, FlagException {
    int wanted = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    String flags = args.length > 2 ? args[2] : "-m=2";
    Path dir = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("escapade-hunt");
    var toolchain = new Toolchain(dir.toAbsolutePath().resolve("batch"), flags);
    int compared = 0;
    int invalid = 0;
    int crashed = 0;
    long packages = 0;
    long lines = 0;
    long start = System.nanoTime();
    int disagreements = 0;
    while (compared < wanted) {
      Map<String, Piece> batch = new LinkedHashMap<>();
      Map<String, Long> seeds = new TreeMap<>();
      int programs = Math.min(BATCH, wanted - compared);
      for (int i = 0; i < programs; i++, seed++) {
        for (Map.Entry<String, Piece> pkg : Programs.of(seed, "p" + seed).entrySet()) {
          batch.put(pkg.getKey(), pkg.getValue());
          seeds.put(pkg.getKey(), seed);
        }
      }
      toolchain.write(batch);
      Toolchain.Verdict verdict = toolchain.compare(batch.keySet());
      toolchain.removeCache();
      Set<Long> failed = seedsOf(verdict.crashed(), seeds);
      crashed += failed.size();
      Set<Long> bad = seedsOf(verdict.invalid(), seeds);
      bad.removeAll(failed);
      if (!bad.isEmpty()) {
        System.out.println("do not compile: seeds " + bad);
      }
      invalid += bad.size();
      compared += programs - failed.size() - bad.size();
      packages += verdict.packages();
      lines += verdict.lines();
      System.out.println(
          compared
              + " programs compared up to seed "
              + (seed - 1)
              + " ("
              + packages
              + " packages, "
              + lines
              + " lines of output), "
              + invalid
              + " that do not compile, "
              + crashed
              + " on which go crashes, "
              + disagreements
              + " disagreements before, "
              + perMinute(compared, start)
              + " programs per minute");
      List<Long> differing =
          verdict.differences().keySet().stream()
              .map(p -> seeds.getOrDefault(p, 0L))
              .distinct()
              .toList();
      for (long s : differing) {
        disagreements++;
        report(s, dir, flags);
      }
      if (disagreements > 5) {
        break;
      }
    }
    System.out.println(compared + " programs, " + disagreements + " disagreements");
    System.exit(disagreements == 0 ? 0 : 1);
  }

  private static long perMinute(int programs, long start) {
    return Math.round(programs * 60e9 / (System.nanoTime() - start));
  }

  private static Set<Long> seedsOf(Set<String> packages, Map<String, Long> seeds) {
    Set<Long> result = new TreeSet<>();
    packages.forEach(p -> result.add(seeds.getOrDefault(p, 0L)));
    return result;
  }

  private static void report(long seed, Path dir, String flags)
      throws IOException, InterruptedException, FlagException {
    Path folder = dir.toAbsolutePath().resolve("seed" + seed);
    var toolchain = new Toolchain(folder, flags);
    Map<String, Piece> program = Programs.of(seed, "p");
    Map<String, Piece> small = new Shrinker(toolchain).shrink(program, SHRINKING_TRIES);
    toolchain.write(small);
    Toolchain.Verdict verdict = toolchain.compare(small.keySet());
    toolchain.removeCache();
    System.out.println("seed " + seed + ": " + folder);
    verdict
        .differences()
        .forEach((pkg, lines) ->
            lines.stream().limit(20).forEach(line -> System.out.println("  " + line)));
  }
}
