package dev.escapade.tools.count;

import dev.escapade.count.Counter;
import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import dev.escapade.release.AllocationRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The counts of some functions. */
public final class CountReport {
  private final List<CountEntry> entries;

  private CountReport(List<CountEntry> entries) {
    this.entries = entries;
  }

  static CountReport of(List<CountEntry> entries) {
    return new CountReport(List.copyOf(entries));
  }

  /** The counts, in the order of the source. */
  public List<CountEntry> entries() {
    return entries;
  }

  /** The counts that are not nothing. */
  public CountReport withAllocations() {
    return new CountReport(entries.stream().filter(e -> !e.outcome().any().isZero()).toList());
  }

  /** Counts {@code functions}, and tells which places and calls in them allocate. */
  public static CountReport of(Counter counter, Collection<Facts.Function> functions, int depth) {
    List<CountEntry> entries = new ArrayList<>();
    for (Facts.Function f : functions) {
      Collector collector = new Collector(depth, new HashSet<>(Set.of(f.key())));
      Outcome o = counter.explain(f.key(), collector);
      entries.add(new CountEntry(f, o, List.copyOf(collector.sites), List.copyOf(collector.calls)));
    }
    return of(sorted(entries));
  }

  private static List<CountEntry> sorted(List<CountEntry> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparing((CountEntry e) -> e.function().place().file())
                .thenComparingInt(e -> e.function().place().line())
                .thenComparingInt(e -> e.function().place().column())
                .thenComparing(e -> e.function().key()))
        .toList();
  }

  /**
   * Counts functions of the packages that the command line names.
   *
   * @param wanted which ones
   * @param depth how far to look into the calls
   */
  public static CountReport ofRoots(
      FactsCollector collector,
      AllocationRules rules,
      Predicate<Facts.Function> wanted,
      int depth) {
    List<CountEntry> entries = new ArrayList<>();
    for (FactsCollector.Part part : collector.parts()) {
      List<Facts.Function> functions = part.functions().stream().filter(wanted).toList();
      if (!functions.isEmpty()) {
        entries.addAll(of(new Counter(part.program(), rules), functions, depth).entries());
      }
    }
    return of(sorted(entries));
  }

  /** Counts all declared functions of the packages that the command line names. */
  public static CountReport ofRoots(FactsCollector collector, AllocationRules rules) {
    return ofRoots(collector, rules, f -> !f.literal(), 0);
  }

  /** Collects where the cost of a function comes from. */
  private static final class Collector implements Counter.Listener {
    private final SequencedSet<CountEntry.SiteCost> sites = new LinkedHashSet<>();
    private final SequencedSet<CountEntry.CallCost> calls = new LinkedHashSet<>();
    private final int depth;

    /** The functions that are told already: each one once. */
    private final Set<String> told;

    Collector(int depth, Set<String> told) {
      this.depth = depth;
      this.told = told;
    }

    @Override
    public void site(Site site, Cost cost, Range times) {
      sites.add(new CountEntry.SiteCost(site, cost, times));
    }

    @Override
    public void call(
        Place place,
        List<String> candidates,
        Outcome cost,
        Range times,
        Consumer<Counter.Listener> inner) {
      Collector below = new Collector(depth - 1, told);
      if (depth > 0 && candidates.size() == 1 && told.add(candidates.get(0))) {
        inner.accept(below);
      }
      calls.add(
          new CountEntry.CallCost(
              place, candidates, cost, times, List.copyOf(below.sites), List.copyOf(below.calls)));
    }
  }
}
