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
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

  /**
   * A file that is written.
   *
   * @param text null if it is removed
   */
  private record Edit(String file, @Nullable String text) {}

  private static Edit a(String text) {
    return new Edit("a/a.go", text);
  }

  private static final String FIRST =
      """
      package a

      func A(p *int) *int { return p }

      func G[T any](v T) *T { return &v }
      """;

  private static final String USER =
      "import \"m/a\"\n\nfunc B() int { i := 1; return *a.A(&i) + *a.G(i) }\n";

  private static final String REST = "const N = 7\n\ntype T struct{ next *T }\n";

  /** What each edit changes: a body, places, a face, an instance in an importer, and so on. */
  private static final List<Edit> EDITS =
      List.of(
          a(FIRST),
          a(FIRST.replace("return p ", "q := p; return q ")),
          a(FIRST.replace("func A", "// A.\n\nfunc A").replace("func G", "\nfunc G")),
          a(FIRST.replace("func A", "var kept *int\n\nfunc A").replace("{ re", "{ kept = p; re")),
          a(FIRST.replace("return p ", "return new(int) ").replace("&v", "nil")),
          // Declarations that the other file uses, constants, types, directives, imports.
          a(FIRST + "const N = 3\n\ntype T struct{ next *T }\n"),
          new Edit(
              "a/other.go",
              """
              package a

              func Sum(s []int, t *T) (sum int) {
              	var local [N]int
              	for i := range s {
              		local[i%N] += s[i]
              		func() { sum += local[i&1] }()
              	}
              	t.next = &T{}
              	return sum + *A(&sum)
              }
              """),
          a(FIRST + "const N = 1 << 20\n\ntype T struct{ next, last *T }\n"),
          a("//go:build go1.21\n\n" + FIRST + REST),
          a(FIRST.replace("func A", "//go:noinline\nfunc A") + REST),
          a(
              FIRST
                      .replace("func A", "import \"unsafe\"\n\nfunc A")
                      .replace("return p ", "_ = unsafe.Sizeof(*p); return p ")
                  + REST),
          // Errors of syntax and of types, and back.
          a(FIRST + REST.replace("}", "")),
          a(FIRST.replace("return p ", "return q ") + REST),
          a(FIRST + REST + "\nfunc (t *T) Next() *T { return t.next }\n"),
          new Edit("a/other.go", null),
          // An importer of what nobody has imported comes, and goes.
          new Edit(
              "c/c.go", "package c\n\nimport \"m/b\"\n\nfunc C() *int { i := b.B(); return &i }\n"),
          new Edit("b/b.go", "package b\n\n" + USER.replace("i := 1", "i := 2")),
          new Edit("b/b.go", "package b\n\n" + USER.replace("func B", "//go:noinline\nfunc B")),
          new Edit("c/c.go", null),
          new Edit("b/b.go", "package b\n\n" + USER),
          a(FIRST));

  @Test
  void saysAfterAnEditWhatAColdRunSays() throws IOException, InterruptedException {
    TestInstallation.create(temp.resolve("goroot"));
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("go.mod", "module m\n\ngo 1.26\n"),
                new Txtar.Entry("a/a.go", FIRST),
                new Txtar.Entry("b/b.go", "package b\n\n" + USER)))
        .unpack(temp.resolve("m"));
    Map<String, String> env = TestInstallation.environment(temp.resolve("goroot"), temp);
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(temp.resolve("m"), env, stream, stream, false, false);
    Thread watch =
        Thread.ofPlatform()
            .start(() -> Main.run(terminal, "build", "-watch", "-gcflags=-m=2", "./..."));
    try {
      await(1, 0);
      for (Edit edit : EDITS) {
        Path file = temp.resolve("m").resolve(edit.file);
        if (edit.text == null) {
          Files.delete(file);
        } else {
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.writeString(file, edit.text);
        }
        Map<String, String> want = cold(env);
        assertFalse(want.isEmpty());
        // A half-written file may have been looked at first.
        for (int i = 0; i < 400 && !saidLast(want); i++) {
          Thread.sleep(50);
        }
        // Of what waits for a package with errors, and of what is gone, nothing is said.
        Map<String, String> said = said();
        said.keySet().retainAll(want.keySet());
        assertEquals(want, said, edit.file + ": " + edit.text);
      }
    } finally {
      watch.interrupt();
      watch.join();
    }
  }

  private boolean saidLast(Map<String, String> want) {
    return said().entrySet().containsAll(want.entrySet());
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
