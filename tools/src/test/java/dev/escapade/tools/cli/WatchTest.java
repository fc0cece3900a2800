package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class WatchTest {
  @TempDir Path temp = Path.of("");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What was printed since {@code from}, once {@code runs} runs have ended. */
  private String await(int runs, int from) throws InterruptedException {
    while (true) {
      String text = err.toString(StandardCharsets.UTF_8);
      if (text.lines().filter(line -> line.matches("escapade: .* ms")).count() >= runs) {
        return text.substring(from);
      }
      Thread.sleep(5);
    }
  }

  /** The last that was said of each package, by its header. */
  private static Map<String, String> byPackage(String text) {
    Map<String, String> said = new TreeMap<>();
    String header = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# ")) {
        header = line;
        said.put(header, "");
      } else if (!line.startsWith("escapade: ")) {
        said.merge(header, line + "\n", String::concat);
      }
    }
    return said;
  }

  private Map<String, String> cold(Map<String, String> env) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(temp.resolve("m"), env, stream, stream, false, false);
    Main.run(terminal, "build", "-no-cache", "-gcflags=-m=2", "./...");
    return byPackage(out.toString(StandardCharsets.UTF_8));
  }

  /** What each edit changes: a body, places, a face, an instance in an importer, and back. */
  private static final List<String> EDITS =
      List.of(
          "package a\n\nfunc A(p *int) *int { return p }\n\nfunc G[T any](v T) *T { return &v }\n",
          "package a\n\n"
              + "func A(p *int) *int { q := p; return q }\n\n"
              + "func G[T any](v T) *T { return &v }\n",
          "package a\n\n"
              + "// A.\n\n"
              + "func A(p *int) *int { return p }\n\n\n"
              + "func G[T any](v T) *T { return &v }\n",
          "package a\n\n"
              + "var kept *int\n\n"
              + "func A(p *int) *int { kept = p; return p }\n\n"
              + "func G[T any](v T) *T { return &v }\n",
          "package a\n\n"
              + "func A(p *int) *int { return new(int) }\n\n"
              + "func G[T any](v T) *T { return nil }\n",
          "package a\n\nfunc A(p *int) *int { return p }\n\nfunc G[T any](v T) *T { return &v }\n");

  @Test
  void saysAfterAnEditWhatAColdRunSays() throws IOException, InterruptedException {
    TestInstallation.create(temp.resolve("goroot"));
    String user = "import \"m/a\"\n\nfunc B() int { i := 1; return *a.A(&i) + *a.G(i) }\n";
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("go.mod", "module m\n\ngo 1.26\n"),
                new Txtar.Entry("a/a.go", EDITS.getFirst()),
                new Txtar.Entry("b/b.go", "package b\n\n" + user)))
        .unpack(temp.resolve("m"));
    Map<String, String> env = TestInstallation.environment(temp.resolve("goroot"), temp);
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(temp.resolve("m"), env, stream, stream, false, false);
    Thread watch =
        Thread.ofPlatform()
            .start(() -> Main.run(terminal, "build", "-watch", "-gcflags=-m=2", "./..."));
    try {
      await(1, 0);
      for (String edit : EDITS) {
        Files.writeString(temp.resolve("m/a/a.go"), edit);
        Map<String, String> want = cold(env);
        assertEquals(2, want.size());
        // A half-written file may have been looked at first.
        for (int i = 0; i < 400 && !want.equals(said()); i++) {
          Thread.sleep(50);
        }
        assertEquals(want, said(), edit);
      }
    } finally {
      watch.interrupt();
      watch.join();
    }
  }

  private Map<String, String> said() {
    return byPackage(err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsTheChangedPackageAgain() throws IOException, InterruptedException {
    TestInstallation.create(temp.resolve("goroot"));
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("go.mod", "module m\n\ngo 1.26\n"),
                new Txtar.Entry("a/a.go", "package a\n\nfunc A() {}\n"),
                new Txtar.Entry("b/b.go", "package b\n\nimport \"m/a\"\n\nfunc B() { a.A() }\n")))
        .unpack(temp.resolve("m"));
    Map<String, String> env = TestInstallation.environment(temp.resolve("goroot"), temp);
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.streams(temp.resolve("m"), env, stream, stream);
    Thread watch =
        Thread.ofPlatform()
            .start(() -> Main.run(terminal, "build", "-watch", "-gcflags=-m", "./..."));
    try {
      String first = await(1, 0);
      assertTrue(first.contains("can inline A"), first);
      assertTrue(first.contains("can inline B"), first);

      int from = err.size();
      Files.writeString(temp.resolve("m/b/b.go"), "package b\n\nfunc C() {}\n");
      String second = await(2, from);
      assertTrue(second.contains("can inline C"), second);
      assertFalse(second.contains("can inline A"), second);

      from = err.size();
      Files.createDirectory(temp.resolve("m/c"));
      Files.writeString(temp.resolve("m/c/c.go"), "package c\n\nfunc D() {}\n");
      int runs = 3;
      while (!await(runs, from).contains("can inline D")) {
        runs++; // The directory may be seen before the file.
      }
    } finally {
      watch.interrupt();
      watch.join();
    }
  }
}
