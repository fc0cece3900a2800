package dev.escapade.driver;

import dev.escapade.driver.Step.Stage;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import dev.escapade.load.Loader;
import dev.escapade.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * IR, inlining and escape analysis of one package whose imports are done. With {@code -l} there is
 * no inlining, so that what remains is mostly escape analysis. In the driver's package, because the
 * stages are its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xss512m")
public class MiddleEndBenchmark {
  @Param({"net/http", "go/types"})
  public String path = "";

  @Param({"-m", "-m=2", "-m -l"})
  public String flags = "";

  private CheckedPackage checked;
  private CompilerFlags compilerFlags;
  private Shared shared;

  @Setup
  public void load() throws IOException, FlagException {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.put("CGO_ENABLED", "0");
    LoadResult loaded = Loader.load(LoadConfig.of(Path.of("").toAbsolutePath(), path).withEnv(env));
    shared = Shared.of(Release.GO1_26, loaded.settings(), Map.of(), new Analyses(List.of()));
    List<Unit> units = Unit.of(loaded.packages(), shared, PackageFlags.NONE, _ -> {});
    for (Stage stage : Stage.values()) {
      for (Unit unit : units) {
        if (stage == Stage.DECIDE && unit == units.getLast()) {
          checked = unit.checked();
        } else {
          unit.run(stage);
        }
      }
    }
    compilerFlags = CompilerFlags.parse(QuotedFields.split(flags));
  }

  @Benchmark
  public Decisions.Decided decide() {
    return Decisions.of(checked, compilerFlags, shared, null, UnaryOperator.identity());
  }
}
