package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Fields and methods are found as Go's selectors find them (Go spec, "Selectors"). */
class LookupTest {
  private final Snippet s =
      Snippet.valid(
          """
          type Inner struct{ deep, hidden int }
          func (Inner) value() {}
          func (*Inner) pointer() {}
          type Left struct{ *Inner; twice int }
          type Right struct{ twice int }
          type Outer struct{ Left; Right; hidden string }
          type Rec struct{ *Rec; x int }
          type PtrTo *Outer
          type I interface{ im() }
          type Holder struct{ I }
          type G[T any] struct{ field T }
          func (g *G[T]) get() T { return g.field }
          type Gi struct{ G[int] }
          """);

  private Lookup.Result find(String type, String name) {
    return Lookup.lookupFieldOrMethod(s.type(type), false, s.pkg(), name);
  }

  @Test
  void promotedFieldIsReachedThroughThePath() {
    Lookup.Result r = find("Outer", "deep");
    assertEquals("deep", r.obj().name());
    assertArrayEquals(new int[] {0, 0, 0}, r.index());
    assertTrue(r.indirect(), "through *Inner");
  }

  @Test
  void fieldAtLessDepthHidesDeeperOnes() {
    assertArrayEquals(new int[] {2}, find("Outer", "hidden").index());
    assertEquals("string", find("Outer", "hidden").obj().type().toString());
  }

  @Test
  void twoAtTheSameDepthAreAmbiguous() {
    Lookup.Result r = find("Outer", "twice");
    assertNull(r.obj());
    assertTrue(r.isAmbiguous());
  }

  @Test
  void pointerMethodNeedsAPointerOrAnAddress() {
    assertNotNull(find("Outer", "pointer").obj(), "the embedded field is a pointer");
    Lookup.Result r = find("Inner", "pointer");
    assertNull(r.obj());
    assertTrue(r.indirect());
    Type inner = s.type("Inner");
    assertNotNull(Lookup.lookupFieldOrMethod(inner, true, s.pkg(), "pointer").obj());
    assertNotNull(Lookup.lookupFieldOrMethod(new Pointer(inner), false, s.pkg(), "pointer").obj());
  }

  @Test
  void definedPointerTypeHasFieldsButNoMethods() {
    assertNotNull(find("PtrTo", "deep").obj());
    assertNull(find("PtrTo", "value").obj());
  }

  @Test
  void recursiveEmbeddingEnds() {
    assertNotNull(find("Rec", "x").obj());
    assertNull(find("Rec", "nothing").obj());
  }

  @Test
  void unexportedNamesOfOtherPackagesAreDifferent() {
    Package other = new Package("example.org/q", "q");
    Type inner = s.type("Inner");
    assertNull(Lookup.lookupFieldOrMethod(inner, false, other, "deep").obj());
    assertNotNull(Lookup.lookupFieldOrMethod(inner, false, other, "DEEP", true).obj());
  }

  @Test
  void methodOfAnEmbeddedInstanceHasTheTypeArgument() {
    Lookup.Result r = Lookup.lookupFieldOrMethod(s.type("Gi"), true, s.pkg(), "get");
    assertEquals("func() int", r.obj().type().toString());
    assertEquals("func() T", ((Func) r.obj()).origin().type().toString());
  }

  @Test
  void missingMethodSaysWhatIsWrong() {
    MissingMethods methods = new MissingMethods(null);
    Snippet t =
        Snippet.valid(
            """
            type I interface{ m(int) }
            type Wrong struct{}
            func (Wrong) m(string) {}
            type Ptr struct{}
            func (*Ptr) m(int) {}
            type Field struct{ m int }
            type Other struct{}
            func (Other) M(int) {}
            type Good struct{ I }
            """);
    assertEquals(
        "(wrong type for method m)\n\t\thave m(string)\n\t\twant m(int)",
        cause(methods, t, "Wrong"));
    assertEquals("(method m has pointer receiver)", cause(methods, t, "Ptr"));
    assertEquals("(example.org/p.Field.m is a field, not a method)", cause(methods, t, "Field"));
    assertEquals(
        "(missing method m)\n\t\thave M(int)\n\t\twant m(int)", cause(methods, t, "Other"));
    assertEquals("", cause(methods, t, "Good"));
  }

  private static String cause(MissingMethods methods, Snippet t, String type) {
    Cause cause = new Cause();
    boolean all = methods.hasAll(t.type(type), t.type("I"), true, Predicates::identical, cause);
    assertEquals(all, cause.text.isEmpty());
    return cause.text;
  }

  @Test
  void selectionGivesTheTypeOfTheMethodValue() {
    Selection sel = Lookup.lookupSelection(s.type("Holder"), false, s.pkg(), "im");
    assertEquals(SelectionKind.METHOD_VAL, sel.kind());
    assertEquals("method (example.org/p.Holder) im()", sel.toString());
    assertFalse(sel.indirect());
  }
}
