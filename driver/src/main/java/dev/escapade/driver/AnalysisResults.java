package dev.escapade.driver;

import dev.escapade.middle.PackageAnalysis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
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
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (PackageAnalysis<?> analysis : byName(summaries.keySet())) {
        out.writeUTF(analysis.name());
        write(analysis, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Collection<PackageAnalysis<?>> byName(Collection<PackageAnalysis<?>> analyses) {
    TreeMap<String, PackageAnalysis<?>> byName = new TreeMap<>();
    analyses.forEach(analysis -> byName.put(analysis.name(), analysis));
    return byName.values();
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @return null if it is damaged, or was written for other analyses
   */
  static @Nullable AnalysisResults of(byte[] stored, Collection<PackageAnalysis<?>> analyses) {
    IdentityHashMap<PackageAnalysis<?>, Object> summaries = new IdentityHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      for (PackageAnalysis<?> analysis : byName(analyses)) {
        if (!in.readUTF().equals(analysis.name())) {
          return null;
        }
        summaries.put(analysis, read(analysis, in));
      }
      return in.read() < 0 ? new AnalysisResults(summaries) : null;
    } catch (IOException | RuntimeException _) {
      return null; // Whatever bytes there are: what cannot be read was never stored.
    }
  }

  private static <S> Object read(PackageAnalysis<S> analysis, DataInputStream in)
      throws IOException {
    return analysis.read(in);
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
