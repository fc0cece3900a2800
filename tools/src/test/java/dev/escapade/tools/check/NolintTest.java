package dev.escapade.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which findings a comment silences depends on where it stands and what it names. */
final class NolintTest {
  private static final String SOURCE =
      """
      package p

      func f() {
      	g(1) //nolint:defer-in-loop // on purpose
      	//nolint:struct-padding,defer-in-loop
      	g(2)
      	s := "//nolint"
      }

      //nolint
      func g(n int) {
      	h()
      }

      //nolint:unparam // of another tool

      //nolint:defer-in-loop
      func one() { h() }

      func two() {
      	h()
      }
      """;

  private static Nolint nolint() {
    return new Nolint("/p/a.go", SOURCE.getBytes(StandardCharsets.UTF_8));
  }

  private static Finding finding(String rule, int line) {
    return new Finding(
        rule,
        Severity.INFO,
        Question.WHERE,
        new Place("/p/a.go", line, 2, line, 3, 0, 1),
        "f",
        "message",
        List.of(),
        Cost.NONE,
        null,
        false);
  }

  @Test
  void behindCodeItIsAboutItsLine() {
    assertTrue(nolint().silences(finding("defer-in-loop", 4)));
    assertFalse(nolint().silences(finding("struct-padding", 4)));
    assertFalse(nolint().silences(finding("defer-in-loop", 3)));
  }

  @Test
  void aloneItIsAboutTheNextLineOrFunction() {
    assertTrue(nolint().silences(finding("struct-padding", 6)));
    assertFalse(nolint().silences(finding("struct-padding", 7)));
    assertTrue(nolint().silences(finding("defer-in-loop", 12)));
    assertFalse(nolint().silences(finding("defer-in-loop", 15)));
    assertTrue(nolint().silences(finding("defer-in-loop", 18)));
    assertFalse(nolint().silences(finding("defer-in-loop", 21)));
  }

  @Test
  void whatSilencesNothingIsReported() {
    Nolint nolint = nolint();
    assertTrue(nolint.silences(finding("defer-in-loop", 4)));
    List<Finding> unused = nolint.unused(Set.of("defer-in-loop", "struct-padding"));
    assertEquals(List.of(5, 17), unused.stream().map(f -> f.place().line()).toList());
  }
}
