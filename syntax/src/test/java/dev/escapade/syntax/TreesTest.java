package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Shapes and positions of trees; {@code trees.txtar} was recorded from the compiler. */
final class TreesTest {
  @TestFactory
  Stream<DynamicTest> treesAreThoseOfTheCompiler() {
    return Source.tests(
        "trees.txtar",
        (program, want) -> {
          Source source = Source.parse(program);
          assertTrue(source.diagnostics().isEmpty(), () -> source.errors().toString());
          StringBuilder tree = new StringBuilder();
          if (source.file() != null) {
            print(source, source.file(), "", tree);
          }
          assertEquals(want, tree.toString().strip());
        });
  }

  private static void print(Source source, Node n, String indent, StringBuilder out) {
    out.append(indent)
        .append(n.getClass().getSimpleName())
        .append(' ')
        .append(source.place(n.pos()))
        .append(' ')
        .append(source.place(Positions.startPos(n)))
        .append('-')
        .append(source.place(Positions.endPos(n)));
    if (n instanceof Expr x) {
      out.append(' ').append(ExprPrinter.toString(x));
    }
    out.append('\n');
    Walk.children(n, child -> print(source, child, indent + "  ", out));
  }

  @Test
  void numbersOfExpressionsAreUniqueAcrossFiles() {
    IdSource ids = new IdSource();
    ParseOptions options = ParseOptions.of(ids);
    BitSet seen = new BitSet();
    for (String name : new String[] {"a.go", "b.go"}) {
      byte[] content =
          "package p\ntype T[P *Q,] struct { a, b []int }\nvar x = <-chan int(f(1, T{2: 3}))\n"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      Source s = Source.parse(name, content, options);
      assertEquals(java.util.List.of(), s.errors());
      Walk.preorder(
          java.util.Objects.requireNonNull(s.file()),
          n -> {
            // Fields of one list share their type.
            boolean shared =
                n instanceof Field f && f.name() != null && f.name().value().equals("b");
            if (n instanceof Expr x) {
              assertTrue(x.id() < ids.count() && !seen.get(x.id()), () -> x + " of " + ids.count());
              seen.set(x.id());
            }
            return !shared;
          });
    }
    assertTrue(seen.cardinality() > ids.count() / 2);
  }

  @Test
  void preorderStopsWhereItIsTold() {
    File file = Source.parseRight("package p\nvar x = f(g(1), func() { h() })\n");
    StringBuilder names = new StringBuilder();
    Walk.preorder(
        file,
        n -> {
          names.append(n instanceof Expr.Name x ? x.value() + " " : "");
          return !(n instanceof Expr.FuncLit);
        });
    assertEquals("p x f g ", names.toString());
  }

  @Test
  void fullFormHasTheElementsOfCompositeLiterals() {
    File file = Source.parseRight("package p\nvar x = T{1, {k: v}, func() { f() }}\n");
    Decl.VarDecl d = (Decl.VarDecl) file.decls().getFirst();
    assertEquals(
        "T{1, {k: v}, func() {…}}",
        ExprPrinter.fullForm(java.util.Objects.requireNonNull(d.values())));
  }
}
