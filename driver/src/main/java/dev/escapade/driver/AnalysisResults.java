package dev.escapade.driver;

import dev.escapade.middle.PackageAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.TreeMap;
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

  /** All summaries as they are stored, by the names of the analyses. */
  byte[] toBytes() {
    TreeMap<String, PackageAnalysis<?>> byName = new TreeMap<>();
    summaries.keySet().forEach(analysis -> byName.put(analysis.name(), analysis));
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (PackageAnalysis<?> analysis : byName.values()) {
        out.writeUTF(analysis.name());
        write(analysis, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private <S> void write(PackageAnalysis<S> analysis, DataOutputStream out) throws IOException {
    S summary = of(analysis);
    if (summary != null) {
      analysis.write(summary, out);
    }
  }

  /** The summary by {@code analysis}; null if it did not run, as the package has errors. */
  @SuppressWarnings("unchecked") // Each was returned by the analysis that it is stored under.
  public <S> @Nullable S of(PackageAnalysis<S> analysis) {
    return (S) summaries.get(analysis);
  }
}
