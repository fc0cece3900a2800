package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Types and objects print as Go's type checker prints them (texts recorded from go/types 1.26). */
class TypeStringTest {
  @Test
  void typeLiteralsPrintAsTheyAreWritten() {
    String[] literals = {
      "[3]int",
      "[]*string",
      "map[string][]byte",
      "chan int",
      "chan<- func()",
      "<-chan bool",
      "chan (<-chan int)",
      "func(a int, b ...string) (n int, err error)",
      "func(int) string",
      "struct{a int; b, c string}",
      "struct{T; *U}",
      "struct{x int \"json:\\\"x\\\"\"}",
      "interface{M(int) string; E}",
      "any",
      "error",
      "rune",
      "G[int, []string]",
      "unsafe.Pointer",
    };
    StringBuilder source = new StringBuilder("import \"unsafe\"; type T int; type U struct{};");
    source.append("type E interface{ e() }; type G[K comparable, V any] struct{};");
    source.append("var _ unsafe.Pointer\n");
    for (int i = 0; i < literals.length; i++) {
      source.append("var v").append(i).append(' ').append(literals[i]).append('\n');
    }
    Snippet s = Snippet.valid(source.toString());
    for (int i = 0; i < literals.length; i++) {
      String want =
          literals[i].equals("struct{a int; b, c string}")
              ? "struct{a int; b string; c string}"
              : literals[i];
      assertEquals(want, s.string(s.type("v" + i)));
    }
  }

  @Test
  void genericDeclarationsShowTheirTypeParameters() {
    Snippet s =
        Snippet.valid(
            """
            type C interface{ ~int | ~string; m() }
            type N[P, Q any, R interface{ *P }] struct{ p P }
            type A[T any] = map[string]T
            func f[T ~[]E, E comparable](t T, e E) []T { return nil }
            var n N[int, bool, *int]
            """);
    assertEquals("N[P, Q any, R interface{*P}]", s.string(s.type("N")));
    assertEquals("N[int, bool, *int]", s.string(s.type("n")));
    assertEquals("A[T any]", s.string(s.type("A")));
    assertEquals("func[T ~[]E, E comparable](t T, e E) []T", s.string(s.type("f")));
    assertEquals(
        "interface{m(); ~int | ~string}",
        s.string(s.type("C").underlying()),
        "methods print before embedded elements");
  }

  @Test
  void objectsPrintWithKindAndType() {
    Snippet s =
        Snippet.valid(
            """
            const c = 1 << 70
            var v []T
            type T struct{ f int }
            type A = T
            type G[P any] struct{}
            func (t *T) m(x int) {}
            func f() {}
            """);
    Qualifier qf = Qualifier.relativeTo(s.pkg());
    assertEquals("const c untyped int", ObjectString.objectString(s.obj("c"), qf));
    assertEquals("var v []T", ObjectString.objectString(s.obj("v"), qf));
    assertEquals("type T struct{f int}", ObjectString.objectString(s.obj("T"), qf));
    assertEquals("type A = T", ObjectString.objectString(s.obj("A"), qf));
    assertEquals("type G[P any] struct{}", ObjectString.objectString(s.obj("G"), qf));
    assertEquals("func f()", ObjectString.objectString(s.obj("f"), qf));
    Named t = (Named) s.type("T");
    assertEquals("func (*T).m(x int)", ObjectString.objectString(t.method(0), qf));
    assertEquals("func example.org/p.f()", s.obj("f").toString());
    assertEquals("type any = interface{}", Universe.ANY.toString());
  }

  @Test
  void parameterNamedLikeAPredeclaredTypeTellsWhereItIsDeclared() {
    Snippet s = Snippet.valid("func f[int any](x int) {}");
    assertEquals(
        "func[int /* with int declared at p.go:1:19 */ any]"
            + "(x int /* with int declared at p.go:1:19 */)",
        s.string(s.type("f")));
  }
}
