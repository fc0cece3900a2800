package dev.escapade.benchmarks;

import dev.escapade.benchmarks.StandardLibrary.Parsed;
import dev.escapade.types.Package;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** Parser and type checker on one package of the standard library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xss64m")
public class FrontEndBenchmark {
  @Param({"net/http", "go/types"})
  public String path = "";

  private StandardLibrary library;
  private Parsed parsed;

  @Setup
  public void load() throws IOException {
    library = StandardLibrary.load(path);
    library.checkImports();
    parsed = StandardLibrary.parse(library.root());
    System.out.println(path + ": " + StandardLibrary.sizeBytes(library.root()) + " bytes");
  }

  @Benchmark
  public Parsed parse() {
    return StandardLibrary.parse(library.root());
  }

  @Benchmark
  public Package check() {
    return library.check(library.root(), parsed);
  }
}
