package dev.escapade.tools.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of recorded logs that differ from ours in known ways: they are ours, changed. */
final class LogComparisonTest {
  private static final String LOW = "m%2Flow/low.json";
  private static final List<String> COMMANDS = List.of("m/cmd/one", "m/cmd/two");

  @TempDir Path temp = Path.of("");

  private final SortedMap<String, List<String>> recorded = new TreeMap<>();
  private int runs;

  @BeforeEach
  void recordOurs() throws Exception {
    TestInstallation.create(temp.resolve("goroot"));
    Txtar.parse(
            """
            -- go.mod --
            module m

            go 1.26
            -- low/low.go --
            package low

            func Box(n *int) any { return *n }

            func At(s []int, i int) *int { return &s[i] }
            -- cmd/one/main.go --
            package main

            import "m/low"

            func main() { println(low.Box(low.At([]int{1}, len("")))) }
            -- cmd/two/main.go --
            package main

            func main() { println(new(int)) }
            """)
        .unpack(temp.resolve("module"));
    LogResult alone = compare();
    assertEquals(0, alone.score().same());
    assertTrue(alone.score().extra() > 0, "our logs have lines that an empty recording has not");
    for (Map.Entry<String, Path> log : new LogFolders(scratch(), COMMANDS).files().entrySet()) {
      recorded.put(log.getKey(), new ArrayList<>(Files.readAllLines(log.getValue())));
    }
  }

  private Path scratch() {
    return temp.resolve("logs" + runs);
  }

  private LogResult compare() throws Exception {
    runs++;
    Path module = temp.resolve("module");
    LoadConfig config =
        LoadConfig.of(module).withEnv(TestInstallation.environment(temp.resolve("goroot"), temp));
    Path file = temp.resolve("recorded.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (Map.Entry<String, List<String>> log : recorded.entrySet()) {
        out.write("# " + log.getKey() + "\n" + String.join("\n", log.getValue()) + "\n");
      }
    }
    return LogComparison.run(
        new Subject("m", module, List.of("./...")),
        Flags.of("", config),
        new Recording(file),
        config,
        Files.createDirectories(scratch()),
        COMMANDS);
  }

  private List<String> low() {
    return Objects.requireNonNull(recorded.get(LOW));
  }

  @Test
  void equalLogsAreEqual() throws Exception {
    LogResult result = compare();
    assertTrue(result.isEqual(), () -> result.toString());
    assertEquals(
        3, result.files(), "one of the package, one of each command: " + recorded.keySet());
    assertEquals(0, result.score().different());
  }

  @Test
  void aLineThatOnlyTheirsHasIsMissing() throws Exception {
    low().add("{\"code\":\"none\"}");
    LogResult result = compare();
    assertFalse(result.isEqual());
    assertEquals(1, result.score().missing());
    assertEquals(0, result.score().extra());
    assertEquals("{\"code\":\"none\"}", result.differences().getFirst().theirs());
  }

  @Test
  void aLineThatOnlyOursHasIsExtra() throws Exception {
    String last = low().removeLast();
    LogResult result = compare();
    assertEquals(0, result.score().missing());
    assertEquals(1, result.score().extra());
    assertEquals(last, result.differences().getFirst().ours());
  }

  @Test
  void anotherOrderIsADifferenceOfOrder() throws Exception {
    Collections.swap(low(), low().size() - 1, low().size() - 2);
    LogResult result = compare();
    assertFalse(result.isEqual());
    assertEquals(1, result.inOtherOrder());
    assertEquals(0, result.score().different());
  }

  @Test
  void aLogThatOneSideHasNotCountsWhole() throws Exception {
    List<String> moved = low();
    recorded.remove(LOW);
    recorded.put("m%2Fother/other.json", moved);
    LogResult result = compare();
    assertEquals(moved.size(), result.score().missing());
    assertEquals(moved.size(), result.score().extra());
    assertEquals(4, result.files());
  }

  @Test
  void recordingsOfPlatformsAndFlagsAreKeptApart() {
    LoadConfig config = LoadConfig.of(temp).withEnv(Map.of("GOOS", "windows"));
    assertEquals("none.GOOS=windows.txt.gz", Flags.of("", config).fileName());
    assertEquals(
        "l.pgo=off.txt.gz",
        Flags.of("-l", LoadConfig.of(temp).withEnv(Map.of()).withPgo("off")).fileName());
  }
}
