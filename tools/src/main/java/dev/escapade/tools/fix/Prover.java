package dev.escapade.tools.fix;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.TextEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fixes stay.
 *
 * <p>All are tried at once, for most of them hold. Where a package does not come out as it should,
 * its fixes are tried one after the other, those of different packages together. In the end all
 * that were kept are looked at together once more, as a change in one package may be felt in
 * another.
 */
public final class Prover {
  private final Verdicts.Analyst analyst;
  private final Verdicts before;
  private final Map<String, byte[]> contents;
  private final Map<String, Set<String>> mayLeave;
  private final Set<String> countedTooHigh;
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
    mayLeave = rules.stream().collect(toUnmodifiableMap(r -> r.info().slug(), Rule::mayLeave));
    countedTooHigh =
        rules.stream()
            .filter(Rule::isCountedTooHigh)
            .map(r -> r.info().slug())
            .collect(toUnmodifiableSet());
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
    Map<String, List<Finding>> open = byFolder(withoutOverlaps(candidates));
    if (open.isEmpty()) {
      return;
    }
    List<Finding> all = open.values().stream().flatMap(List::stream).toList();
    Verdicts after = analyse(all);
    Map<String, List<Finding>> held = new TreeMap<>();
    Map<String, List<Finding>> doubtful = new TreeMap<>();
    open.forEach((folder, fixes) ->
        (objection(folder, fixes, after) == null ? held : doubtful).put(folder, fixes));
    oneByOne(doubtful, held);
    List<Finding> together = held.values().stream().flatMap(List::stream).toList();
    if (!together.isEmpty()) {
      // Nothing was taken away from what has just been looked at.
      Verdicts last = together.size() == all.size() ? after : analyse(together);
      if (objection(held, last) != null) {
        inSequence(together);
      } else {
        kept.addAll(together);
        fixed = last.counts();
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

  private static Map<String, List<Finding>> byFolder(List<Finding> findings) {
    Map<String, List<Finding>> folders = new TreeMap<>();
    for (Finding f : findings) {
      folders.computeIfAbsent(folder(f), _ -> new ArrayList<>()).add(f);
    }
    return folders;
  }

  private void oneByOne(Map<String, List<Finding>> doubtful, Map<String, List<Finding>> held)
      throws IOException, InterruptedException {
    int rounds = doubtful.values().stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < rounds; round++) {
      Map<String, List<Finding>> trial = new TreeMap<>(held);
      Map<String, Finding> tried = new TreeMap<>();
      for (Map.Entry<String, List<Finding>> entry : doubtful.entrySet()) {
        if (round < entry.getValue().size()) {
          Finding f = entry.getValue().get(round);
          tried.put(entry.getKey(), f);
          List<Finding> more = new ArrayList<>(held.getOrDefault(entry.getKey(), List.of()));
          more.add(f);
          trial.put(entry.getKey(), more);
        }
      }
      Verdicts after = analyse(trial.values().stream().flatMap(List::stream).toList());
      tried.forEach((folder, f) -> {
        List<Finding> fixes = Objects.requireNonNull(trial.get(folder));
        String objection = objection(folder, fixes, after);
        if (objection == null) {
          held.put(folder, fixes);
        } else {
          dropped.put(f, objection);
        }
      });
    }
  }

  private void inSequence(List<Finding> fixes) throws IOException, InterruptedException {
    for (Finding f : fixes) {
      List<Finding> trial = new ArrayList<>(kept);
      trial.add(f);
      Verdicts after = analyse(trial);
      String objection = objection(byFolder(trial), after);
      if (objection == null) {
        kept.add(f);
        fixed = after.counts();
      } else {
        dropped.put(f, objection);
      }
    }
  }

  private Verdicts analyse(List<Finding> fixes) throws IOException, InterruptedException {
    return analyst.analyse(Edits.apply(edits(fixes), contents));
  }

  /** Why fixes do not hold together, whatever package shows it, or null if they do. */
  private @Nullable String objection(Map<String, List<Finding>> fixes, Verdicts after) {
    Set<String> folders = new HashSet<>(fixes.keySet());
    after.findings().forEach(f -> folders.add(folder(f)));
    folders.addAll(after.broken());
    for (String folder : folders) {
      String objection = objection(folder, fixes.getOrDefault(folder, List.of()), after);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  /** Why the fixes of one package do not hold, or null if they do. */
  private @Nullable String objection(String folder, List<Finding> fixes, Verdicts after) {
    if (after.broken().contains(folder) && !before.broken().contains(folder)) {
      return "the package would not type-check any more";
    }
    Map<Subject, Integer> allowed = subjects(before.findings(), folder);
    for (Finding f : fixes) {
      allowed.merge(Subject.of(f), -1, Integer::sum);
      for (String rule : mayLeave.getOrDefault(f.rule(), Set.of())) {
        allowed.merge(Subject.of(f).with(rule), 1, Integer::sum);
      }
    }
    for (Map.Entry<Subject, Integer> found : subjects(after.findings(), folder).entrySet()) {
      if (found.getValue() > allowed.getOrDefault(found.getKey(), 0)) {
        Subject s = found.getKey();
        boolean ours = fixes.stream().anyMatch(f -> Subject.of(f).equals(s));
        return (ours ? "the finding would stay: " : "it would bring another finding: ")
            + s.rule()
            + (s.function().isEmpty() ? "" : " in " + s.function());
      }
    }
    boolean isCounted = fixes.stream().noneMatch(f -> countedTooHigh.contains(f.rule()));
    String dearer = isCounted ? dearer(folder, after.counts()) : null;
    return dearer != null ? dearer : useless(fixes, after.counts());
  }

  /** A function of a package that may allocate more than before, as an objection; or null. */
  private @Nullable String dearer(String folder, FunctionCounts after) {
    for (Map.Entry<String, Allocations> entry : before.counts().byKey().entrySet()) {
      Allocations was = entry.getValue();
      Allocations is = after.byKey().get(entry.getKey());
      if (is != null && folder(was.file()).equals(folder) && is.isWorseThan(was)) {
        return was.name()
            + " might allocate more: "
            + is.perCall()
            + " instead of "
            + was.perCall();
      }
    }
    return null;
  }

  /** A fix that promises fewer allocations though their number is certain to stay; or null. */
  private @Nullable String useless(List<Finding> fixes, FunctionCounts after) {
    for (Finding f : fixes) {
      String key = before.counts().key(f);
      Allocations was = key == null ? null : before.counts().byKey().get(key);
      Allocations is = key == null ? null : after.byKey().get(key);
      if (was != null && is != null && promises(f) && is.isCertainlyAs(was)) {
        return was.name() + " would still allocate " + is.perCall();
      }
    }
    return null;
  }

  /** What is cold may not count: a panic's text does not. */
  private static boolean promises(Finding f) {
    return f.question() == Question.HOW_MANY && f.cost().allocs() > 0 && !f.cold();
  }

  private static Map<Subject, Integer> subjects(List<Finding> findings, String folder) {
    Map<Subject, Integer> counts = new LinkedHashMap<>();
    for (Finding f : findings) {
      if (folder(f).equals(folder)) {
        counts.merge(Subject.of(f), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String folder(Finding f) {
    return folder(f.place().file());
  }

  private static String folder(String file) {
    Path folder = Path.of(file).getParent();
    return folder == null ? "" : folder.toString();
  }

  private static List<TextEdit> edits(List<Finding> findings) {
    return findings.stream().flatMap(f -> edits(f).stream()).toList();
  }

  private static List<TextEdit> edits(Finding f) {
    Fix fix = f.fix();
    return fix == null ? List.of() : fix.edits();
  }

  /** What a finding is about, wherever the lines have gone to. */
  private record Subject(String rule, String file, String function) {
    static Subject of(Finding f) {
      return new Subject(f.rule(), f.place().file(), f.function());
    }

    Subject with(String other) {
      return new Subject(other, file, function);
    }
  }
}
