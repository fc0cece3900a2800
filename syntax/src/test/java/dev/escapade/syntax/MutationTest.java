package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.diag.Diagnostic;
import dev.escapade.testing.Txtar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Broken programs: the parser neither fails nor hangs, and its positions stay in the file. */
final class MutationTest {
  private static final int ROUNDS = 3_000;
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);
  private static final String[] SCRAPS = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "...",
    "=",
    ":=",
    "+=",
    "++",
    "<-",
    "*",
    "~",
    "|",
    "\n",
    "x",
    "0x",
    "'",
    "\"",
    "`",
    "/*",
    "//",
    "\0",
    "\u00ff",
    "func ",
    "type ",
    "switch ",
    "case ",
    "for ",
    "range ",
    "if ",
    "else ",
    "go ",
    "goto L",
    "L:",
    "interface{",
    "struct{",
    "chan ",
    "<-chan ",
    "[T any]",
    ".(type)",
    "\n//line :3\n",
    "\n//go:embed \"\n",
    "/*line a:1:1*/"
  };

  @Test
  void brokenProgramsAreSurvived() {
    List<String> programs = programs();
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      String program = mutate(programs.get(random.nextInt(programs.size())), random);
      check("seed " + seed, program.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void anyBytesAreSurvived() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] junk = new byte[random.nextInt(200)];
      random.nextBytes(junk);
      byte[] start = "package p\nfunc f() {".getBytes(StandardCharsets.UTF_8);
      byte[] content = java.util.Arrays.copyOf(start, start.length + junk.length);
      System.arraycopy(junk, 0, content, start.length, junk.length);
      check("seed " + seed, seed % 2 == 0 ? junk : content);
    }
  }

  private static List<String> programs() {
    List<String> programs = new ArrayList<>();
    for (String resource : new String[] {"trees.txtar", "errors.txtar"}) {
      for (Txtar.Entry e : Txtar.parse(Source.resource(resource)).files()) {
        if (!e.name().equals("want")) {
          programs.add(e.data());
        }
      }
    }
    return programs;
  }

  private static String mutate(String program, Random random) {
    List<String> tokens = new ArrayList<>();
    Matcher m = TOKEN.matcher(program);
    while (m.find()) {
      tokens.add(m.group());
    }
    for (int n = random.nextInt(6); n >= 0 && !tokens.isEmpty(); n--) {
      int i = random.nextInt(tokens.size());
      switch (random.nextInt(4)) {
        case 0 -> tokens.remove(i);
        case 1 -> tokens.set(i, SCRAPS[random.nextInt(SCRAPS.length)]);
        case 2 -> tokens.add(i, SCRAPS[random.nextInt(SCRAPS.length)]);
        default -> tokens.add(i, tokens.get(random.nextInt(tokens.size())));
      }
    }
    return String.join("", tokens);
  }

  private static void check(String what, byte[] content) {
    Source s =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> Source.parse("x.go", content),
            () -> what + ": " + new String(content, StandardCharsets.ISO_8859_1));
    for (Diagnostic d : s.diagnostics()) {
      assertTrue(s.source().contains(d.pos()), () -> what + ": " + d);
    }
    File file = s.file();
    if (file != null) {
      Walk.preorder(
          file,
          n -> {
            assertTrue(s.source().contains(n.pos()), () -> what + ": " + n);
            int start = Positions.startPos(n);
            // A range clause without variables starts, for the compiler, after its keyword.
            boolean late = n instanceof Stmt.RangeClause r && r.lhs() == null;
            assertTrue(
                start <= n.pos() || late || !s.diagnostics().isEmpty(), () -> what + ": " + n);
            if (n instanceof Expr x) {
              assertTrue(x.id() >= 0 && x.id() < s.ids().count(), () -> what + ": " + x);
              ExprPrinter.fullForm(x);
            }
            return true;
          });
    }
  }
}
