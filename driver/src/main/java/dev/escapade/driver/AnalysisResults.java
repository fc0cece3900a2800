package dev.escapade.driver;

import dev.escapade.middle.PackageAnalysis;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The summaries of one package, by analysis. */
public final class AnalysisResults {
  /** No summaries. */
  public static final AnalysisResults NONE = new AnalysisResults(new IdentityHashMap<>());

  private final IdentityHashMap<PackageAnalysis<?>, Object> summaries;

  /** Takes over {@code summaries}: for each analysis, what it returned. */
  AnalysisResults(IdentityHashMap<PackageAnalysis<?>, Object> summaries) {
    this.summaries = summaries;
  }

  /** The summary by {@code analysis}; null if it did not run, as the package has errors. */
  @SuppressWarnings("unchecked") // Each was returned by the analysis that it is stored under.
  public <S> @Nullable S of(PackageAnalysis<S> analysis) {
    return (S) summaries.get(analysis);
  }
}
