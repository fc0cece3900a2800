package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which types are identical, comparable, or implement which (Go spec, "Type identity" and on). */
class TypeIdentityTest {
  private final Snippet s =
      Snippet.valid(
          """
          type D int
          type A = []D
          type G[T any] struct{ next *G[T] }
          type Alias[T any] = G[T]
          var (
            slice1 []D; slice2 A
            bytes []byte; uints []uint8
            tagged struct{ x int `a` }; plain struct{ x int }
            fn1 func(a int, b ...string) error; fn2 func(int, ...string) (e error)
            fn3 func(int, []string) error
            iface1 interface{ m(); n() }; iface2 interface{ n(); m() }
            inst1 G[int]; inst2 Alias[int]; inst3 G[D]
            recv <-chan int; both chan int
            arr3 [3]int; arr4 [4]int
          )
          func gen1[T any, S ~[]T](S) T { panic(0) }
          func gen2[A any, B ~[]A](B) A { panic(0) }
          func gen3[A any, B []A](B) A { panic(0) }
          type Cyc1 interface{ m() interface{ Cyc1 } }
          type Cyc2 interface{ m() interface{ Cyc2 } }
          """);

  private boolean identical(String x, String y) {
    boolean result = Predicates.identical(s.type(x), s.type(y));
    assertEquals(result, Predicates.identical(s.type(y), s.type(x)), "identity is symmetric");
    return result;
  }

  @Test
  void typesAreComparedByStructure() {
    assertTrue(identical("slice1", "slice2"));
    assertTrue(identical("bytes", "uints"));
    assertTrue(identical("fn1", "fn2"), "names of parameters do not count");
    assertFalse(identical("fn1", "fn3"), "variadic functions differ from others");
    assertTrue(identical("iface1", "iface2"), "the order of methods does not count");
    assertFalse(identical("recv", "both"));
    assertFalse(identical("arr3", "arr4"));
  }

  @Test
  void tagsCountUnlessIgnored() {
    assertFalse(identical("tagged", "plain"));
    assertTrue(Predicates.identicalIgnoreTags(s.type("tagged"), s.type("plain")));
  }

  @Test
  void instancesAreIdenticalIfTheirArgumentsAre() {
    assertTrue(identical("inst1", "inst2"));
    assertFalse(identical("inst1", "inst3"));
  }

  @Test
  void genericSignaturesAreIdenticalUpToRenaming() {
    assertTrue(identical("gen1", "gen2"));
    assertFalse(identical("gen1", "gen3"), "constraints count");
  }

  @Test
  void cyclicInterfacesAreComparedWithoutEnd() {
    assertTrue(Predicates.identical(s.type("Cyc1").underlying(), s.type("Cyc2").underlying()));
  }

  @Test
  void comparability() {
    Snippet t =
        Snippet.valid(
            """
            type S struct{ f func() }
            var (
              good struct{ a int; b any; c [2]string }
              bad [2]S
              iface any
            )
            type C1 interface{ comparable }
            type C2 interface{ ~int | ~[]int }
            """);
    assertTrue(Predicates.comparable(t.type("good")));
    assertFalse(Predicates.comparable(t.type("bad")));
    assertTrue(Predicates.comparable(t.type("iface")));
    assertFalse(Comparability.comparableType(t.type("iface"), false) == null, "may panic");
    assertTrue(((Interface) t.type("C1").underlying()).isComparable());
    assertFalse(((Interface) t.type("C2").underlying()).isComparable());
  }

  @Test
  void typeSetsAreIntersectionsOfElements() {
    Snippet t =
        Snippet.valid(
            """
            type Int interface{ ~int | ~int8 }
            type X interface{ Int; ~int8 | string }
            type Empty interface{ int; string }
            type M interface{ Int; m() }
            type D int
            func (D) m() {}
            type E int
            """);
    assertEquals("~int8", ((Interface) t.type("X").underlying()).typeSet().terms().toString());
    assertTrue(((Interface) t.type("Empty").underlying()).typeSet().isEmpty());
    Instantiator inst = new Instantiator(null);
    assertTrue(inst.implementsType(t.type("D"), t.type("M"), true, null));
    Cause cause = new Cause();
    assertFalse(inst.implementsType(t.type("E"), t.type("M"), true, cause));
    assertEquals("example.org/p.E does not satisfy example.org/p.M (missing method m)", cause.text);
    assertFalse(inst.implementsType(Basic.STRING, t.type("Int"), true, cause));
    assertEquals(
        "string does not satisfy example.org/p.Int (string missing in ~int | ~int8)", cause.text);
  }
}
