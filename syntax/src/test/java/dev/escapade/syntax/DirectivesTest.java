package dev.escapade.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code //go:} and {@code //line} directives that are right. */
final class DirectivesTest {
  private static final String PROGRAM =
      """
      //go:build go1.20

      package p

      import _ "embed"

      //go:embed a "b c" `d`
      //go:embed e
      var x string

      //go:nosplit
      //go:generate nothing
      //go:noinline
      func f() {}

      func g() {}

      type (
      	//go:notinheap
      	T struct{}
      )

      //go:linkname h runtime.h
      func h()

      //go:linkname f
      """;

  private static @Nullable Pragma pragma(Decl decl) {
    return switch (decl) {
      case Decl.ImportDecl d -> d.pragma();
      case Decl.ConstDecl d -> d.pragma();
      case Decl.TypeDecl d -> d.pragma();
      case Decl.VarDecl d -> d.pragma();
      case Decl.FuncDecl d -> d.pragma();
    };
  }

  @Test
  void directivesBelongToTheDeclarationAfterThem() {
    File file = Source.parseRight(PROGRAM);
    Pragma head = Objects.requireNonNull(file.pragma());
    assertTrue(head.has(Pragma.Flag.GO_BUILD));
    List<Decl> decls = file.decls();
    assertNull(pragma(decls.get(0)));
    Pragma x = Objects.requireNonNull(pragma(decls.get(1)));
    assertEquals(
        List.of(List.of("a", "b c", "d"), List.of("e")),
        x.embeds().stream().map(Pragma.Embed::patterns).toList());
    Pragma f = Objects.requireNonNull(pragma(decls.get(2)));
    assertEquals(
        List.of(Pragma.Flag.NOSPLIT, Pragma.Flag.NOINLINE),
        f.uses().stream().map(Pragma.Use::flag).toList());
    for (Decl d : decls.subList(3, decls.size())) {
      assertNull(pragma(d), d::toString);
    }
    assertEquals(
        List.of("h=runtime.h", "f="),
        file.linknames().stream().map(l -> l.local() + "=" + l.remote()).toList());
  }

  @Test
  void lineDirectivesMovePositions() {
    Source s =
        Source.parse(
            """
            package p
            var a int
            //line b.go:10
            var b int
            /*line c.go:20:5*/ var c int
            var d int
            //line :30:1
            var e int
            //line :40
            var f int
             //line g.go:1
            var g int
            """);
    assertEquals(List.of(), s.errors());
    List<String> places = new ArrayList<>();
    for (Decl d : Objects.requireNonNull(s.file()).decls()) {
      places.add(s.source().position(d.pos()).toString());
    }
    assertEquals(
        List.of("x.go:2:5", "b.go:10", "c.go:20:10", "c.go:21:5", "c.go:30:5", ":40", ":42"),
        places);
  }
}
