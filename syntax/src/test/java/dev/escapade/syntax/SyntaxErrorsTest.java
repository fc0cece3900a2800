package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Texts and places of errors; {@code errors.txtar} was recorded from the compiler. */
final class SyntaxErrorsTest {
  @TestFactory
  Stream<DynamicTest> errorsAreThoseOfTheCompiler() {
    return Source.tests(
        "errors.txtar",
        (program, want) ->
            assertEquals(want, String.join("\n", Source.parse(program).errors()).strip()));
  }

  private static void assertErrors(String latin1, String... want) {
    byte[] content = latin1.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(List.of(want), Source.parse("x.go", content).errors());
  }

  // What cannot stand in a text file:

  @Test
  void byteOrderMarkIsAllowedAtTheStartOnly() {
    assertErrors("\u00ef\u00bb\u00bfpackage p\n");
    assertErrors(
        "package p\u00ef\u00bb\u00bf\n// \u00ef\u00bb\u00bf\n",
        "1:10: invalid BOM in the middle of the file",
        "2:4: invalid BOM in the middle of the file");
  }

  @Test
  void charactersMustBeUtf8AndNotNul() {
    assertErrors(
        "package p\nvar y int\n// \u00ff \u00c0\u0080 \u00ed\u00a0\u0080\nvar x\0 = \"\u0080\"\n",
        "3:4: invalid UTF-8 encoding",
        "3:6: invalid UTF-8 encoding",
        "3:7: invalid UTF-8 encoding",
        "3:9: invalid UTF-8 encoding",
        "3:10: invalid UTF-8 encoding",
        "3:11: invalid UTF-8 encoding",
        "4:6: invalid NUL character",
        "4:11: invalid UTF-8 encoding");
  }

  @Test
  void carriageReturnsAreBlanks() {
    assertErrors("package p\r\nvar x\r=\r1\r\n//line a:1\r\nvar y = `a\r\nb`\r\n");
    assertErrors("package p\r\nvar x = \"a\r\n", "2:12: newline in string");
  }

  @Test
  void directivesOfTheStandardLibraryAreRestricted() {
    String program =
        """
        package p

        //go:uintptrkeepalive
        func f()

        //go:systemstack
        func g()

        //go:foo
        var x int
        """;
    byte[] content = program.getBytes(StandardCharsets.UTF_8);
    ParseOptions std = ParseOptions.of(new IdSource()).forStd(false);
    assertEquals(
        List.of(
            "6:3: //go:systemstack only allowed in runtime",
            "9:3: //go:foo is not allowed in the standard library"),
        Source.parse("x.go", content, std).errors());
    ParseOptions runtime = ParseOptions.of(new IdSource()).forStd(true);
    assertEquals(
        List.of("9:3: //go:foo is not allowed in the standard library"),
        Source.parse("x.go", content, runtime).errors());
  }

  @Test
  void cgoDirectivesAreAllowedInGeneratedFiles() {
    byte[] content =
        "package p\n\n//go:cgo_ldflag \"-lm\"\nvar x int\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of(), Source.parse("/tmp/_cgo_gotypes.go", content).errors());
    assertEquals(1, Source.parse("/tmp/x.go", content).errors().size());
  }
}
