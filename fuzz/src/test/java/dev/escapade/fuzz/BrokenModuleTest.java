package dev.escapade.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.Advisor;
import dev.escapade.advice.rules.Rules;
import dev.escapade.count.CountAnalysis;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Analyses go on with what is sound in broken packages, and in those above them: mutants of the
 * examples, in an installation that has none of the packages that they import.
 */
final class BrokenModuleTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final int MUTANTS = 150;

  @TempDir private Path temp;

  private void write(String name, byte[] content) throws IOException {
    Path file = temp.resolve("m").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte @Nullable [] content(String path) {
    try {
      return Files.readAllBytes(Path.of(path));
    } catch (IOException _) {
      return null;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void brokenPackagesAreLookedAtWithoutFailure() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TokenMutator mutator = new TokenMutator(random);
    List<Path> files = MutationRun.goFiles(EXAMPLES);
    write("go.mod", utf8("module m\n\ngo 1.26\n"));
    for (int i = 0; i < MUTANTS; i++) {
      byte[] program = Files.readAllBytes(files.get(random.nextInt(files.size())));
      byte[] other = Files.readAllBytes(files.get(random.nextInt(files.size())));
      write("p" + i + "/a.go", mutator.mutate(program, other));
      write("q" + i + "/a.go", utf8("package q\n\nimport p \"m/p" + i + "\"\n\nvar _ p.Order\n"));
    }
    TestInstallation.create(temp.resolve("goroot"));
    var load =
        LoadConfig.of(temp.resolve("m"), "./...")
            .withEnv(TestInstallation.environment(temp.resolve("goroot"), temp));
    var request =
        new BuildRequest(
            load,
            PackageFlags.parse(List.of("all=-m=2"), temp.resolve("m")),
            2,
            Goal.DECIDE,
            null,
            List.of(
                new Advisor(Rules.all(), _ -> true, BrokenModuleTest::content),
                new CountAnalysis()));
    List<String> failures = new ArrayList<>();
    List<String> partial = new ArrayList<>();
    BuildListener listener =
        new BuildListener() {
          @Override
          public void output(PackageOutput output) {
            String path = output.pkg().importPath();
            if (output.status() == Status.CRASHED) {
              failures.add(path + ": " + output.crash());
            } else if (output.status() == Status.ERRORS) {
              partial.add(path);
            }
          }
        };

    Pipeline.run(request, listener);

    assertEquals(List.of(), failures, () -> "seed " + seed);
    assertTrue(partial.size() > MUTANTS / 4, () -> partial + " with seed " + seed);
  }
}
