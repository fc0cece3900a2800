package dev.escapade.syntax;

import dev.escapade.benchmarks.StandardLibrary;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.load.GoFile;
import java.io.IOException;
import java.util.List;
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

/** The scanner alone. In the scanner's package, because nobody else may use it by itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScannerBenchmark {
  @Param({"net/http", "go/types"})
  public String path = "";

  private List<GoFile> files = List.of();

  @Setup
  public void load() throws IOException {
    files = StandardLibrary.load(path).root().files();
  }

  @Benchmark
  public int scan() {
    SourceMap sources = new SourceMap();
    NameTable names = new NameTable();
    int tokens = 0;
    for (GoFile file : files) {
      byte[] content = file.content();
      tokens += scan(content, sources.add(file.path(), content.length), names);
    }
    return tokens;
  }

  private static int scan(byte[] content, SourceFile file, NameTable names) {
    Scanner scanner =
        new Scanner(content, file, names) {
          @Override
          void scanError(int offset, String message) {
            throw new AssertionError(message);
          }

          @Override
          void directive(int from, int to) {}
        };
    int tokens = 0;
    scanner.start();
    do {
      scanner.next();
      tokens++;
    } while (scanner.tok != Token.EOF);
    return tokens;
  }
}
