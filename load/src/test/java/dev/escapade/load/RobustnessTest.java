package dev.escapade.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that are hard on a loader: it says what is wrong, and ends. */
final class RobustnessTest {
  @TempDir Path temp;
  private Path work;

  @BeforeEach
  void unpackInstallation() throws IOException {
    Txtar.read(Path.of("src/test/resources/goroot.txtar")).unpack(temp.resolve("goroot"));
    work = temp.resolve("work");
    write("go.mod", "module m\n\ngo 1.26\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private LoadResult load(int threads, String... patterns) {
    LoadConfig config =
        LoadConfig.of(work, patterns)
            .withGoroot(temp.resolve("goroot"))
            .withThreads(threads)
            .withEnv(Map.of("CGO_ENABLED", "0", "HOME", temp.toString()));
    return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Loader.load(config));
  }

  @Test
  void longChainsOfImportsAreFollowed() throws IOException {
    int length = 3_000;
    for (int i = 0; i < length; i++) {
      String next = i + 1 < length ? "import _ \"m/p" + (i + 1) + "\"\n" : "";
      write("p" + i + "/p.go", "package p\n\n" + next);
    }
    LoadResult r = load(2, "./p0");
    assertEquals(List.of(), r.errors());
    assertEquals(length, r.packages().size());
    assertEquals("m/p" + (length - 1), r.packages().getFirst().importPath());
  }

  @Test
  void linkedDirectoriesAreNotWalked() throws IOException {
    write("a/a.go", "package a\n");
    Files.createSymbolicLink(work.resolve("a/up"), work);
    Files.createSymbolicLink(work.resolve("loop"), work.resolve("loop"));
    LoadResult r = load(2, "./...");
    assertEquals(List.of(), r.errors());
    assertEquals(List.of("m/a"), r.roots().stream().map(GoPackage::importPath).toList());
  }

  @Test
  void filesThatAreNoTextAreNamed() throws IOException {
    write("link/a.go", "package a\n");
    Files.createSymbolicLink(work.resolve("link/b.go"), Path.of("b.go"));
    assertEquals(
        "open " + work.resolve("link/b.go") + ": too many levels of symbolic links",
        load(2, "./link").errors().getFirst().text());
    Files.createDirectories(work.resolve("bytes"));
    Path file = work.resolve("bytes/a.go");
    Files.write(file, new byte[] {(byte) 0xf3, 'p', 'a', 'c'});
    assertError("1:1: illegal UTF-8 encoding", "./bytes");
    Files.write(file, "\ufeffpackage x".getBytes(StandardCharsets.UTF_16LE));
    assertError("1:1: illegal UTF-8 encoding (got UTF-16)", "./bytes");
    Files.writeString(file, "package \u00e9\ufffd");
    assertEquals("\u00e9\ufffd", load(2, "./bytes").roots().getFirst().name());
  }

  private void assertError(String text, String pattern) {
    String error = load(2, pattern).errors().getFirst().text();
    assertTrue(error.endsWith(text), error);
  }

  @Test
  void unreadableDirectoriesAndFilesAreNamed() throws IOException {
    write("a/a.go", "package a\n");
    write("b/b.go", "package b\n");
    Path a = work.resolve("a/a.go");
    assumeFalse(!a.toFile().setReadable(false) || Files.isReadable(a), "runs as root");
    LoadResult r = load(2, "./...");
    assertEquals(1, r.errors().size());
    assertTrue(r.errors().getFirst().message().endsWith("a/a.go: permission denied"));
  }

  @Test
  void theNumberOfThreadsDoesNotShow() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      StringBuilder b = new StringBuilder("package p\n\n");
      for (int n = 0; n < 5; n++) {
        b.append("import _ \"m/d").append(i % 10).append("/p").append(random.nextInt(230));
        b.append("\"\n");
      }
      write("d" + i % 10 + "/p" + i + "/p.go", b.toString());
    }
    List<String> first = describe(load(1, "./..."));
    assertTrue(first.size() > 400, "cycles and missing packages are expected");
    for (int threads = 2; threads < 9; threads++) {
      assertEquals(first, describe(load(threads, "./...")));
    }
  }

  private static List<String> describe(LoadResult r) {
    List<String> lines = new ArrayList<>();
    r.packages().forEach(p -> lines.add(p + " " + p.importMap()));
    r.errors().forEach(e -> lines.add(e.text()));
    return lines;
  }

  @Test
  void anyGoModIsReadOrRefused() throws IOException {
    String[] words = {
      "module", "m", "go", "1.26", "require", "replace", "=>", "(", ")", "v1.0.0", "\n", "\n", "//",
      "\"", "`", "/*", ",", "[", "]", "./x", "exclude", "retract", "ignore", "é", "\0", "tool", " "
    };
    Random random = new Random(42);
    write("a.go", "package a\n");
    for (int i = 0; i < 300; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(25); n > 0; n--) {
        b.append(words[random.nextInt(words.length)]).append(' ');
      }
      write("go.mod", b.toString());
      LoadResult r = load(1, ".");
      assertTrue(!r.errors().isEmpty() || r.roots().size() == 1, b::toString);
    }
  }
}
