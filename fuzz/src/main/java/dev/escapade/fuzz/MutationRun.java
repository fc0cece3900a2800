package dev.escapade.fuzz;

import dev.escapade.fuzz.Compiler.Depth;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Token mutations of real files for some time: {@code MutationRun FOLDER SECONDS [SEED]}. A program
 * on which Escapade fails is written to the working directory.
 */
public final class MutationRun {
  private static final long MAX_FILE_BYTES = 100_000;

  private MutationRun() {}

  /** Runs; exits with 1 if there was a failure. */
  public static void main(String[] args) throws IOException {
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    int failures =
        run(goFiles(Path.of(args[0])), Long.parseLong(args[1]), Long.MAX_VALUE, seed, System.out);
    Runtime.getRuntime().halt(failures == 0 ? 0 : 1);
  }

  /** All Go files under a folder that are not too long. */
  static List<Path> goFiles(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(f -> f.toString().endsWith(".go") && f.toFile().length() < MAX_FILE_BYTES)
          .sorted()
          .toList();
    }
  }

  /**
   * Runs until the time or the number of programs is reached.
   *
   * @return the number of failures
   */
  static int run(List<Path> files, long seconds, long programs, long seed, PrintStream out)
      throws IOException {
    Random random = new Random(seed);
    TokenMutator mutator = new TokenMutator(random);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    int failures = 0;
    long done = 0;
    long right = 0;
    Compiler compiler = new Compiler();
    try {
      while (done < programs && System.nanoTime() < end) {
        byte[] program = Files.readAllBytes(files.get(random.nextInt(files.size())));
        byte[] other = Files.readAllBytes(files.get(random.nextInt(files.size())));
        byte[] mutant = mutator.mutate(program, other);
        done++;
        try {
          right += compiler.run(mutant, Depth.DECIDE) == 0 ? 1 : 0;
        } catch (AssertionError e) {
          Path file = Path.of("crash-" + seed + "-" + done + ".go");
          Files.write(file, mutant);
          Throwable cause = e.getCause() == null ? e : e.getCause();
          out.println(file + ": " + cause);
          for (StackTraceElement frame :
              List.of(cause.getStackTrace())
                  .subList(0, Math.min(8, cause.getStackTrace().length))) {
            out.println("    at " + frame);
          }
          failures++;
          compiler.close();
          compiler = new Compiler();
        }
      }
    } finally {
      compiler.close();
    }
    out.printf(
        "seed %d: %d programs, %d without errors, %d failures%n", seed, done, right, failures);
    return failures;
  }
}
