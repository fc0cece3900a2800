package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files of an installed Go toolchain; skipped where there is none. */
final class ToolchainTest {
  private static final Pattern COMMENT = Pattern.compile("//.*|/\\*(?s:.*?)\\*/");
  private static final Pattern ERROR = Pattern.compile("/[/*] ERROR (.*?)(\\*/)?", Pattern.DOTALL);

  private static Path goroot() {
    String env = System.getenv("GOROOT");
    Path root = Path.of(env == null || env.isEmpty() ? "/usr/local/go" : env);
    assumeTrue(Files.isDirectory(root.resolve("src/cmd/compile")), () -> "no Go in " + root);
    return root;
  }

  private static List<Path> goFiles(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(f -> f.toString().endsWith(".go") && Files.isRegularFile(f))
          .sorted()
          .toList();
    }
  }

  @Test
  void theStandardLibraryHasNoErrors() throws IOException {
    List<String> errors = new ArrayList<>();
    int files = 0;
    for (Path f : goFiles(goroot().resolve("src"))) {
      if (f.toString().contains("testdata")) {
        continue;
      }
      files++;
      ParseOptions options = ParseOptions.of(new IdSource()).forStd(true);
      Source s = Source.parse(f.toString(), Files.readAllBytes(f), options);
      for (Diagnostic d : s.diagnostics()) {
        if (!d.message().contains("directive")) { // some are for cmd and tests only
          errors.add(f + ":" + s.place(d.pos()) + ": " + d.message());
        }
      }
    }
    assertEquals(List.of(), errors);
    assertEquals(true, files > 5_000, "only " + files + " files");
  }

  /**
   * The tests of the compiler's syntax package: a comment {@code /* ERROR rx *}{@code /} stands
   * before the place of the error, {@code // ERROR rx} on its line.
   */
  @TestFactory
  Stream<DynamicTest> theTestsOfTheSyntaxPackageHold() throws IOException {
    return goFiles(goroot().resolve("src/cmd/compile/internal/syntax/testdata")).stream()
        .map(f ->
            DynamicTest.dynamicTest(
                f.getFileName().toString(),
                () -> assertEquals(List.of(), mismatches(f, Files.readAllBytes(f)))));
  }

  private static List<String> mismatches(Path path, byte[] content) {
    Map<String, String> wanted = expectations(content);
    List<String> wrong = new ArrayList<>();
    Source s = Source.parse(path.toString(), content);
    for (Diagnostic d : s.diagnostics()) {
      String place = s.place(d.pos());
      String key = wanted.containsKey(place) ? place : s.source().line(d.pos()) + ":0";
      String pattern = wanted.get(key);
      if (pattern == null) {
        wrong.add("unexpected " + place + ": " + d.message());
      } else if (!Pattern.compile(pattern).matcher(d.message()).find()) {
        wrong.add(place + ": \"" + d.message() + "\" does not match " + pattern);
      } else {
        wanted.remove(key);
      }
    }
    for (String place : new TreeSet<>(wanted.keySet())) {
      wrong.add("missing " + place + ": " + wanted.get(place));
    }
    return wrong;
  }

  /** What a file's comments want, by {@code line:column}; column 0 is any. */
  private static Map<String, String> expectations(byte[] content) {
    Map<String, String> wanted = new HashMap<>();
    SourceFile file = new SourceMap().add("x.go", content.length);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int scanned = 0;
    Scanner scanner =
        new Scanner(content, file, new NameTable()) {
          @Override
          void scanError(int offset, String message) {}

          @Override
          void directive(int from, int to) {}
        };
    scanner.start();
    do {
      scanner.next();
      int end = scanner.tokOff;
      var comment = COMMENT.matcher(text).region(scanned, Math.max(scanned, end));
      while (comment.find()) {
        int at = comment.group().startsWith("/*") ? end : comment.start();
        int column = at == end ? file.column(file.pos(at)) : 0;
        Matcher error = ERROR.matcher(comment.group());
        if (error.matches()) {
          wanted.put(file.line(file.pos(at)) + ":" + column, pattern(error.group(1).strip()));
        }
      }
      scanned = end;
    } while (scanner.tok != Token.EOF);
    return wanted;
  }

  /** A Go pattern as a Java one: a brace without a number is itself. */
  private static String pattern(String latin1) {
    String go = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return go.replaceAll("\\{(?!\\d)", "\\\\{");
  }
}
