package dev.escapade.tools.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Range;
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

  /** The rule c, whose fixes may bring findings of z. */
  private static final class Lenient implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("c", "", Question.OTHER, Severity.INFO);
    }

    @Override
    public Set<String> mayLeave() {
      return Set.of("z");
    }

    @Override
    public void check(RuleContext ctx) {}
  }

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

  /** A function of /a that allocates as often as there are letters, and twice for each "+". */
  private static FunctionCounts counts(byte[] content) {
    int allocs = 0;
    for (byte b : content) {
      allocs += Character.isLetter(b) ? 1 : b == '+' ? 2 : 0;
    }
    Range range = Range.exactly(allocs);
    var counts = new FunctionCounts();
    counts.put(
        "f",
        1,
        new Allocations(
            "a.f",
            "/a/a.go",
            new Outcome(dev.escapade.count.alloc.Cost.of(range, range), null),
            range));
    return counts;
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
    return new Verdicts(found, broken, counts(changed.getOrDefault("/a/a.go", bytes("abc"))));
  }

  private Prover prove(Finding... candidates) throws Exception {
    Verdicts before = analyse(Map.of());
    runs = 0;
    Prover prover = new Prover(this::analyse, before, FILES, List.of(new Lenient()));
    prover.prove(List.of(candidates));
    return prover;
  }

  @Test
  void whatHoldsIsTriedAtOnce() throws Exception {
    Prover p = prove(finding("/a/a.go", 0, "a", "1"), finding("/b/b.go", 1, "e", ""));
    assertEquals(2, p.kept().size());
    assertEquals(1, runs, "all at once");
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
  void fewLooksFindOneThatDoesNotHold() throws Exception {
    String letters = "abcdefghijklmnop";
    Map<String, byte[]> files = Map.of("/a/a.go", bytes(letters));
    List<Finding> all = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      String letter = letters.substring(i, i + 1);
      all.add(finding("/a/a.go", i, letter, letter.equals("k") ? "!" : "1"));
    }
    int[] looks = {0};
    Verdicts.Analyst analyst =
        changed -> {
          looks[0]++;
          String text = new String(changed.get("/a/a.go"), StandardCharsets.UTF_8);
          Set<String> broken = text.contains("!") ? Set.of("/a") : Set.of();
          return new Verdicts(List.of(), broken, new FunctionCounts());
        };
    Verdicts before = new Verdicts(all, Set.of(), new FunctionCounts());
    Prover p = new Prover(analyst, before, files, List.of());
    p.prove(all);
    assertEquals(List.of("k"), p.dropped().keySet().stream().map(Finding::rule).toList());
    assertEquals(15, p.kept().size());
    assertTrue(looks[0] <= 10, "as many as halving takes, not one for each fix: " + looks[0]);
  }

  /** A fix in line 1, with which a finding on allocations in line 2 appears. */
  private static int kept(Range before, Range after, String second) throws Exception {
    Finding fixed = finding("/a/a.go", 0, "a", "1" + second);
    Finding appears =
        new Finding(
            "t",
            Severity.INFO,
            Question.HOW_MANY,
            new Place("/a/a.go", 2, 1, 2, 2, 2, 3),
            "",
            "t",
            List.of(),
            Cost.NONE,
            null,
            false);
    var was = new FunctionCounts();
    was.put("/a/a.go", 2, before);
    var is = new FunctionCounts();
    is.put("/a/a.go", 2, after);
    Prover p =
        new Prover(
            _ -> new Verdicts(List.of(appears), Set.of(), is),
            new Verdicts(List.of(fixed), Set.of(), was),
            Map.of("/a/a.go", bytes("a\nb\n")),
            List.of());
    p.prove(List.of(fixed));
    return p.kept().size();
  }

  @Test
  void whatWasAllocatedBeforeIsNoNews() throws Exception {
    Range one = Range.exactly(1);
    Range two = Range.exactly(2);
    assertEquals(1, kept(one, one, ""), "the line allocates what it did");
    assertEquals(1, kept(Range.UNKNOWN, Range.UNKNOWN, ""));
    assertEquals(0, kept(Range.ZERO, one, ""), "it did not");
    assertEquals(0, kept(one, two, ""), "not as much");
    assertEquals(0, kept(one, one, "\nc"), "this line is the fix's own");
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
  void noFunctionAllocatesMore() throws Exception {
    Prover p = prove(finding("/a/a.go", 0, "a", "++"), finding("/a/a.go", 1, "b", "2"));
    assertEquals(List.of("b"), p.kept().stream().map(Finding::rule).toList());
    assertTrue(p.dropped().containsValue("a.f might allocate more: 6 instead of 3"));
    assertEquals(0, prove(finding("/a/a.go", 0, "a", "++")).promises().size());
  }

  @Test
  void whatSavesNothingIsDropped() throws Exception {
    Finding promised = promising(0, 2, "a", "+");
    Prover p = prove(promised);
    assertEquals(Map.of(promised, "a.f would still allocate 3"), p.dropped());
  }

  @Test
  void whatGrowsNowAndThenIsNotCertain() {
    var one = dev.escapade.count.alloc.Cost.of(Range.exactly(1), Range.exactly(8));
    var same = new Allocations("f", "/a/a.go", new Outcome(one, null), Range.exactly(1));
    assertTrue(same.isCertainlyAs(same));
    Outcome growing = new Outcome(one.plus(dev.escapade.count.alloc.Cost.AMORTIZED), null);
    var cached = new Allocations("f", "/a/a.go", growing, Range.exactly(1));
    assertTrue(!cached.isCertainlyAs(cached), "what fills a cache is not in the count");
  }

  @Test
  void whatIsSavedIsTold() throws Exception {
    Finding b = promising(1, 2, "b", "2");
    assertEquals(
        List.of("a call of the function: 3 -> 2 allocs"),
        prove(b).promises().stream().map(Promise::text).toList());
    Finding c = promising(2, 3, "c", "3");
    assertEquals(
        List.of(
            "a call of the function: 3 -> 1 allocs by 2 fixes",
            "a call of the function: 3 -> 1 allocs by 2 fixes"),
        prove(b, c).promises().stream().map(Promise::text).toList());
  }

  /** A finding in the function, with a cost of one allocation. */
  private static Finding promising(int from, int to, String rule, String replacement) {
    return new Finding(
        rule,
        Severity.INFO,
        Question.HOW_MANY,
        new Place("/a/a.go", 1, from + 1, 1, to + 1, from, to),
        "f",
        rule,
        List.of(),
        new Cost(1, Cost.UNKNOWN, false, null, ""),
        new Fix("", "", "", List.of(new TextEdit("/a/a.go", from, to, replacement))),
        false);
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
