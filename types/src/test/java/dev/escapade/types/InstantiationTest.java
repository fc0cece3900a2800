package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Instances of generic types are expanded on demand, after checking too, and by many threads. */
class InstantiationTest {
  private static final String LIST =
      """
      type List[T any] struct { head *node[T]; less func(a, b T) bool }
      type node[T any] struct { value T; next *node[T]; owner *List[T]; pair Pair[T, List[T]] }
      type Pair[A, B any] struct { a *A; b []B }
      func (l *List[T]) Push(v T) *node[T] { return nil }
      func (l List[T]) Map(f func(T) T) List[T] { return l }
      type Set[K comparable] interface { Has(K) bool; Union(Set[K]) Set[K] }
      var list List[int]
      var set Set[string]
      """;

  @Test
  void expansionReplacesTypeParameters() {
    Snippet s = Snippet.valid(LIST);
    Named list = (Named) s.type("list");
    assertEquals(
        "struct{head *node[int]; less func(a int, b int) bool}", s.string(list.underlying()));
    assertEquals("func(v int) *node[int]", s.string(list.method(0).type()));
    Named node = (Named) ((Pointer) ((Struct) list.underlying()).field(0).type()).elem();
    assertEquals(
        "struct{value int; next *node[int]; owner *List[int]; pair Pair[int, List[int]]}",
        s.string(node.underlying()));
    Interface set = (Interface) s.type("set").underlying();
    assertEquals("func(Set[string]) Set[string]", s.string(set.method(1).type()));
    assertSame(s.type("set"), set.method(0).signature().recv().type());
  }

  @Test
  void expansionComesBackToTheSameInstance() {
    Snippet s = Snippet.valid(LIST);
    Instantiator inst = new Instantiator(null);
    Named list = (Named) inst.instance(0, s.type("List"), List.of(Basic.STRING), null);
    Named node = (Named) ((Pointer) ((Struct) list.underlying()).field(0).type()).elem();
    Struct fields = (Struct) node.underlying();
    assertSame(node, ((Pointer) fields.field(1).type()).elem());
    assertSame(list, ((Pointer) fields.field(2).type()).elem());
  }

  @Test
  void threadsAgreeOnWhatAnInstanceIsMadeOf() throws InterruptedException, ExecutionException {
    Snippet s = Snippet.valid(LIST);
    int threads = 8;
    for (int round = 0; round < 50; round++) {
      Named list =
          (Named) new Instantiator(null).instance(0, s.type("List"), List.of(Basic.BOOL), null);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<List<Object>>> results = new ArrayList<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        for (int i = 0; i < threads; i++) {
          results.add(
              pool.submit(() -> {
                start.await();
                return List.of(list.underlying(), list.method(0), list.method(1));
              }));
        }
        start.countDown();
      }
      for (Future<List<Object>> r : results) {
        for (int i = 0; i < 3; i++) {
          assertSame(results.get(0).get().get(i), r.get().get(i));
        }
      }
    }
  }

  @Test
  void typeArgumentsAreInferred() {
    Snippet s =
        Snippet.valid(
            """
            type Num interface{ ~int | ~float64 }
            type Slice []string
            func mapTo[S ~[]E, E, R any](s S, f func(E) R) []R { return nil }
            func pair[A, B any](a A, b B) (A, B) { return a, b }
            func add[T Num](a, b T) T { return a }
            func id[T any](x T) T { return x }
            func apply[T any](x T, f func(T) T) T { return f(x) }
            var a = mapTo(Slice{}, func(s string) int { return 0 })
            var b, c = pair(1, "x")
            var d = add(1, 2.5)
            var e = apply(1.5, id)
            var f func(int) int = id
            """);
    assertEquals("[]int", s.string(s.type("a")));
    assertEquals("int", s.string(s.type("b")));
    assertEquals("string", s.string(s.type("c")));
    assertEquals("float64", s.string(s.type("d")));
    assertEquals("float64", s.string(s.type("e")));
  }

  /** The texts are those of the compiler. */
  @Test
  void wrongInstantiationsAreReported() {
    Snippet s =
        Snippet.of(
            """

            type Num interface{ ~int }
            func add[T Num](a, b T) T { return a }
            func none[T any]() {}
            type T1[P any] struct { f *T1[*P]; g T1[P] }
            func grow[T any](n int) { grow[*T](n - 1) }
            var a = add("x", "y")
            var b = add[int, int]
            func _() { none() }
            """);
    assertEquals(
        List.of(
            "5:38: invalid recursive type: T1 refers to itself",
            "7:12: string does not satisfy Num (string missing in ~int)",
            "8:18: got 2 type arguments but want 1",
            "9:16: in call to none, cannot infer T (declared at p.go:4:11)"),
        firstLines(s.errors()));
    Snippet cycle = Snippet.of("func grow[T any](n int) { grow[*T](n - 1) }");
    assertEquals(List.of("1:22: instantiation cycle:"), firstLines(cycle.errors()));
  }

  private static List<String> firstLines(List<String> errors) {
    List<String> lines = new ArrayList<>();
    for (String e : errors) {
      lines.add(e.lines().findFirst().orElse(""));
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void hugeChainsAreNoProblem() {
    StringBuilder source = new StringBuilder("var n = 0");
    for (int i = 0; i < 20_000; i++) {
      source.append("+ 1");
    }
    source.append("\nvar s = \"\"");
    for (int i = 0; i < 20_000; i++) {
      source.append("+ \"x\"");
    }
    Snippet s = Snippet.valid(source.append('\n').toString());
    assertTrue(Predicates.isString(s.type("s")));
  }
}
