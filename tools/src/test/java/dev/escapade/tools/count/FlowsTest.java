package dev.escapade.tools.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.count.Counter;
import dev.escapade.count.Program;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadConfig;
import dev.escapade.release.Release;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is claimed of runs that start with a function, in an archive whose functions say themselves
 * what is right. It uses package reflect, so it needs an installed Go, of which only the sources
 * are read.
 */
final class FlowsTest {
  private static final Path ARCHIVE = Path.of("src/test/resources/count/flows.txtar");
  private static final Pattern EXPECTED =
      Pattern.compile("(?m)^func (\\w+)\\(\\) .*// FLOWS (.*)$");

  @TempDir private static Path temp;

  private static Program program(Path module) throws Exception {
    FactsCollector collector = CollectedFacts.of(module, LoadConfig.of(module, "./..."));
    List<GoPackage> roots = collector.facts().keySet().stream().filter(GoPackage::isRoot).toList();
    return collector.program(roots);
  }

  @Test
  void runsCostWhatTheySay() throws Exception {
    assumeTrue(hasGo(), "no Go is installed");
    Path module = temp.toRealPath().resolve("m");
    Txtar.read(ARCHIVE).unpack(module);
    Map<String, String> expected = new TreeMap<>();
    try (Stream<Path> files = Files.walk(module)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".go")).toList()) {
        String pkg = "m/" + module.relativize(file).getName(0);
        Matcher m = EXPECTED.matcher(Files.readString(file));
        while (m.find()) {
          expected.put(pkg + "." + m.group(1), m.group(2));
        }
      }
    }
    Program program = program(module);
    Map<String, String> claims = new TreeMap<>();
    for (String name : expected.keySet()) {
      Counter counter = new Counter(program, Release.GO1_26.allocation(), List.of(name));
      claims.put(name, withoutReasons(CountText.summary(counter.count(name))));
    }
    assertEquals(expected, claims);
  }

  /** Where there is no upper bound, the reasons do not matter here. */
  private static String withoutReasons(String claim) {
    return claim.startsWith("≥")
        ? claim.replaceFirst(" allocs?\\b.*", " allocs")
        : claim.replaceFirst(" \\((rounds|recursion) .*", "");
  }

  private static boolean hasGo() {
    try {
      return new ProcessBuilder("go", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
