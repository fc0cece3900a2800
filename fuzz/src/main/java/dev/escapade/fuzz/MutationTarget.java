package dev.escapade.fuzz;

import dev.escapade.fuzz.Compiler.Depth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Jazzer's way into the whole pipeline with token mutations of real files: its bytes choose the
 * file and what is changed in it. The files are those under the folder that the system property
 * {@code escapade.fuzz.programs} names.
 */
public final class MutationTarget {
  private static final Compiler COMPILER = new Compiler();
  private static final List<byte[]> PROGRAMS = programs();

  private MutationTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    byte[] mutant = mutant(data, PROGRAMS);
    try {
      COMPILER.run(mutant, Depth.DECIDE);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nprogram: " + saved(mutant), e);
    }
  }

  /** The program that {@code data} stands for. */
  static byte[] mutant(byte[] data, List<byte[]> programs) {
    InputRandom choices = new InputRandom(data);
    byte[] program = programs.get(choices.nextInt(programs.size()));
    byte[] other = programs.get(choices.nextInt(programs.size()));
    return new TokenMutator(choices).mutate(program, other);
  }

  private static List<byte[]> programs() {
    try {
      List<byte[]> programs = new ArrayList<>();
      for (Path file :
          MutationRun.goFiles(Path.of(System.getProperty("escapade.fuzz.programs", ".")))) {
        programs.add(Files.readAllBytes(file));
      }
      return programs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path saved(byte[] mutant) {
    try {
      return Files.write(Path.of("mutant-" + System.nanoTime() + ".go").toAbsolutePath(), mutant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
