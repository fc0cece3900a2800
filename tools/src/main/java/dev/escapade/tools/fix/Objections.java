package dev.escapade.tools.fix;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Question;
import dev.escapade.count.alloc.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why fixes do not hold: what the analysis says of the changed code, against what it said. */
final class Objections {
  private final Verdicts before;

  /** The findings before, by folder. */
  private final Map<String, List<Finding>> found;

  private final Map<String, byte[]> contents;
  private final Map<String, Set<String>> mayLeave;
  private final Set<String> countedTooHigh;

  /**
   * Objections to changes.
   *
   * @param before what the analyst says of the unchanged code
   * @param contents the content of every file that may be changed
   * @param rules what is known of the rules whose findings are fixed
   */
  Objections(Verdicts before, Map<String, byte[]> contents, List<Rule> rules) {
    this.before = before;
    found = byFolder(before.findings());
    this.contents = contents;
    mayLeave = rules.stream().collect(toUnmodifiableMap(r -> r.info().slug(), Rule::mayLeave));
    countedTooHigh =
        rules.stream()
            .filter(Rule::isCountedTooHigh)
            .map(r -> r.info().slug())
            .collect(toUnmodifiableSet());
  }

  /**
   * Changed code.
   *
   * @param files the files that differ, by path
   * @param verdicts what the analyst says of it
   * @param findings what it finds, by folder
   */
  record Trial(Map<String, byte[]> files, Verdicts verdicts, Map<String, List<Finding>> findings) {
    Trial(Map<String, byte[]> files, Verdicts verdicts) {
      this(files, verdicts, byFolder(verdicts.findings()));
    }
  }

  static Map<String, List<Finding>> byFolder(List<Finding> findings) {
    Map<String, List<Finding>> folders = new TreeMap<>();
    for (Finding f : findings) {
      folders.computeIfAbsent(folder(f), _ -> new ArrayList<>()).add(f);
    }
    return folders;
  }

  /** Why fixes do not hold together, whatever package shows it, or null if they do. */
  @Nullable String anywhere(List<Finding> fixed, Trial trial) {
    Map<String, List<Finding>> fixes = byFolder(fixed);
    Set<String> folders = new TreeSet<>(fixes.keySet());
    folders.addAll(trial.findings.keySet());
    folders.addAll(trial.verdicts.broken());
    for (String folder : folders) {
      String objection = in(folder, fixes.getOrDefault(folder, List.of()), trial);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  /** Why the fixes of one package do not hold, or null if they do. */
  @Nullable String in(String folder, List<Finding> fixes, Trial trial) {
    Verdicts after = trial.verdicts;
    if (after.broken().contains(folder) && !before.broken().contains(folder)) {
      return "the package would not type-check any more";
    }
    Map<Subject, Integer> allowed = subjects(found, folder);
    for (Finding f : fixes) {
      allowed.merge(Subject.of(f), -1, Integer::sum);
      for (String rule : mayLeave.getOrDefault(f.rule(), Set.of())) {
        allowed.merge(Subject.of(f).with(rule), 1, Integer::sum);
      }
    }
    for (Map.Entry<Subject, Integer> now : subjects(trial.findings, folder).entrySet()) {
      Subject s = now.getKey();
      int more = now.getValue() - allowed.getOrDefault(s, 0);
      if (more > 0 && more > uncovered(s, trial)) {
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

  /**
   * The number of findings on a subject that tell of nothing new: they are on allocations in lines
   * that the fixes leave alone, which were there before and cost no less. The fixes only took away
   * what was to be said first.
   */
  private int uncovered(Subject s, Trial trial) {
    byte[] content = contents.get(s.file());
    byte[] changed = trial.files.get(s.file());
    if (content == null || changed == null) {
      return 0;
    }
    Set<Integer> known = new HashSet<>();
    found.getOrDefault(FunctionCounts.folder(s.file()), List.of()).stream()
        .filter(f -> Subject.of(f).equals(s))
        .forEach(f -> known.add(f.place().line()));
    var lines = new SameLines(content, changed);
    int uncovered = 0;
    for (Finding f : trial.findings.getOrDefault(FunctionCounts.folder(s.file()), List.of())) {
      boolean isOnAllocations = f.question() == Question.HOW_MANY || f.question() == Question.WHERE;
      int line = lines.before(f.place().line());
      if (isOnAllocations && line > 0 && Subject.of(f).equals(s) && !known.contains(line)) {
        Range was = before.counts().inLine(s.file(), line);
        Range is = trial.verdicts.counts().inLine(s.file(), f.place().line());
        uncovered += !was.isZero() && (is.equals(was) || !is.isWorseThan(was)) ? 1 : 0;
      }
    }
    return uncovered;
  }

  /** A function of a package that may allocate more than before, as an objection; or null. */
  private @Nullable String dearer(String folder, FunctionCounts after) {
    for (String key : before.counts().inFolder(folder)) {
      Allocations was = before.counts().byKey().get(key);
      Allocations is = after.byKey().get(key);
      if (was != null && is != null && is.isWorseThan(was)) {
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

  private static Map<Subject, Integer> subjects(
      Map<String, List<Finding>> findings, String folder) {
    Map<Subject, Integer> counts = new LinkedHashMap<>();
    for (Finding f : findings.getOrDefault(folder, List.of())) {
      counts.merge(Subject.of(f), 1, Integer::sum);
    }
    return counts;
  }

  private static String folder(Finding f) {
    return FunctionCounts.folder(f.place().file());
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
