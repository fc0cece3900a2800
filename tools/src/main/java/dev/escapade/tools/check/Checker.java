package dev.escapade.tools.check;

import dev.escapade.advice.AdviceSummary;
import dev.escapade.advice.Advisor;
import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.ForwardingListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.types.Package;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs the rules over the packages that the command line names, and collects what they find. */
public final class Checker {
  private final BuildListener next;
  private final Advisor advisor;
  private final Set<String> ruleNames;
  private final Set<String> roots = ConcurrentHashMap.newKeySet();
  private final Map<String, GoFile> files = new ConcurrentHashMap<>();
  private final FileMarker marker = new FileMarker(this::isWanted, this::content);
  private final Set<String> generated = new HashSet<>();
  private final SortedSet<String> withNolint = new TreeSet<>();
  private final SortedSet<String> withContracts = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private @Nullable LoadResult loaded;

  /**
   * A checker.
   *
   * @param next who is told of the build as well, for errors and progress
   */
  public Checker(List<Rule> rules, BuildListener next) {
    this.next = next;
    ruleNames = Set.copyOf(rules.stream().map(r -> r.info().slug()).toList());
    // Looking for all costs little more, and the results serve runs with other rules, too.
    List<Rule> all = Rules.all();
    boolean isPart = all.stream().map(Rule::info).toList().containsAll(infos(rules));
    advisor = new Advisor(isPart ? all : rules, this::isWanted, this::content);
  }

  private static List<RuleInfo> infos(List<Rule> rules) {
    return rules.stream().map(Rule::info).toList();
  }

  private boolean isWanted(Package pkg) {
    return roots.contains(pkg.path());
  }

  /** The analyses that the build has to run. */
  public List<PackageAnalysis<?>> analyses() {
    return List.of(advisor, marker);
  }

  /** Who listens to the build. */
  public BuildListener listener() {
    return new ForwardingListener(next) {
      @Override
      public void loaded(LoadResult result) {
        loaded = result;
        for (GoPackage pkg : result.roots()) {
          roots.add(pkg.isMain() ? "main" : pkg.path());
        }
        for (GoPackage pkg : result.packages()) {
          pkg.files().forEach(file -> files.put(file.path(), file));
        }
        super.loaded(result);
      }

      @Override
      public void output(PackageOutput output) {
        AdviceSummary summary = output.analyses().of(advisor);
        FileMarks marks = output.analyses().of(marker);
        if (summary != null && output.pkg().isRoot()) {
          add(summary.findings().stream().filter(f -> ruleNames.contains(f.rule())).toList());
        }
        if (marks != null && output.pkg().isRoot()) {
          generated.addAll(marks.generated());
          withNolint.addAll(marks.nolint());
          withContracts.addAll(marks.contracts());
        }
        super.output(output);
      }
    };
  }

  /**
   * Adds findings. A variant of a package for tests has its files, too: what is found twice counts
   * once.
   */
  public void add(List<Finding> found) {
    for (Finding f : found) {
      if (seen.add(f.place() + f.rule() + f.message())) {
        findings.add(f);
      }
    }
  }

  /** What was found, package by package in the loader's order. */
  public List<Finding> findings() {
    return findings;
  }

  /** The content of a file of the build, or null. */
  public byte @Nullable [] content(String file) {
    GoFile known = files.get(file);
    return known == null ? null : known.content();
  }

  /** Reports whether a program has written a file of a package that was checked. */
  boolean isGenerated(String file) {
    return generated.contains(file);
  }

  /** The files of the packages that were checked which may have comments that silence rules. */
  SortedSet<String> withNolint() {
    return withNolint;
  }

  /**
   * The files of the packages that were checked which may have promises about functions or bounds
   * checks.
   */
  public Map<String, byte[]> withContracts() {
    Map<String, byte[]> contents = new HashMap<>();
    for (String file : withContracts) {
      byte[] content = content(file);
      if (content != null) {
        contents.put(file, content);
      }
    }
    return contents;
  }

  /** The names of the rules that are looked for. */
  public Set<String> rules() {
    return ruleNames;
  }

  /** What was loaded, or null if nothing was. */
  public @Nullable LoadResult loaded() {
    return loaded;
  }
}
