package dev.escapade.tools.count;

import dev.escapade.count.Counter;
import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The counts of some functions. */
public final class CountReport {
  private final List<CountEntry> entries;

  private CountReport(List<CountEntry> entries) {
    this.entries = entries;
  }

  /** The counts, in the order of the source. */
  public List<CountEntry> entries() {
    return entries;
  }

  /** The counts that are not nothing. */
  public CountReport withAllocations() {
    return new CountReport(entries.stream().filter(e -> !e.outcome().any().isZero()).toList());
  }

  /** Counts {@code functions}. */
  public static CountReport of(Counter counter, Collection<Facts.Function> functions) {
    List<Facts.Function> sorted = new ArrayList<>(functions);
    sorted.sort(
        Comparator.comparing((Facts.Function f) -> f.place().file())
            .thenComparingInt(f -> f.place().line())
            .thenComparingInt(f -> f.place().column())
            .thenComparing(Facts.Function::key));
    List<CountEntry> entries = new ArrayList<>();
    for (Facts.Function f : sorted) {
      entries.add(entry(counter, f));
    }
    return new CountReport(List.copyOf(entries));
  }

  private static CountEntry entry(Counter counter, Facts.Function f) {
    List<CountEntry.SiteCost> sites = new ArrayList<>();
    List<CountEntry.CallCost> calls = new ArrayList<>();
    Outcome o =
        counter.explain(
            f.key(),
            new Counter.Listener() {
              @Override
              public void site(Site site, Cost cost, Range times) {
                var found = new CountEntry.SiteCost(site, cost, times);
                if (!sites.contains(found)) {
                  sites.add(found);
                }
              }

              @Override
              public void call(Place place, List<String> candidates, Outcome cost, Range times) {
                var found = new CountEntry.CallCost(place, candidates, cost, times);
                if (!calls.contains(found)) {
                  calls.add(found);
                }
              }
            });
    return new CountEntry(f, o, List.copyOf(sites), List.copyOf(calls));
  }
}
