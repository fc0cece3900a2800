package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations recorded from go build of go 1.26. */
final class PathShortenerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/w/m   | /w/m   | /w/m/a.go:1:2: x          | ./a.go:1:2: x",
        "/w/m   | /w/m/p | /w/m/p/a.go:1:2: x        | p/a.go:1:2: x",
        "/w/m/q | /w/m/p | /w/m/p/a.go:1:2: x        | ../p/a.go:1:2: x",
        "/w/m   | /w/m/p | /w/m/q/a.go:1:2: x        | ./q/a.go:1:2: x",
        "/w/m   | /w/m/p | /w/m/p/a.go:1:2: at /w/m/p/b.go | p/a.go:1:2: at p/b.go",
        "/w/m   | /w/m/p | a:/w/m/p/b.go             | a:/w/m/p/b.go",
        "/w/m   | /w/m/p | nothing here              | nothing here",
        "/w/m   | /w/m/p | '	/w/m/p/a.go:1: x'        | '	p/a.go:1: x'",
        "/w/m   | /w/m/p | '	from /w/m/p/a.go:1: x'   | '	from p/a.go:1: x'",
        "/w/m   | /w/m/p | /q/a.go:1:2: x            | /q/a.go:1:2: x",
        "/tmp/some/where | /g/src/fmt | /g/src/fmt/a.go:1:2: x | /g/src/fmt/a.go:1:2: x",
      })
  void shortensAsTheGoCommand(String workingDir, String packageDir, String line, String expected)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream lines = PathShortener.of(Path.of(workingDir), packageDir).shorten(out)) {
      lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(expected + "\n", out.toString(StandardCharsets.UTF_8));
  }
}
