package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.testing.TestInstallation;
import dev.escapade.types.Package;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Analyses see a package after all that it imports; a package with errors has no summary. */
final class AnalysesTest {
  /** The height of a package above those that import nothing. */
  private static final class Height implements PackageAnalysis<Integer> {
    @Override
    public String name() {
      return "height";
    }

    @Override
    public Integer analyze(DecidedPackage pkg, Imports<Integer> imports) {
      int height = 0;
      for (Package imported : pkg.source().pkg().imports()) {
        height = Math.max(height, 1 + Objects.requireNonNull(imports.summary(imported)));
      }
      return height;
    }

    @Override
    public void write(Integer summary, DataOutput out) throws IOException {
      out.writeInt(summary);
    }

    @Override
    public Integer read(DataInput in) throws IOException {
      return in.readInt();
    }
  }

  @TempDir private Path temp;

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private void writeModule() throws IOException {
    TestInstallation.create(temp.resolve("goroot"));
    write("m/go.mod", "module m\n\ngo 1.26\n");
    write("m/a/a.go", "package a\n\nvar X = 1\n");
    write("m/b/b.go", "package b\n\nimport \"m/a\"\n\nvar X = a.X\n");
    write("m/c/c.go", "package c\n\nimport (\n\"m/a\"\n\"m/b\"\n)\n\nvar X = a.X + b.X\n");
    write("m/bad/bad.go", "package bad\n\nvar X int = \"x\"\n");
  }

  private Map<String, String> heights(int threads) throws Exception {
    Height height = new Height();
    Path dir = temp.resolve("m");
    LoadConfig load =
        LoadConfig.of(dir, "./...")
            .withEnv(
                Map.of(
                    "GOROOT", temp.resolve("goroot").toString(),
                    "GOENV", "off",
                    "HOME", temp.toString()));
    BuildRequest request =
        new BuildRequest(load, PackageFlags.parse(List.of(), dir), threads, Goal.DECIDE, null)
            .withAnalyses(List.of(height));
    Map<String, String> found = new TreeMap<>();
    Pipeline.run(
        request,
        output -> {
          if (output.pkg().path().startsWith("m/")) {
            found.put(output.pkg().path(), String.valueOf(output.analyses().of(height)));
          }
        });
    return found;
  }

  @Test
  void whatIsStoredIsReadOrRefused() {
    Height height = new Height();
    IdentityHashMap<PackageAnalysis<?>, Object> summaries = new IdentityHashMap<>();
    summaries.put(height, 7);
    byte[] stored = new AnalysisResults(summaries).toBytes();
    AnalysisResults read = Objects.requireNonNull(AnalysisResults.of(stored, List.of(height)));
    assertEquals(7, read.of(height));
    for (int n = 0; n < stored.length; n++) {
      assertNull(AnalysisResults.of(Arrays.copyOf(stored, n), List.of(height)));
    }
    assertNull(AnalysisResults.of(Arrays.copyOf(stored, stored.length + 1), List.of(height)));
    assertNull(AnalysisResults.of(stored, List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void summariesOfImportsAreThere(int threads) throws Exception {
    writeModule();
    assertEquals(Map.of("m/a", "0", "m/b", "1", "m/c", "2", "m/bad", "0"), heights(threads));
  }
}
