package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Walk;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is recorded about expressions for those who work with the checked package. */
class ExpressionFactsTest {
  /** The facts about each expression that is spelled {@code source}, in the order of the file. */
  private static List<String> facts(Snippet s, String source) {
    List<String> facts = new ArrayList<>();
    Walk.preorder(
        s.file(),
        n -> {
          if (n instanceof Expr e && ExprPrinter.toString(e).equals(source)) {
            TypeAndValue tv = s.info().typeAndValue(e);
            if (tv == null) {
              facts.add("nothing");
            } else {
              String value = tv.value() == null ? "" : " = " + tv.value();
              facts.add(tv.mode() + " " + s.string(tv.type()) + value);
            }
          }
          return true;
        });
    return facts;
  }

  private static String fact(String text, String source) {
    return facts(Snippet.valid(text), source).getFirst();
  }

  @Test
  void untypedConstantTakesTheTypeOfItsUse() {
    assertEquals("constant float64 = 1", fact("var x float64 = 1", "1"));
    assertEquals("constant int = 1", fact("var x any = 1", "1"));
    assertEquals("constant int8 = 1", fact("var a int8; var x = a + 1", "1"));
    assertEquals("constant uint16 = 7", fact("var x uint16 = 3 + 4", "3 + 4"));
    assertEquals("constant untyped int = 3", fact("var x uint16 = 3 + 4", "3"));
    assertEquals("constant string = \"a\"", fact("var x = []byte(\"a\")", "\"a\""));
    assertEquals("constant rune = 65", fact("const x = string(rune(65))", "65"));
  }

  @Test
  void operandOfAShiftTakesTheTypeOfTheWhole() {
    String text = "var n uint; var x int64 = (1 << n) + 2";
    assertEquals("constant int64 = 1", fact(text, "1"));
    assertEquals("value int64", fact(text, "1 << n"));
    assertEquals("value int64", fact(text, "(1 << n)"));
    assertEquals("constant int64 = 2", fact(text, "2"));
  }

  @Test
  void nilTakesTheTypeOfItsUse() {
    assertEquals("nil []int", fact("var x []int = nil", "nil"));
    assertEquals("nil *int", fact("var p *int; var x = p == nil", "nil"));
    assertEquals("nil func()", fact("func f(func()) {}; func g() { f(nil) }", "nil"));
  }

  @Test
  void comparisonsAreUntypedUntilUsed() {
    assertEquals("value bool", fact("var a int; var x = a == 1", "a == 1"));
    assertEquals("value B", fact("type B bool; var a int; var x B = a < 1", "a < 1"));
    assertEquals("constant bool = true", fact("var x = 1 < 2", "1 < 2"));
  }

  @Test
  void commaOkExpressionHasTwoTypesWhereTwoAreAssigned() {
    String text = "var m map[string]int; var v, ok = (m[\"a\"]); var w = m[\"b\"]";
    assertEquals("map index expression (int, bool)", fact(text, "m[\"a\"]"));
    assertEquals("map index expression (int, bool)", fact(text, "(m[\"a\"])"));
    assertEquals("map index expression int", fact(text, "m[\"b\"]"));
    assertEquals(
        "comma, ok expression (int, bool)", fact("var e any; var v, ok = e.(int)", "e.(int)"));
  }

  @Test
  void builtinHasTheSignatureOfItsCall() {
    assertEquals(
        "built-in func([]int, ...int) []int", fact("var s []int; var x = append(s, 1)", "append"));
    assertEquals(
        "built-in func([]byte, string...) []byte",
        fact("var s []byte; var x = append(s, \"a\"...)", "append"));
    assertEquals("built-in func([]int) int", fact("var s []int; var x = len(s)", "len"));
    assertEquals("built-in func(int) *int", fact("var x = new(int)", "new"));
  }

  @Test
  void rangeOverAnArrayForItsIndexIsConstant() {
    assertEquals(
        List.of("nothing", "constant int = 3"),
        facts(Snippet.valid("var a [3]int; func f() { for range a {} }"), "a"));
    assertEquals(
        List.of("nothing", "variable [3]int"),
        facts(Snippet.valid("var a [3]int; func f() { for _, x := range a { _ = x } }"), "a"));
  }

  @Test
  void instantiationIsRecordedWithInferredTypeArguments() {
    Snippet s =
        Snippet.valid(
            "func id[P any](p P) P { return p }; var x = id(\"a\"); var f func(int) int = id");
    List<String> instances = new ArrayList<>();
    Walk.preorder(
        s.file(),
        n -> {
          if (n instanceof Expr.Name name && s.info().instance(name) != null) {
            Instance inst = Objects.requireNonNull(s.info().instance(name));
            instances.add(inst.typeArgs() + " " + s.string(inst.type()));
          }
          return true;
        });
    assertEquals(List.of("[string] func(p string) string", "[int] func(p int) int"), instances);
  }

  @Test
  void selectionKnowsThePathToPromotedMethods() {
    Snippet s =
        Snippet.valid(
            "type E struct{}; func (*E) m() {}; type T struct{ a int; *E }; var f = T{}.m");
    List<Selection> selections = new ArrayList<>();
    Walk.preorder(
        s.file(),
        n -> {
          if (n instanceof Expr.SelectorExpr sel) {
            selections.add(Objects.requireNonNull(s.info().selection(sel)));
          }
          return true;
        });
    Selection m = selections.getFirst();
    assertEquals(SelectionKind.METHOD_VAL, m.kind());
    assertEquals(List.of(1, 0), Arrays.stream(m.index()).boxed().toList());
    assertTrue(m.indirect());
  }

  @Test
  void longChainsOfOperatorsAreChecked() {
    int n = 50_000;
    Snippet s =
        Snippet.valid(
            "const c = "
                + "\"a\" + ".repeat(n)
                + "\"\"; var i int; var x = "
                + "i + ".repeat(n)
                + "1");
    assertEquals(n, Constants.stringVal(((Const) s.obj("c")).val()).length());
    assertEquals(Basic.INT, s.type("x"));
  }

  @Test
  void typesThatEmbedEverNewInstancesOfThemselvesAreNotSearchedForever() {
    Snippet s =
        Snippet.of("type N[T any] struct { *N[struct{ t T }] }; var n N[int]; var x = n.missing");
    assertEquals(1, s.errors().size());
    assertTrue(s.errors().getFirst().contains("n.missing undefined"), s.errors().toString());
    assertNotNull(s.type("n"));
  }
}
