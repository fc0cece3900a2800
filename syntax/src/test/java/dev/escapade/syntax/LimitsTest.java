package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Trees as deep as {@link Limits} says and deeper, on the stack that it names. */
final class LimitsTest {
  private static final int DEEP = 120_000;

  /** What comes before the nesting, what opens and closes one level, and what is inside. */
  private record Nesting(String start, String open, String inside, String close) {
    String program(int levels) {
      String end = start.startsWith("func") ? "}" : "";
      return "package p\n"
          + start
          + open.repeat(levels)
          + inside
          + close.repeat(levels)
          + end
          + "\n";
    }
  }

  private static final List<Nesting> NESTINGS =
      List.of(
          new Nesting("var x = ", "(", "1", ")"),
          new Nesting("var x = ", "- ", "1", ""),
          new Nesting("var x = ", "<-", "c", ""),
          new Nesting("var x = ", "<-chan ", "int(nil)", ""),
          new Nesting("var x = ", "1 + (", "1", ")"),
          new Nesting("var x = ", "f(", "", ")"),
          new Nesting("var x = ", "a[", "1", "]"),
          new Nesting("var x = ", "a[:", "1", "]"),
          new Nesting("var x = T", "{", "", "}"),
          new Nesting("var x = ", "T{a: ", "1", "}"),
          new Nesting("var x = ", "func() { _ = ", "1", "}"),
          new Nesting("var x = ", "a", "", "()[1].(T).b"),
          new Nesting("var x = a", "", "", "+a"),
          new Nesting("var x ", "*", "int", ""),
          new Nesting("var x ", "(", "int", ")"),
          new Nesting("var x ", "[]", "int", ""),
          new Nesting("var x ", "[1]", "int", ""),
          new Nesting("var x ", "map[", "int", "]int"),
          new Nesting("var x ", "chan ", "int", ""),
          new Nesting("var x ", "func(", "", ")"),
          new Nesting("var x ", "func() ", "", ""),
          new Nesting("var x ", "struct { a ", "int", "}"),
          new Nesting("var x ", "interface { m(x ", "int", ") }"),
          new Nesting("var x ", "T[", "int", "]"),
          new Nesting("type T[P ", "*(", "int", ")"),
          new Nesting("type T interface { a", "|a", "}", ""),
          new Nesting("func f() {", "{", "", "}"),
          new Nesting("func f() {", "if x {", "", "}"),
          new Nesting("func f() { if x {}", " else if x {}", "", ""),
          new Nesting("func f() {", "for {", "", "}"),
          new Nesting("func f() {", "switch { case x: ", "", "}"),
          new Nesting("func f() {", "select { default: ", "", "}"),
          new Nesting("func f() {", "_: ", "", ""));

  @TestFactory
  Stream<DynamicTest> nestingBeyondTheLimitsIsOneError() {
    return NESTINGS.stream()
        .map(n ->
            DynamicTest.dynamicTest(
                n.program(1).strip(),
                () -> {
                  List<String> errors = parse(n.program(DEEP)).errors();
                  assertEquals(1, errors.size(), errors::toString);
                  assertTrue(errors.getFirst().contains("nesting is too deep"), errors::getFirst);
                }));
  }

  @Test
  void generatedStringsOfManyTermsParse() {
    int terms = 50_000;
    Source s = parse("package p\nvar x = \"\"" + " +\n\t\"a\"".repeat(terms) + "\n");
    assertEquals(List.of(), s.errors());
    Decl.VarDecl d = (Decl.VarDecl) java.util.Objects.requireNonNull(s.file()).decls().getFirst();
    Expr values = java.util.Objects.requireNonNull(d.values());
    assertEquals(2 + terms * (3 + 3), ExprPrinter.toString(values).length());
    assertEquals("2:9", s.place(Positions.startPos(values)));
    assertEquals(terms + 2 + ":5", s.place(Positions.endPos(values)));
  }

  @Test
  void chainsSideBySideDoNotAddUp() {
    String chain = "a" + ".b".repeat(60_000);
    assertEquals(List.of(), parse("package p\nvar x = f(" + chain + ", " + chain + ")\n").errors());
  }

  @Test
  void chainsInsideEachOtherAddUp() {
    String tail = "+a".repeat(60_000);
    Source s = parse("package p\nvar x = (a" + tail + ")" + tail + "\n");
    assertEquals(1, s.errors().size(), () -> s.errors().toString());
  }

  @Test
  void errorsBeyondTheLimitAreNotReported() {
    Source junk = parse("package p\nvar x int\n" + "\0".repeat(100_000));
    assertEquals(Limits.MAX_ERRORS, junk.errors().size());
    Source wrong = parse("package p\n" + "var x = )\n".repeat(100_000));
    assertEquals(Limits.MAX_ERRORS, wrong.errors().size());
  }

  private static Source parse(String program) {
    AtomicReference<@Nullable Source> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            null, () -> result.set(Source.parse(program)), "deep", Limits.PARSER_STACK_BYTES);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Source source = result.get();
    if (source == null) {
      throw new AssertionError("the parser failed; see the output of the thread");
    }
    return source;
  }
}
