package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of source below the grammar: semicolons, literals, directives. */
final class LexicalTest {
  private static String tokens(String text) {
    byte[] src = text.getBytes(StandardCharsets.UTF_8);
    List<String> tokens = new ArrayList<>();
    Scanner scanner =
        new Scanner(
            src, new dev.escapade.diag.SourceMap().add("x.go", src.length), new NameTable()) {
          @Override
          void scanError(int offset, String message) {
            tokens.add("!" + offset + " " + message);
          }

          @Override
          void directive(int from, int to) {
            tokens.add("directive");
          }
        };
    scanner.start();
    scanner.next();
    while (scanner.tok != Token.EOF) {
      tokens.add(
          switch (scanner.tok) {
            case NAME, LITERAL, SEMI -> scanner.lit;
            case OPERATOR, STAR -> scanner.op.toString();
            case ASSIGN_OP -> scanner.op + "=";
            case INC_OP -> scanner.op.toString() + scanner.op;
            default -> scanner.tok.text();
          });
      scanner.next();
    }
    return String.join(" ", tokens);
  }

  @Test
  void newlinesBecomeSemicolonsAfterSomeTokens() {
    assertEquals(
        "x newline 1 newline ) newline ] newline } newline ++ newline return newline break newline "
            + "fallthrough newline continue newline",
        tokens("x\n1\n)\n]\n}\n++\nreturn\nbreak\nfallthrough\ncontinue\n"));
    assertEquals("+ ( { if , ; go".replace(";", "semicolon"), tokens("+\n(\n{\nif\n,\n;\ngo\n"));
    assertEquals("x EOF", tokens("x"));
    assertEquals("x EOF", tokens("x /* a */"));
    assertEquals("x newline y EOF", tokens("x /* a\n */ y"));
    assertEquals("x newline y EOF", tokens("x // a\n y"));
  }

  @Test
  void theLongestOperatorIsTaken() {
    assertEquals(
        "&^= &^ && &= <<= << <- <= < ... . := : == = != ! ~ -- -= || |= %= /= ^= *= *",
        tokens("&^= &^ && &= <<= << <- <= < ... . := : == = != ! ~ -- -= || |= %= /= ^= *= *"));
    assertEquals("x -- - y <- - z EOF", tokens("x---y<--z"));
    assertEquals("... .5 . . a EOF", tokens("....5..a"));
  }

  @Test
  void directivesAreFound() {
    assertEquals("directive x newline directive", tokens("//go:x\nx //line\n//line a:1"));
    assertEquals("directive x EOF", tokens("/*line a:1:1*/ x /*go:x*/"));
    assertEquals("", tokens("// go:x\n//gox\n//linea\n/* line a:1*/"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '%',
      value = {
        "\"\", %%",
        "\"a\\n\\\"'\", 61 0a 22 27",
        "\"\\x80\\377\\u00e9\\U0001F600\", 80 ff c3 a9 f0 9f 98 80",
        "\"é\", c3 a9",
        "`a\\n\"`, 61 5c 6e 22",
      })
  void stringLiteralsHaveBytes(String literal, String want) {
    byte[] value = StringLiterals.value(literal);
    assertEquals(
        want,
        java.util.HexFormat.ofDelimiter(" ").formatHex(java.util.Objects.requireNonNull(value)));
  }

  @Test
  void rawStringsLoseCarriageReturns() {
    assertArrayEquals(new byte[] {'a', '\n'}, StringLiterals.value("`a\r\n`"));
  }

  @Test
  void wrongStringLiteralsHaveNoValue() {
    for (String s :
        List.of(
            "", "\"", "\"a", "'a'", "\"\\q\"", "\"\\400\"", "\"\\ud800\"", "\"\\\"", "\"\n\"")) {
      assertNull(StringLiterals.value(s), s);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '%',
      value = {
        "'a', 97",
        "'\\'', 39",
        "'\\x80', 128",
        "'\\377', 255",
        "'世', 19990",
        "'\\U0010FFFF', 1114111",
        "'', -1",
        "'ab', -1",
        "'\\\"', -1",
        "''', -1",
      })
  void runeLiteralsHaveCodePoints(String literal, int want) {
    assertEquals(want, StringLiterals.rune(literal));
  }

  @ParameterizedTest
  @CsvSource({
    "//go:build go1.21, go1.21",
    "//go:build go1, go1",
    "//go:build linux, %",
    "//go:build linux && go1.18 || go1.20, go1.18",
    "//go:build go1.18 && go1.20, go1.20",
    "//go:build !go1.18, %",
    "//go:build !(!go1.18 || !go1.20), go1.20",
    "//go:build (go1.18), go1.18",
    "//go:build go1.18 ||, -",
    "//go:build (go1.18, -",
    "//go:build go1.18 &, -",
    "//go:build !!go1.18, -",
    "//go:buildgo1.18, -",
    "//go:build, -",
  })
  void buildLinesImplyVersions(String line, String want) {
    String version = BuildLine.goVersion(line);
    assertEquals(want, version == null ? "-" : version.isEmpty() ? "%" : version);
  }

  @Test
  void onlyBuildLinesBeforeThePackageCount() {
    assertEquals("go1.18", Source.parseRight("//go:build go1.18\n\npackage p\n").goVersion());
    assertEquals("", Source.parseRight("package p\n").goVersion());
    Source late = Source.parse("package p\n//go:build go1.18\nvar x int\n");
    assertEquals("", java.util.Objects.requireNonNull(late.file()).goVersion());
  }
}
