package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.testing.Txtar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What fixes make of code. An archive is a package: {@code a.go}, what is left of it after {@code
 * fix -w} in {@code a.go.fixed}, and after {@code fix -w -risky} in {@code a.go.risky} if that is
 * more. A file without either stays as it is. The standard library is used, so an installed Go is
 * needed, of which only the sources are read, and gofmt if it is there.
 */
final class FixesTest {
  private static final Path CASES = Path.of("src/test/resources/fixes");

  @TempDir private static Path temp;

  private static final Map<String, String> SAFE = new TreeMap<>();
  private static final Map<String, String> RISKY = new TreeMap<>();
  private static final List<String> SAID = new ArrayList<>();
  private static Path module = Path.of("");
  private static String again = "";

  private static List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(f -> f.toString().endsWith(".txtar")).sorted().toList();
    }
  }

  private static String name(Path archive) {
    return String.valueOf(archive.getFileName()).replace(".txtar", "");
  }

  @BeforeAll
  static void fix() throws IOException {
    module = temp.toRealPath().resolve("m");
    Files.createDirectories(module);
    Files.writeString(module.resolve("go.mod"), "module example.test/m\n\ngo 1.26\n");
    for (Path archive : archives()) {
      for (Txtar.Entry file : Txtar.read(archive).files()) {
        if (!isExpectation(file.name())) {
          Path path = module.resolve(name(archive)).resolve(file.name());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.data());
        }
      }
    }
    run("-w");
    read(SAFE);
    run("-w", "-risky");
    read(RISKY);
    again = run("-risky");
  }

  private static boolean isExpectation(String name) {
    return name.endsWith(".fixed") || name.endsWith(".risky");
  }

  private static void read(Map<String, String> contents) throws IOException {
    for (Path archive : archives()) {
      try (Stream<Path> files = Files.list(module.resolve(name(archive)))) {
        for (Path file : files.toList()) {
          contents.put(name(archive) + "/" + file.getFileName(), Files.readString(file));
        }
      }
    }
  }

  private static String run(String... flags) {
    return run(module, flags);
  }

  private static String run(Path folder, String... flags) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    List<String> args = new ArrayList<>(List.of("fix"));
    args.addAll(List.of(flags));
    args.add("./...");
    int code =
        Main.run(
            Terminal.streams(
                folder,
                System.getenv(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            args.toArray(String[]::new));
    SAID.add(code + ": " + err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean isReady() {
    return SAID.stream().allMatch(s -> s.startsWith("0: "));
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path archive : archives()) {
      Map<String, String> files = new TreeMap<>();
      for (Txtar.Entry file : Txtar.read(archive).files()) {
        files.put(file.name(), file.data());
      }
      files.forEach((file, content) -> {
        if (!isExpectation(file)) {
          String safe = files.getOrDefault(file + ".fixed", content);
          String risky = files.getOrDefault(file + ".risky", safe);
          String path = name(archive) + "/" + file;
          tests.add(DynamicTest.dynamicTest(path, () -> compare(path, safe, risky)));
        }
      });
    }
    return tests.stream();
  }

  private static void compare(String path, String safe, String risky) {
    assumeTrue(hasGo(), "no standard library");
    assertEquals(safe, SAFE.get(path), () -> "fix -w; " + SAID.get(0));
    assertEquals(risky, RISKY.get(path), () -> "fix -w -risky; " + SAID.get(1));
  }

  @Test
  void oldLanguageVersionsGetNoNewerPackages() throws IOException {
    Path old = Files.createDirectories(temp.toRealPath().resolve("old"));
    Files.writeString(old.resolve("go.mod"), "module example.test/old\n\ngo 1.17\n");
    Files.writeString(
        old.resolve("a.go"),
        """
        package old

        import (
        	"fmt"
        	"sort"
        	"strconv"
        )

        func words(s []string) { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) }

        func text(b []byte, n int) []byte {
        	b = append(b, strconv.Itoa(n)...)
        	return append(b, fmt.Sprintf("%5d", n)...)
        }
        """);
    String diff = run(old);
    assumeTrue(hasGo(), "no standard library");
    assertEquals(
        "+\tb = strconv.AppendInt(b, int64(n), 10)\n",
        diff.lines()
            .filter(line -> line.startsWith("+\t"))
            .map(line -> line + "\n")
            .collect(Collectors.joining()),
        diff);
  }

  @Test
  void whatIsFixedStaysFixed() {
    assumeTrue(hasGo(), "no standard library");
    assertEquals(true, isReady(), SAID::toString);
    assertEquals("", again, () -> SAID.get(2));
  }

  @Test
  void gofmtHasNothingToAdd() throws IOException, InterruptedException {
    Path gofmt = Path.of(System.getenv().getOrDefault("GOROOT", "/usr/local/go"), "bin", "gofmt");
    assumeTrue(hasGo() && Files.isExecutable(gofmt), "no gofmt");
    Process process =
        new ProcessBuilder(gofmt.toString(), "-d", module.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertEquals("", said);
  }

  private static boolean hasGo() {
    return SAID.stream().noneMatch(s -> s.startsWith("2: "));
  }
}
