package dev.escapade.driver;

import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.types.Package;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The analyses of a run, and their summaries of the packages that have been analysed. Safe for
 * concurrent use; {@link WorkGraph} sees to it that a package comes after those below it.
 */
final class Analyses {
  private final List<PackageAnalysis<?>> list;
  private final Map<Package, AnalysisResults> results = new ConcurrentHashMap<>();

  Analyses(List<PackageAnalysis<?>> list) {
    this.list = List.copyOf(list);
  }

  /** The analyses. */
  List<PackageAnalysis<?>> list() {
    return list;
  }

  /** Reports whether there are none. */
  boolean isEmpty() {
    return list.isEmpty();
  }

  /** Takes what was found of a package in an earlier run. */
  void put(Package pkg, AnalysisResults earlier) {
    results.put(pkg, earlier);
  }

  /** Runs all analyses over a package. */
  void run(DecidedPackage pkg) {
    if (list.isEmpty()) {
      return;
    }
    IdentityHashMap<PackageAnalysis<?>, Object> summaries = new IdentityHashMap<>();
    for (PackageAnalysis<?> analysis : list) {
      summaries.put(analysis, analyze(analysis, pkg));
    }
    results.put(pkg.source().pkg(), new AnalysisResults(summaries));
  }

  private <S> Object analyze(PackageAnalysis<S> analysis, DecidedPackage pkg) {
    return analysis.analyze(pkg, imported -> results(imported).of(analysis));
  }

  /** What the analyses found of a package; nothing if it has not been analysed. */
  AnalysisResults results(@Nullable Package pkg) {
    return pkg == null ? AnalysisResults.NONE : results.getOrDefault(pkg, AnalysisResults.NONE);
  }

  /** Drops what was found of a package. */
  void forget(Package pkg) {
    results.remove(pkg);
  }
}
