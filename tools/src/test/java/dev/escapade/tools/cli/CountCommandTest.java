package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code escapade count} claims of the functions of an archive, which say themselves what is
 * right; and where Go is installed, what the functions allocate when they are run. The module
 * imports nothing, so that no Go installation is needed for the claims.
 */
final class CountCommandTest {
  private static final Path ARCHIVE = Path.of("src/test/resources/count/cases.txtar");
  private static final Path SCHEMA = Path.of("../docs/counts.schema.json");
  private static final Pattern EXPECTED =
      Pattern.compile("(?m)^func (\\w+)\\((.*?)\\) .*// COUNT (.*)$");
  private static final Pattern CLAIM =
      Pattern.compile("(?m)^cases\\.go:\\d+:\\d+: m\\.(\\w+): (.*)$");
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?: … (\\d+))? alloc.*");

  /** So many runs, so that what the runtime does meanwhile does not count. */
  private static final int RUNS = 50;

  @TempDir Path temp = Path.of("");
  private Path module = Path.of("");
  private String source = "";

  @BeforeEach
  void unpack() throws IOException {
    module = temp.resolve("module");
    Txtar.read(ARCHIVE).unpack(module);
    source = Files.readString(module.resolve("cases.go"));
    TestInstallation.create(temp.resolve("goroot"));
  }

  private String run(String... args) {
    CommandRun run = CommandRun.of(temp, module, args);
    assertEquals(0, run.exitCode(), run.err());
    return run.out();
  }

  private Map<String, String> claims() {
    Map<String, String> claims = new TreeMap<>();
    Matcher m = CLAIM.matcher(run("count", "-all"));
    while (m.find()) {
      claims.put(m.group(1), m.group(2).replaceFirst("^\\? allocs \\(.*", "? allocs"));
    }
    return claims;
  }

  @Test
  void functionsCostWhatTheySay() {
    Map<String, String> expected = new TreeMap<>();
    Matcher m = EXPECTED.matcher(source);
    while (m.find()) {
      expected.put(m.group(1), m.group(3));
    }
    assertTrue(expected.size() > 50, "only " + expected.size() + " cases found");
    Map<String, String> claims = claims();
    claims.keySet().retainAll(expected.keySet());
    assertEquals(expected, claims);
  }

  @Test
  void aFormulaNamesParameters() {
    assertTrue(run("count", "-func=Pairs").contains("2 + len(a)*len(b) allocs"));
  }

  @Test
  void commandsMayShareNames() throws IOException {
    Path one = Files.createDirectories(module.resolve("one"));
    Path two = Files.createDirectories(module.resolve("two"));
    Files.writeString(
        one.resolve("one.go"), "package main\n\nvar p *int\n\nfunc main() { p = new(int) }\n");
    Files.writeString(two.resolve("two.go"), "package main\n\nfunc main() {}\n");
    String out = run("count", "-all", "./one", "./two");
    assertTrue(out.contains("main.main: 1 alloc, 8 B"), out);
    assertTrue(out.contains("main.main: 0 allocs"), out);
  }

  @Test
  void placesAreToldOnRequest() {
    String out = run("count", "-v", "-func=Calls");
    assertTrue(out.contains("inlined from m.NewEscapes: 1 alloc, 16 B"), out);
  }

  @Test
  void jsonIsAsTheSchemaSays() throws IOException {
    Map<?, ?> schema = (Map<?, ?>) Json.parse(Files.readString(SCHEMA));
    String json = run("count", "-json", "-all");
    assertEquals(List.of(), Json.validate(Json.parse(json), schema));
    String wrong = json.replace("\"reportedByCompiler\"", "\"reported\"");
    assertFalse(Json.validate(Json.parse(wrong), schema).isEmpty());
  }

  /** Runs the functions without parameters, and looks whether the number is one that is claimed. */
  @Test
  void whatIsMeasuredIsClaimed() throws Exception {
    Assumptions.assumeTrue(isGoInstalled(), "oracle: none, as go is not installed");
    Map<String, String> claims = claims();
    StringBuilder test = new StringBuilder();
    test.append("package m\n\nimport (\n\"fmt\"\n\"runtime\"\n\"testing\"\n)\n\n");
    test.append("func TestAll(t *testing.T) {\n");
    Matcher m = EXPECTED.matcher(source);
    while (m.find()) {
      if (m.group(2).isEmpty()) {
        test.append("measure(\"" + m.group(1) + "\", " + m.group(1) + ")\n");
      }
    }
    test.append("}\n\nfunc measure(name string, f func()) {\n\tf()\n")
        .append("var a, b runtime.MemStats\nruntime.ReadMemStats(&a)\n")
        .append("for range " + RUNS + " {\nf()\n}\nruntime.ReadMemStats(&b)\n")
        .append("fmt.Printf(\"%s=%d\\n\", name, (b.Mallocs-a.Mallocs)/" + RUNS + ")\n}\n");
    Files.writeString(module.resolve("all_test.go"), test);
    String output = go("test", "-v", "-count=1", ".");
    Matcher lines = Pattern.compile("(?m)^(\\w+)=(\\d+)$").matcher(output);
    int compared = 0;
    while (lines.find()) {
      String claim = claims.getOrDefault(lines.group(1), "");
      Matcher numbers = NUMBERS.matcher(claim);
      assertTrue(numbers.lookingAt(), lines.group(1) + ": " + claim);
      long measured = Long.parseLong(lines.group(2));
      long low = Long.parseLong(numbers.group(1));
      String high = numbers.group(2);
      assertTrue(
          measured >= low && measured <= (high == null ? low : Long.parseLong(high)),
          lines.group(1) + " makes " + measured + ", claimed: " + claim);
      compared++;
    }
    assertTrue(compared > 45, "only " + compared + " functions were run:\n" + output);
  }

  private static boolean isGoInstalled() {
    for (String dir : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(dir, "go"))) {
        return true;
      }
    }
    return false;
  }

  private String go(String... args) throws IOException, InterruptedException {
    var line = new java.util.ArrayList<>(List.of("go"));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).directory(module.toFile());
    builder
        .redirectErrorStream(true)
        .environment()
        .putAll(Map.of("GOTOOLCHAIN", "local", "GOFLAGS", "", "GOWORK", "off"));
    Process go = builder.start();
    String output = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    go.waitFor();
    return output;
  }
}
