package dev.escapade.tools.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.count.Outcome;
import dev.escapade.load.LoadConfig;
import dev.escapade.release.Release;
import dev.escapade.testing.Txtar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is claimed of benchmarks: the paces of their loops, tables of sub-benchmarks, and what is
 * kept from one round to the next. Needs the sources of an installed Go, for package testing.
 */
final class BenchmarkComparisonTest {
  private static final Path ARCHIVE = Path.of("src/test/resources/count/benchmarks.txtar");
  private static final Path TESTING = Path.of("/usr/local/go/src/testing/benchmark.go");

  @TempDir private static Path temp;

  @Test
  void operationsCostWhatIsExpected() throws Exception {
    assumeTrue(Files.exists(TESTING), "no Go is installed");
    Txtar archive = Txtar.read(ARCHIVE);
    Path module = temp.toRealPath().resolve("m");
    archive.unpack(module);
    List<String> expected = archive.file("want.txt").orElseThrow().lines().toList();
    List<Benchmarks.Result> measured = new ArrayList<>();
    for (String line : expected) {
      measured.add(new Benchmarks.Result("m", line.substring(0, line.indexOf(':')), 1000, 0, 0));
    }
    List<String> claims = new ArrayList<>();
    for (BenchmarkComparison.Line line : comparison(module).compare(measured)) {
      Outcome claim = line.claim();
      claims.add(
          line.measured().name()
              + ": "
              + (claim == null
                  ? "no loop"
                  : CountText.summary(claim).replace(module + File.separator, "")));
    }
    assertEquals(expected, claims);
  }

  private static BenchmarkComparison comparison(Path module) throws Exception {
    LoadConfig load = LoadConfig.of(module, "./...").withTest(true);
    return new BenchmarkComparison(CollectedFacts.of(module, load), Release.GO1_26.allocation());
  }
}
