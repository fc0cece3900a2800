package dev.escapade.fuzz.programs;

import dev.escapade.driver.FlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    long bytes = 0;
    int disagreements = 0;
    while (compared < wanted) {
      Map<String, Piece> batch = new LinkedHashMap<>();
      Map<String, Long> seeds = new TreeMap<>();
      for (int i = 0; i < Math.min(BATCH, wanted - compared); i++, seed++) {
        for (Map.Entry<String, Piece> pkg : Programs.of(seed, "p" + seed).entrySet()) {
          batch.put(pkg.getKey(), pkg.getValue());
          seeds.put(pkg.getKey(), seed);
          StringBuilder text = new StringBuilder();
          pkg.getValue().write(text, 0);
          bytes += text.length();
        }
      }
      toolchain.write(batch);
      Toolchain.Verdict verdict = toolchain.compare(batch.keySet());
      List<Long> bad = new ArrayList<>();
      verdict.invalid().forEach(p -> bad.add(seeds.getOrDefault(p, 0L)));
      invalid += (int) bad.stream().distinct().count();
      compared +=
          (int) (seeds.values().stream().distinct().count() - bad.stream().distinct().count());
      System.out.println(
          compared
              + " programs compared up to seed "
              + (seed - 1)
              + ", "
              + invalid
              + " that do not compile, "
              + bytes / 1024
              + " KiB, "
              + disagreements
              + " disagreements before");
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

  private static void report(long seed, Path dir, String flags)
      throws IOException, InterruptedException, FlagException {
    Path folder = dir.toAbsolutePath().resolve("seed" + seed);
    var toolchain = new Toolchain(folder, flags);
    Map<String, Piece> program = Programs.of(seed, "p");
    Map<String, Piece> small = new Shrinker(toolchain).shrink(program, SHRINKING_TRIES);
    toolchain.write(small);
    Toolchain.Verdict verdict = toolchain.compare(small.keySet());
    System.out.println("seed " + seed + ": " + folder);
    verdict
        .differences()
        .forEach((pkg, lines) ->
            lines.stream().limit(20).forEach(line -> System.out.println("  " + line)));
  }
}
