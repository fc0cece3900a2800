package dev.escapade.tools.check;

import dev.escapade.advice.AdviceSummary;
import dev.escapade.advice.Advisor;
import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import dev.escapade.types.Package;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs the rules over the packages that the command line names, and collects what they find. */
public final class Checker {
  private final BuildListener next;
  private final Advisor advisor;
  private final Set<String> ruleNames;
  private final Set<String> roots = ConcurrentHashMap.newKeySet();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
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
    advisor = new Advisor(rules, this::isWanted, contents::get);
  }

  private boolean isWanted(Package pkg) {
    return roots.contains(pkg.path());
  }

  /** The analysis that the build has to run. */
  public Advisor advisor() {
    return advisor;
  }

  /** Who listens to the build. */
  public BuildListener listener() {
    return new BuildListener() {
      @Override
      public void loaded(LoadResult result) {
        loaded = result;
        for (GoPackage pkg : result.roots()) {
          roots.add(pkg.isMain() ? "main" : pkg.path());
          for (GoFile file : pkg.files()) {
            contents.put(file.path(), file.content());
          }
        }
        next.loaded(result);
      }

      @Override
      public void badProfile(String file, String message) {
        next.badProfile(file, message);
      }

      @Override
      public void finished(GoPackage pkg) {
        next.finished(pkg);
      }

      @Override
      public void output(PackageOutput output) {
        AdviceSummary summary = output.analyses().of(advisor);
        if (summary != null && output.pkg().isRoot()) {
          add(summary.findings());
        }
        // Decisions are not shown, errors are.
        next.output(
            output.status() == PackageOutput.Status.OK
                ? new PackageOutput(
                    output.pkg(),
                    PackageOutput.Text.EMPTY,
                    output.status(),
                    null,
                    output.analyses())
                : output);
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

  /** The content of a file of a package that was checked, or null. */
  public byte @Nullable [] content(String file) {
    return contents.get(file);
  }

  /** The files of the packages that were checked, sorted by path. */
  public Map<String, byte[]> files() {
    return new HashMap<>(contents);
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
