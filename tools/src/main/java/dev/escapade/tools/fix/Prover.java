package dev.escapade.tools.fix;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.TextEdit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fixes stay.
 *
 * <p>All are tried at once, for most of them hold. Where a package does not come out as it should,
 * its fixes are tried by halves, those of different packages together, until the bad ones are
 * alone. In the end all that were kept are looked at together once more, as a change in one package
 * may be felt in another.
 */
public final class Prover {
  private final Verdicts.Analyst analyst;
  private final Verdicts before;
  private final Map<String, byte[]> contents;
  private final Objections objections;
  private final List<Finding> kept = new ArrayList<>();
  private final Map<Finding, String> dropped = new LinkedHashMap<>();

  /** What functions allocate with the fixes that are kept. */
  private FunctionCounts fixed = new FunctionCounts();

  /**
   * A prover.
   *
   * @param before what the analyst says of the unchanged code
   * @param contents the content of every file that may be changed
   * @param rules what is known of the rules whose findings are fixed
   */
  public Prover(
      Verdicts.Analyst analyst, Verdicts before, Map<String, byte[]> contents, List<Rule> rules) {
    this.analyst = analyst;
    this.before = before;
    this.contents = contents;
    objections = new Objections(before, contents, rules);
  }

  /** The findings whose fixes hold, together, in their order. */
  public List<Finding> kept() {
    return kept;
  }

  /** What the fixes that are kept will save, in the order of their findings. */
  public List<Promise> promises() {
    Map<String, Integer> together = new HashMap<>();
    for (Finding f : kept) {
      together.merge(String.valueOf(before.counts().key(f)), 1, Integer::sum);
    }
    List<Promise> promises = new ArrayList<>();
    for (Finding f : kept) {
      String key = String.valueOf(before.counts().key(f));
      promises.add(
          new Promise(
              f,
              before.counts().byKey().get(key),
              fixed.byKey().get(key),
              together.getOrDefault(key, 1)));
    }
    return promises;
  }

  /** The findings whose fixes do not hold, with the reason. */
  public Map<Finding, String> dropped() {
    return dropped;
  }

  /** The files that the fixes change, by path, with their new content. */
  public Map<String, byte[]> changes() {
    return new TreeMap<>(Edits.apply(edits(kept), contents));
  }

  /** Tries the fixes of {@code candidates}, all of which have edits. */
  public void prove(List<Finding> candidates) throws IOException, InterruptedException {
    Map<String, List<Finding>> open = Objections.byFolder(withoutOverlaps(candidates));
    if (open.isEmpty()) {
      return;
    }
    List<Finding> all = open.values().stream().flatMap(List::stream).toList();
    Objections.Trial first = analyse(all);
    Map<String, List<Finding>> held = new TreeMap<>();
    Map<String, List<Finding>> doubtful = new TreeMap<>();
    open.forEach((folder, fixes) ->
        (objections.in(folder, fixes, first) == null ? held : doubtful).put(folder, fixes));
    separate(doubtful, held, objections::in);
    List<Finding> together = held.values().stream().flatMap(List::stream).toList();
    if (!together.isEmpty()) {
      // Nothing was taken away from what has just been looked at.
      Objections.Trial last = together.size() == all.size() ? first : analyse(together);
      if (objections.anywhere(together, last) != null) {
        Map<String, List<Finding>> whole = new TreeMap<>();
        separate(
            Map.of("", together), whole, (_, fixes, trial) -> objections.anywhere(fixes, trial));
        whole.values().forEach(kept::addAll);
      } else {
        kept.addAll(together);
        fixed = last.verdicts().counts();
      }
    }
    kept.sort(null);
  }

  private List<Finding> withoutOverlaps(List<Finding> candidates) {
    List<Finding> chosen = new ArrayList<>();
    Map<String, List<TextEdit>> taken = new HashMap<>();
    for (Finding f : candidates) {
      List<TextEdit> edits = edits(f);
      List<TextEdit> others = taken.computeIfAbsent(f.place().file(), _ -> new ArrayList<>());
      if (Edits.overlap(edits, others)) {
        dropped.put(f, "it overlaps another fix; run again when that one is applied");
      } else {
        others.addAll(edits);
        chosen.add(f);
      }
    }
    return chosen;
  }

  /** Says why fixes of one part of the code do not hold together, or null if they do. */
  @FunctionalInterface
  private interface Judge {
    @Nullable String objection(String part, List<Finding> fixes, Objections.Trial trial);
  }

  /**
   * Finds the fixes that do not hold: those of each part are halved until the bad ones are alone.
   * Parts are tried side by side. The others join those of their part that {@code held}.
   */
  private void separate(
      Map<String, List<Finding>> doubtful, Map<String, List<Finding>> held, Judge judge)
      throws IOException, InterruptedException {
    Map<String, Deque<List<Finding>>> open = new TreeMap<>();
    doubtful.forEach((part, fixes) -> open.put(part, halves(fixes)));
    while (!open.isEmpty()) {
      Map<String, List<Finding>> trial = new TreeMap<>(held);
      open.forEach((part, groups) -> trial.merge(part, groups.element(), Prover::joined));
      Objections.Trial after = analyse(trial.values().stream().flatMap(List::stream).toList());
      open.forEach((part, groups) -> {
        List<Finding> tried = groups.remove();
        List<Finding> fixes = Objects.requireNonNull(trial.get(part));
        String objection = judge.objection(part, fixes, after);
        if (objection == null) {
          held.put(part, fixes);
          fixed = after.verdicts().counts();
        } else if (tried.size() == 1) {
          dropped.put(tried.getFirst(), objection);
        } else {
          halves(tried).descendingIterator().forEachRemaining(groups::addFirst);
        }
      });
      open.values().removeIf(Deque::isEmpty);
    }
  }

  private static Deque<List<Finding>> halves(List<Finding> fixes) {
    int half = fixes.size() / 2;
    Deque<List<Finding>> halves = new ArrayDeque<>();
    if (half > 0) {
      halves.add(fixes.subList(0, half));
    }
    halves.add(fixes.subList(half, fixes.size()));
    return halves;
  }

  private static List<Finding> joined(List<Finding> some, List<Finding> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private Objections.Trial analyse(List<Finding> fixes) throws IOException, InterruptedException {
    Map<String, byte[]> files = Edits.apply(edits(fixes), contents);
    return new Objections.Trial(files, analyst.analyse(files));
  }

  private static List<TextEdit> edits(List<Finding> findings) {
    return findings.stream().flatMap(f -> edits(f).stream()).toList();
  }

  private static List<TextEdit> edits(Finding f) {
    Fix fix = f.fix();
    return fix == null ? List.of() : fix.edits();
  }
}
