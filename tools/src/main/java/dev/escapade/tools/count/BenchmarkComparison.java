package dev.escapade.tools.count;

import dev.escapade.count.BenchmarkLoop;
import dev.escapade.count.Counter;
import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.Program;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Range;
import dev.escapade.load.GoPackage;
import dev.escapade.release.AllocationRules;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is claimed of the loops of benchmarks with what was measured. A claim is a number,
 * or a range with an upper bound; how many ranges are narrow is told, too.
 */
public final class BenchmarkComparison {
  /** How a claim fares. */
  public enum Verdict {
    /** The number is right. */
    EXACT,
    /** The range contains the measured number. */
    CONTAINED,
    /** It is wrong. */
    WRONG,
    /** It is wrong, and says that nothing is allocated. */
    WRONG_ZERO,
    /** There is no upper bound. */
    UNKNOWN,
    /** The loop ran so rarely that what is done once counts. */
    TOO_SLOW,
    /** No loop of the testing package was found. */
    NO_LOOP
  }

  /** With fewer rounds, what is allocated once or for warming up would show. */
  private static final long MIN_ROUNDS = 100;

  /** A range is narrow if it is not wider than this, or than its lower bound. */
  private static final long MAX_WIDTH = 8;

  /**
   * A benchmark.
   *
   * @param claim what is claimed, or null
   */
  public record Line(Benchmarks.Result measured, @Nullable Outcome claim, Verdict verdict) {}

  private final FactsCollector collector;
  private final AllocationRules rules;
  private final Map<String, Program> programs = new HashMap<>();
  private final Map<String, List<BenchmarkLoop>> loops = new HashMap<>();

  /** Compares with what {@code collector} has collected of packages with their tests. */
  public BenchmarkComparison(FactsCollector collector, AllocationRules rules) {
    this.collector = collector;
    this.rules = rules;
  }

  /** Compares the results. */
  public List<Line> compare(List<Benchmarks.Result> results) {
    List<Line> lines = new ArrayList<>();
    for (Benchmarks.Result r : results) {
      List<BenchmarkLoop> all = loops.computeIfAbsent(r.pkg() + " " + r.function(), _ -> loops(r));
      String name = r.name().substring(r.function().length());
      List<BenchmarkLoop> own = all.stream().filter(l -> l.mayBeOf(name)).toList();
      Outcome claim = claim(own);
      lines.add(new Line(r, claim, verdict(r, rounds(r, own), claim)));
    }
    return lines;
  }

  /** How many rounds the loops made, the one that made the fewest. */
  private static long rounds(Benchmarks.Result r, List<BenchmarkLoop> loops) {
    long most = 1;
    for (BenchmarkLoop l : loops) {
      most = Math.max(most, l.operations());
    }
    return r.rounds() / most;
  }

  private static Verdict verdict(Benchmarks.Result r, long rounds, @Nullable Outcome claim) {
    if (claim == null) {
      return Verdict.NO_LOOP;
    }
    if (rounds < MIN_ROUNDS) {
      return Verdict.TOO_SLOW;
    }
    Range allocs = claimed(claim);
    if (allocs == null) {
      return Verdict.UNKNOWN;
    }
    long low = allocs.low().constant();
    Formula most = allocs.high();
    long high = most == null ? Long.MAX_VALUE : most.constant();
    if (r.allocs() < low || r.allocs() > high) {
      return high == 0 ? Verdict.WRONG_ZERO : Verdict.WRONG;
    }
    return low == high ? Verdict.EXACT : Verdict.CONTAINED;
  }

  /** What is claimed, or null if nothing is. */
  private static @Nullable Range claimed(Outcome claim) {
    if (claim.normal() == null) {
      return null; // It has run to its end, so that it never returns is no number of anything.
    }
    Range r = bounded(claim.any());
    if (r != null) {
      return r;
    }
    Range normal = bounded(claim.normal());
    return normal == null || normal.isZero() ? null : normal;
  }

  private static @Nullable Range bounded(Cost c) {
    Formula high = c.allocs().high();
    if (high == null || !high.isConstant()) {
      return null;
    }
    Range spare = c.spare().orNothing();
    if (!spare.isBounded()) {
      return null;
    }
    Range r = c.allocs().plus(spare);
    Formula most = r.high();
    if (most == null || !most.isConstant()) {
      return null;
    }
    // What is kept may grow now and then.
    return c.amortized() ? r.plus(Range.between(0, 1)) : r;
  }

  private static boolean isNarrow(Line line) {
    Range r = line.claim() == null ? null : claimed(line.claim());
    if (r == null || r.high() == null) {
      return false;
    }
    long low = r.low().constant();
    return r.high().constant() - low <= Math.max(MAX_WIDTH, low);
  }

  /** The claim of the loops that may be those of a benchmark; null if there are none. */
  private static @Nullable Outcome claim(List<BenchmarkLoop> loops) {
    Outcome claim = null;
    for (BenchmarkLoop l : loops) {
      claim = claim == null ? l.operation() : or(claim, l.operation());
    }
    return claim;
  }

