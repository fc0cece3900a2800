package dev.escapade.load.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectoryReaderTest {
  private static final BuildContext LINUX =
      new BuildContext("linux", "amd64", false, Set.of("gc", "go1.1", "foo"));

  @TempDir Path dir;

  private PackageDir read() {
    return DirectoryReader.read(
        new FileTree(Overlay.NONE), LINUX, dir.toString(), DirectoryReader.Tests.READ);
  }

  @ParameterizedTest
  @CsvSource({
    "linux, true",
    "windows, false",
    "unix, true",
    "foo, true",
    "!foo, false",
    "linux && !arm64, true",
    "(windows || foo) && gc, true",
    "!(linux), false",
    "cgo, false",
    "boringcrypto, false",
    "a.b_c1 || go1.1, true"
  })
  void goBuildExpressions(String expression, boolean builds) {
    byte[] src = ("//go:build " + expression + "\n\npackage p\n").getBytes(UTF_8);
    assertEquals(new BuildLines.Verdict(builds, null), BuildLines.evaluate(src, LINUX));
  }

  @Test
  void aByteOrderMarkMayPrecedeAConstraint() {
    byte[] src = "\ufeff//go:build windows\n\npackage p\n".getBytes(UTF_8);
    assertEquals(new BuildLines.Verdict(false, null), BuildLines.evaluate(src, LINUX));
  }

  @ParameterizedTest
  @CsvSource({
    "(linux, missing close paren", "linux linux, unexpected token linux",
    "!!linux, double negation not allowed", "linux &&, unexpected end of expression",
    "a & b, invalid syntax at &", "lin-ux, invalid syntax at -"
  })
  void faultyGoBuildExpressions(String expression, String fault) {
    assertEquals(fault, ConstraintParser.parseGoBuild(expression).error());
  }

  @Test
  void hugeExpressionsAreRefused() {
    assertEquals(
        "build expression too large",
        ConstraintParser.parseGoBuild("(".repeat(100_000) + "x").error());
    assertEquals(
        "build expression too large",
        ConstraintParser.parseGoBuild("x" + " && x".repeat(100_000)).error());
  }

  @Test
  void theHeadEndsWithTheImports() {
    String head =
        "\uFEFF// c\npackage p; import ( \"a\"; . \"b\"\n\t_ `c` /* x\n */)\nimport z \"d\"\n";
    GoHeader h = HeaderParser.parse((head + "func f() { \0 garbage \"").getBytes(UTF_8));
    assertNull(h.error());
    assertNull(h.unreadable());
    assertEquals("p", h.packageName());
    assertEquals(
        List.of("a", "b", "c", "d"), h.imports().stream().map(GoHeader.Import::path).toList());
    assertEquals(head.getBytes(UTF_8).length, h.endOffset());
  }

  @Test
  void aZeroByteInTheHeadIsNoSource() throws IOException {
    Files.writeString(dir.resolve("a.go"), "package a\n\0import \"fmt\"\n");
    PackageDir p = read();
    assertEquals(
        new PackageDir.Fault.Other("read " + dir + "/a.go: unexpected NUL in input"), p.fault());
  }

  @Test
  void embedPatternsAreFoundInCommentsOnly() {
    String src =
        """
        package p
        import _ "embed"
        //go:embed a "b c" `d`
        var x = "//go:embed no" + `
        //go:embed no
        ` + string('"') // x
        /*
        //go:embed no
        */
        //go:embedno
        //go:embed "bad
          //go:embed e
        """;
    assertEquals(
        List.of("a", "b c", "d", "e"),
        EmbedScanner.scan(src.getBytes(UTF_8)).stream()
            .map(EmbedScanner.Pattern::pattern)
            .toList());
  }

  @Test
  void linksThatLeadNowhereOrInCirclesAreFaultsOfTheirFiles() throws IOException {
    Files.writeString(dir.resolve("a.go"), "package a\n");
    Files.createSymbolicLink(dir.resolve("loop.go"), dir.resolve("loop.go"));
    Files.createSymbolicLink(dir.resolve("gone.go"), dir.resolve("nothing"));
    Files.createSymbolicLink(dir.resolve("sub.go"), dir);
    PackageDir p = read();
    assertInstanceOf(PackageDir.Fault.Other.class, p.fault());
    assertEquals(List.of("gone.go", "loop.go"), p.invalidGoFiles());
    assertEquals(List.of("a.go"), p.goFiles().stream().map(SourceText::name).toList());
  }

  @Test
  void anyBytesAreReadWithoutFailure() {
    long seed = 20261121;
    Random random = new Random(seed);
    String[] words = {
      "package",
      "import",
      "(",
      ")",
      "\"",
      "`",
      "'",
      "/*",
      "*/",
      "//",
      "\n",
      ";",
      ".",
      "\\",
      "\0",
      "//go:build",
      "// +build",
      "//go:embed",
      "&&",
      "!",
      "x",
      "é",
      " ",
      "\t",
      "\"a\"",
      "\n\n"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        b.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      byte[] src = b.toString().getBytes(UTF_8);
      GoHeader h = HeaderParser.parse(src);
      assertTrue(
          h.errorOffset() <= src.length && h.endOffset() <= src.length, () -> "seed " + seed);
      assertNotNull(BuildLines.evaluate(src, LINUX));
      assertNotNull(EmbedScanner.scan(src));
    }
  }
}
