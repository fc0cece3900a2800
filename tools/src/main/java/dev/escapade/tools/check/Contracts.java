package dev.escapade.tools.check;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.count.Counter;
import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.Program;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import dev.escapade.release.AllocationRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Promises about functions and all that they call: {@code //escapade:noalloc}, {@code
 * //escapade:allocs N} and gVisor's {@code // +checkescape}, each in a comment before the function.
 * They are kept if the count of allocations per call is known to be small enough.
 */
public final class Contracts {
  private static final Pattern COMMENT =
      Pattern.compile("^//\\s*(?:escapade:(\\w+)|\\+checkescape\\b)[ \\t]*([^\\s/]*)");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** The rule to which all this belongs. */
  public static final String RULE = "contract-violated";

  private static final int MAX_STEPS = 20;

  /** A promise about the function that is declared in a line. */
  private record Contract(String file, int line, int column, long most) {}

  private final List<Contract> contracts = new ArrayList<>();
  private final List<Finding> unreadable = new ArrayList<>();
  private final Map<String, Integer> budgets;

  /**
   * The promises in some files.
   *
   * @param files by their paths
   * @param budgets how many allocations a call of a function may make, by its name
   */
  public Contracts(Map<String, byte[]> files, Map<String, Integer> budgets) {
    this.budgets = budgets;
    new TreeMap<>(files)
        .forEach((file, content) -> {
          String text = new String(content, StandardCharsets.UTF_8);
          if (arePossible(text)) {
            collect(file, text.split("\n", -1));
          }
        });
  }

  /** Reports whether a file may have promises. */
  static boolean arePossible(String text) {
    return text.contains("escapade:") || text.contains("+checkescape");
  }

  private void collect(String file, String[] lines) {
    for (int i = 0; i < lines.length; i++) {
      Matcher m = COMMENT.matcher(lines[i]);
      if (!m.find()) {
        continue;
      }
      int next = i + 1;
      while (next < lines.length && lines[next].startsWith("//")) {
        next++;
      }
      boolean isBeforeFunction = next < lines.length && lines[next].startsWith("func ");
      String wrong = wrong(m, isBeforeFunction);
      if (wrong != null) {
        unreadable.add(violation(new Place(file, i + 1, 1, i + 1, m.end() + 1, 0, 0), wrong));
      } else if (isBeforeFunction) {
        long most = "allocs".equals(m.group(1)) ? Long.parseLong(m.group(2)) : 0;
        contracts.add(new Contract(file, next + 1, 1, most));
      }
    }
  }

  /** Why a comment promises nothing, though it looks as if it did; or null. */
  private static @Nullable String wrong(Matcher m, boolean isBeforeFunction) {
    String kind = m.group(1);
    if (kind == null) {
      return null; // of another tool, which has other forms of it
    }
    if (kind.equals("allocs") && !NUMBER.matcher(m.group(2)).matches()) {
      return "//escapade:allocs wants a number of at most nine digits"
          + (m.group(2).isEmpty() ? "" : ", not " + m.group(2));
    }
    if (!kind.equals("allocs") && !kind.equals("noalloc")) {
      return "//escapade:"
          + kind
          + " is no promise: //escapade:noalloc and //escapade:allocs N are";
    }
    return isBeforeFunction ? null : "//escapade:" + kind + " stands before no function";
  }

  private static Finding violation(Place place, String message) {
    return new Finding(
        RULE,
        Severity.ERROR,
        Question.HOW_MANY,
        place,
        "",
        message,
        List.of(),
        Cost.NONE,
        null,
        false);
  }

  /** The comments that look like promises, but cannot be read as one. */
  public List<Finding> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Reports whether there are none. */
  public boolean isEmpty() {
    return contracts.isEmpty() && budgets.isEmpty();
  }

  /**
   * What is not kept.
   *
   * @param asked the functions of the program that may promise something
   */
  public List<Finding> violations(
      Program program, Collection<Facts.Function> asked, AllocationRules rules) {
    Counter counter = new Counter(program, rules);
    List<Finding> findings = new ArrayList<>();
    for (Contract c : contracts) {
      for (Facts.Function f : asked) {
        if (f.place().line() == c.line && f.place().file().equals(c.file) && !f.literal()) {
          Finding finding = check(counter, c, f);
          if (finding != null) {
            findings.add(finding);
          }
        }
      }
    }
    if (!budgets.isEmpty()) {
      for (Facts.Function f : program.functions()) {
        Integer most = f.literal() ? null : budget(f.name());
        dev.escapade.count.alloc.Place place = f.place();
        Finding finding =
            most == null
                ? null
                : check(counter, new Contract(place.file(), place.line(), 1, most), f);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
    return findings;
  }

  /** The budget of a function, with the package's whole path or only its last part; or null. */
  private @Nullable Integer budget(String name) {
    Integer most = budgets.get(name);
    return most != null ? most : budgets.get(name.substring(name.lastIndexOf('/') + 1));
  }

  private static @Nullable Finding check(Counter counter, Contract c, Facts.Function f) {
    List<CauseStep> steps = new ArrayList<>();
    Outcome outcome =
        counter.explain(
            f.key(),
            new Counter.Listener() {
              @Override
              public void site(Site site, dev.escapade.count.alloc.Cost cost, Range times) {
                if (!cost.isZero()) {
                  add(steps, site.place(), site.what() + ": " + allocations(cost.allocs()));
                }
              }

              @Override
              public void call(
                  dev.escapade.count.alloc.Place place,
                  List<String> candidates,
                  Outcome cost,
                  Range times,
                  Consumer<Counter.Listener> inside) {
                if (!cost.any().isZero()) {
                  add(
                      steps,
                      place,
                      "calls "
                          + String.join(" or ", candidates)
                          + ": "
                          + allocations(cost.any().allocs()));
                }
              }
            });
    Range allocs = outcome.any().allocs();
    boolean kept =
        allocs.high() != null && allocs.high().isConstant() && allocs.high().constant() <= c.most;
    if (kept) {
      return null;
    }
    String promise =
        c.most == 0 ? "nothing" : c.most == 1 ? "at most once" : "at most " + c.most + " times";
    return new Finding(
        RULE,
        Severity.ERROR,
        Question.HOW_MANY,
        new Place(c.file, c.line, c.column, c.line, c.column, 0, 0),
        f.name(),
        f.name() + " is to allocate " + promise + ", but it may allocate " + times(allocs),
        steps,
        new Cost(
            allocs.number() >= 0 ? allocs.number() : Cost.UNKNOWN,
            Cost.UNKNOWN,
            false,
            null,
            String.join("; ", outcome.any().open())),
        null,
        false);
  }

  private static String times(Range allocs) {
    return isKnown(allocs)
        ? allocs + (allocs.toString().equals("1") ? " time" : " times")
        : "more often than can be told";
  }

  private static String allocations(Range allocs) {
    return isKnown(allocs)
        ? allocs + (allocs.toString().equals("1") ? " allocation" : " allocations")
        : "nobody can tell how many allocations";
  }

  private static boolean isKnown(Range allocs) {
    return !allocs.toString().equals("?");
  }

  private static void add(
      List<CauseStep> steps, dev.escapade.count.alloc.Place place, String text) {
    if (steps.size() < MAX_STEPS && !place.file().isEmpty()) {
      CauseStep step =
          new CauseStep(
              new Place(
                  place.file(), place.line(), place.column(), place.line(), place.column(), 0, 0),
              text);
      if (!steps.contains(step)) {
        steps.add(step);
      }
    }
  }
}
