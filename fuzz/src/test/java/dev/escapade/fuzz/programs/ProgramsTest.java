package dev.escapade.fuzz.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs are the same for a seed, and nearly all compile; they import no standard library. */
final class ProgramsTest {
  private static final int SEEDS = 30;

  private static String text(Map<String, Piece> program) {
    StringBuilder all = new StringBuilder();
    program.values().forEach(p -> p.write(all, 0));
    return all.toString();
  }

  @Test
  void aSeedAlwaysGivesTheSameProgram() {
    assertEquals(text(Programs.of(7, "p")), text(Programs.of(7, "p")));
    assertTrue(!text(Programs.of(7, "p")).equals(text(Programs.of(8, "p"))));
  }

  @Test
  void programsCompileAndHaveMuchToDecide(@TempDir Path dir) throws Exception {
    TestInstallation.create(dir.resolve("goroot"));
    Map<String, Piece> packages = new LinkedHashMap<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      packages.putAll(Programs.of(seed, "p" + seed));
    }
    Path module = dir.resolve("module");
    new Toolchain(module, "-m=2").write(packages);
    LoadConfig load =
        LoadConfig.of(module, "./...")
            .withEnv(
                Map.of(
                    "GOROOT",
                    dir.resolve("goroot").toString(),
                    "GOENV",
                    "off",
                    "CGO_ENABLED",
                    "0",
                    "HOME",
                    dir.toString()));
    int[] counts = new int[3];
    Pipeline.run(
        new BuildRequest(load, PackageFlags.parse(List.of("-m=2"), module), 2, Goal.DECIDE, null),
        output -> {
          if (output.pkg().importPath().startsWith("generated.test")) {
            counts[0]++;
            counts[1] += output.status() == PackageOutput.Status.OK ? 1 : 0;
            counts[2] += output.text().whole().contains("moved to heap") ? 1 : 0;
          }
        });
    assertEquals(packages.size(), counts[0]);
    assertTrue(counts[1] >= 0.9 * counts[0], counts[1] + " of " + counts[0] + " compile");
    assertTrue(counts[2] >= 0.5 * counts[0], counts[2] + " of " + counts[0] + " move variables");
  }
}
