package dev.escapade.tools.fix;

import dev.escapade.advice.finding.Finding;
import dev.escapade.count.Counter;
import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import dev.escapade.release.AllocationRules;
import dev.escapade.tools.count.FactsCollector;
import java.io.File;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the declared functions of the packages that are looked at allocate. */
public final class FunctionCounts {
  /** By the linker's name. */
  private final SortedMap<String, Allocations> byKey = new TreeMap<>();

  /** The keys of the functions of a file, by the lines where they are declared. */
  private final Map<String, NavigableMap<Integer, String>> byLine = new HashMap<>();

  /** The keys of the functions of a folder, in order. */
  private final Map<String, SortedSet<String>> byFolder = new HashMap<>();

  /** What is allocated in the lines of a file, each place passed once. */
  private final Map<String, Map<Integer, Range>> inLines = new HashMap<>();

  FunctionCounts() {}

  /** Counts what a build has collected; it may recurse deeply. */
  public static FunctionCounts of(FactsCollector collector, AllocationRules rules) {
    var counts = new FunctionCounts();
    for (FactsCollector.Part part : collector.parts()) {
      counts.add(new Counter(part.program(), rules), part.functions());
    }
    return counts;
  }

  private void add(Counter counter, List<Facts.Function> functions) {
    Set<String> declared = new HashSet<>();
    functions.stream().filter(f -> !f.literal()).forEach(f -> declared.add(f.key()));
    Map<String, Sum> sums = new HashMap<>();
    Map<String, Outcome> calls = new HashMap<>();
    for (Facts.Function f : functions) {
      Sum sum = sums.computeIfAbsent(around(f, declared), _ -> new Sum(this));
      calls.put(f.key(), counter.explain(f.key(), sum));
    }
    for (Facts.Function f : functions) {
      Outcome call = calls.get(f.key());
      Sum sum = sums.get(f.key());
      if (!f.literal() && call != null && sum != null) {
        put(
            f.key(),
            f.place().line(),
            new Allocations(f.name(), f.place().file(), call, sum.total));
      }
    }
  }

  void put(String key, int line, Allocations a) {
    byKey.put(key, a);
    byFolder.computeIfAbsent(folder(a.file()), _ -> new TreeSet<>()).add(key);
    byLine.computeIfAbsent(a.file(), _ -> new TreeMap<>()).putIfAbsent(line, key);
  }

  /** The declared function in which a literal stands; any other function itself. */
  private static String around(Facts.Function f, Set<String> declared) {
    String key = f.key();
    while (f.literal() && !declared.contains(key) && key.indexOf('.') >= 0) {
      key = key.substring(0, key.lastIndexOf('.'));
    }
    return key;
  }

  void put(String file, int line, Range allocs) {
    inLines.computeIfAbsent(file, _ -> new HashMap<>()).merge(line, allocs, Range::plus);
  }

  /** What the places in a line of a file allocate if each is passed once. */
  Range inLine(String file, int line) {
    return inLines.getOrDefault(file, Map.of()).getOrDefault(line, Range.ZERO);
  }

  /** The functions, by the linker's names. */
  SortedMap<String, Allocations> byKey() {
    return byKey;
  }

  /** The linker's names of the functions whose files are in a folder, in order. */
  SortedSet<String> inFolder(String folder) {
    return byFolder.getOrDefault(folder, Collections.emptySortedSet());
  }

  /** The folder of a file; the empty string if the path has none. */
  static String folder(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf(File.separatorChar)));
  }

  /** The name for the linker of the declared function that a finding is in, or null. */
  @Nullable String key(Finding f) {
    NavigableMap<Integer, String> lines = byLine.get(f.place().file());
    Map.Entry<Integer, String> entry =
        lines == null || f.function().isEmpty() ? null : lines.floorEntry(f.place().line());
    return entry == null ? null : entry.getValue();
  }

  /** Adds up the places of a function. */
  private static final class Sum implements Counter.Listener {
    private final FunctionCounts counts;
    private Range total = Range.ZERO;

    Sum(FunctionCounts counts) {
      this.counts = counts;
    }

    @Override
    public void site(Site site, Cost cost, Range times) {
      total = total.plus(cost.allocs().times(times));
      counts.put(site.place().file(), site.place().line(), cost.allocs());
    }

    @Override
    public void call(
        Place place,
        List<String> candidates,
        Outcome cost,
        Range times,
        Consumer<Counter.Listener> inner) {
      total = total.plus(cost.any().allocs().times(times));
      counts.put(place.file(), place.line(), cost.any().allocs());
    }
  }
}
