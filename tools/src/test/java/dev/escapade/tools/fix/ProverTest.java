package dev.escapade.tools.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which fixes stay, with an analyst that finds letters: each is a finding until it is replaced. */
final class ProverTest {
  private static final Map<String, byte[]> FILES =
      Map.of("/a/a.go", bytes("abc"), "/b/b.go", bytes("def"));

  private int runs;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Finding finding(String file, int at, String letter, String replacement) {
    return new Finding(
        letter,
        Severity.INFO,
        Question.OTHER,
        new Place(file, 1, at + 1, 1, at + 2, at, at + 1),
        "",
        letter,
        List.of(),
        Cost.NONE,
        new Fix("", "", "", List.of(new TextEdit(file, at, at + 1, replacement))),
        false);
  }

  /** Letters are findings; "!" breaks the package, "?" in any file makes the finding x in /b. */
  private Verdicts analyse(Map<String, byte[]> changed) {
    runs++;
    List<Finding> found = new ArrayList<>();
    Set<String> broken = new HashSet<>();
    FILES.forEach((file, content) -> {
      String text = new String(changed.getOrDefault(file, content), StandardCharsets.UTF_8);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '!') {
          broken.add(file.substring(0, 2));
        } else if (c == '?') {
          found.add(finding("/b/b.go", 0, "x", ""));
        } else if (Character.isLetter(c)) {
          found.add(finding(file, i, String.valueOf(c), ""));
        }
      }
    });
    return new Verdicts(found, broken);
  }

  private Prover prove(Finding... candidates) throws Exception {
    Verdicts before = analyse(Map.of());
    runs = 0;
    Prover prover = new Prover(this::analyse, before, FILES, Map.of("c", Set.of("z")));
    prover.prove(List.of(candidates));
    return prover;
  }

  @Test
  void whatHoldsIsTriedAtOnce() throws Exception {
    Prover p = prove(finding("/a/a.go", 0, "a", "1"), finding("/b/b.go", 1, "e", ""));
    assertEquals(2, p.kept().size());
    assertEquals(2, runs, "once for all, once for what is left of them");
    assertEquals("1bc", new String(p.changes().get("/a/a.go"), StandardCharsets.UTF_8));
    assertEquals("df", new String(p.changes().get("/b/b.go"), StandardCharsets.UTF_8));
  }

  @Test
  void whatDoesNotHoldIsFoundAmongTheOthers() throws Exception {
    Prover p =
        prove(
            finding("/a/a.go", 0, "a", "!"),
            finding("/a/a.go", 1, "b", "b"),
            finding("/a/a.go", 2, "c", "3"),
            finding("/b/b.go", 0, "d", "q"));
    assertEquals(List.of("c"), p.kept().stream().map(Finding::rule).toList());
    assertEquals(
        List.of(
            "the package would not type-check any more",
            "it would bring another finding: q",
            "the finding would stay: b"),
        p.dropped().values().stream().toList());
  }

  @Test
  void aRuleSaysWhatItsFixesMayLeave() throws Exception {
    assertEquals(1, prove(finding("/a/a.go", 2, "c", "z")).kept().size());
    assertEquals(0, prove(finding("/a/a.go", 1, "b", "z")).kept().size());
  }

  @Test
  void whatIsFeltElsewhereIsDropped() throws Exception {
    Prover p = prove(finding("/a/a.go", 0, "a", "?"), finding("/a/a.go", 1, "b", "2"));
    assertEquals(List.of("b"), p.kept().stream().map(Finding::rule).toList());
    assertTrue(p.dropped().containsValue("it would bring another finding: x"));
  }

  @Test
  void fixesDoNotOverlap() throws Exception {
    Finding whole =
        new Finding(
            "b",
            Severity.INFO,
            Question.OTHER,
            new Place("/a/a.go", 1, 1, 1, 4, 0, 3),
            "",
            "b",
            List.of(),
            Cost.NONE,
            new Fix("", "", "", List.of(new TextEdit("/a/a.go", 0, 3, "1"))),
            false);
    Prover p = prove(finding("/a/a.go", 0, "a", "1"), whole);
    assertEquals(List.of("a"), p.kept().stream().map(Finding::rule).toList());
    assertEquals(1, p.dropped().size());
  }
}
