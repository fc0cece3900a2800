package dev.escapade.tools.cli;

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