  /** The loops of a benchmark, and of the function literals in it. */
  private List<BenchmarkLoop> loops(Benchmarks.Result r) {
    Set<String> literals = new TreeSet<>();
    Set<String> done = new TreeSet<>();
    List<String> todo = new ArrayList<>();
    for (Map.Entry<GoPackage, Facts> e : collector.facts().entrySet()) {
      if (e.getKey().forTest().equals(r.pkg())) {
        for (String key : e.getValue().functions().keySet()) {
          if (key.endsWith("." + r.function())) {
            todo.add(key);
          }
          literals.add(key);
        }
      }
    }
    Counter counter =
        new Counter(programs.computeIfAbsent(r.pkg(), this::program), rules, List.copyOf(todo));
    List<BenchmarkLoop> found = new ArrayList<>();
    while (!todo.isEmpty()) {
      String key = todo.removeFirst();
      if (!done.add(key)) {
        continue;
      }
      found.addAll(counter.loops(key, key.endsWith("." + r.function())));
      Set<String> reached = counter.reached(key);
      done.addAll(reached);
      for (String literal : literals) {
        if (!done.contains(literal) && isWithin(literal, reached)) {
          todo.add(literal);
        }
      }
    }
    return found;
  }

  /** Where the claims come from of the benchmarks whose names contain {@code name}. */
  public CountReport explain(List<Benchmarks.Result> results, String name, int depth) {
    Set<String> pkgs = new TreeSet<>();
    results.forEach(r -> pkgs.add(r.pkg()));
    List<CountEntry> entries = new ArrayList<>();
    for (Map.Entry<GoPackage, Facts> e : collector.facts().entrySet()) {
      String pkg = e.getKey().forTest();
      if (pkgs.contains(pkg)) {
        for (Facts.Function f : e.getValue().functions().values()) {
          if (f.key().contains("." + name) && f.key().contains("Benchmark")) {
            Program program = programs.computeIfAbsent(pkg, this::program);
            String start = f.key().replaceAll("\\.func\\d.*", "");
            Counter counter = new Counter(program, rules, List.of(start));
            entries.addAll(CountReport.of(counter, List.of(f), depth).entries());
          }
        }
      }
    }
    return CountReport.of(entries);
  }

  /** Reports whether a function literal stands in one of {@code functions}. */
  private static boolean isWithin(String literal, Set<String> functions) {
    for (int dot = literal.lastIndexOf('.'); dot > 0; dot = literal.lastIndexOf('.', dot - 1)) {
      if (functions.contains(literal.substring(0, dot))) {
        return true;
      }
    }
    return false;
  }

  private static Outcome or(Outcome a, Outcome b) {
    return new Outcome(or(a.normal(), b.normal()), or(a.failed(), b.failed()));
  }

  private static @Nullable Cost or(@Nullable Cost a, @Nullable Cost b) {
    return a == null ? b : b == null ? a : a.or(b);
  }

  private Program program(String pkg) {
    List<GoPackage> roots = new ArrayList<>();
    for (GoPackage p : collector.facts().keySet()) {
      if (p.forTest().equals(pkg)) {
        roots.add(p);
      }
    }
    return collector.program(roots);
  }

  /** Prints the results by verdict. */
  public static void print(List<Line> lines, boolean verbose, PrintStream out) {
    Map<String, EnumMap<Verdict, Integer>> byPackage = new LinkedHashMap<>();
    EnumMap<Verdict, Integer> total = new EnumMap<>(Verdict.class);
    for (Line line : lines) {
      byPackage
          .computeIfAbsent(line.measured().pkg(), _ -> new EnumMap<>(Verdict.class))
          .merge(line.verdict(), 1, Integer::sum);
      total.merge(line.verdict(), 1, Integer::sum);
      boolean wrong = line.verdict() == Verdict.WRONG || line.verdict() == Verdict.WRONG_ZERO;
      if (verbose || wrong) {
        out.printf(
            "%-10s %s.%s: measured %d, claimed %s%n",
            line.verdict().name().toLowerCase(Locale.ROOT),
            line.measured().pkg(),
            line.measured().name(),
            line.measured().allocs(),
            line.claim() == null ? "nothing" : CountText.summary(line.claim()));
      }
    }
    byPackage.forEach((pkg, counts) -> out.println(pkg + ": " + summary(counts)));
    out.println("total: " + summary(total));
    int right = count(total, Verdict.EXACT) + count(total, Verdict.CONTAINED);
    int claimed = right + count(total, Verdict.WRONG) + count(total, Verdict.WRONG_ZERO);
    int comparable = claimed + count(total, Verdict.UNKNOWN) + count(total, Verdict.NO_LOOP);
    long narrow =
        lines.stream()
            .filter(l ->
                (l.verdict() == Verdict.EXACT || l.verdict() == Verdict.CONTAINED) && isNarrow(l))
            .count();
    out.printf(
        Locale.ROOT,
        "claims: %.1f%% of %d benchmarks (%.1f%% narrow); right: %.1f%% of %d claims;"
            + " wrong zeros: %d%n",
        percent(claimed, comparable),
        comparable,
        percent((int) narrow, comparable),
        percent(right, claimed),
        claimed,
        count(total, Verdict.WRONG_ZERO));
  }

  private static String summary(Map<Verdict, Integer> counts) {
    StringBuilder b = new StringBuilder();
    counts.forEach((v, n) ->
        b.append(b.isEmpty() ? "" : ", ")
            .append(n)
            .append(' ')
            .append(v.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    return b.toString();
  }

  private static int count(Map<Verdict, Integer> counts, Verdict v) {
    return counts.getOrDefault(v, 0);
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 100 : 100.0 * part / whole;
  }
}
