package dev.escapade.tools.cli;

import dev.escapade.count.Facts;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.Pipeline;
import dev.escapade.release.Release;
import dev.escapade.tools.count.BenchmarkComparison;
import dev.escapade.tools.count.Benchmarks;
import dev.escapade.tools.count.CountJson;
import dev.escapade.tools.count.CountReport;
import dev.escapade.tools.count.CountText;
import dev.escapade.tools.count.FactsCollector;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade count}: allocations per call. */
@Command(
    name = "count",
    description = {
      "Print how many allocations a call of each function makes, callees included: a number, a"
          + " range or a formula in its parameters.",
      "What a panic costs does not count; what is allocated only after an error is told apart."
    },
    sortOptions = false)
final class CountCommand implements Callable<Integer> {
  /** How far calls are followed with {@code -v}. */
  private static final int MAX_DEPTH = 8;

  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  @Option(
      names = {"-v", "--v"},
      description = "Print also the places that allocate, with the calls that lead to them.")
  private boolean verbose;

  @Option(
      names = {"-func", "--func"},
      paramLabel = "NAME",
      description = "Only functions whose name contains NAME.")
  private String func = "";

  @Option(
      names = {"-all", "--all"},
      description = "Print also functions that allocate nothing, and those that are not exported.")
  private boolean all;

  @Option(
      names = {"-json", "--json"},
      description = "Print JSON; docs/counts.schema.json describes it.")
  private boolean json;

  @Option(
      names = {"-measured", "--measured"},
      paramLabel = "FILE",
      description =
          "Compare with FILE, the output of go test -bench=. -benchmem for the packages, in place"
              + " of printing counts.")
  private @Nullable Path measured;

  @Option(
      names = {"-measure", "--measure"},
      description = "Compare with what go test -bench=. -benchmem measures now.")
  private boolean measure;

  @Parameters(
      paramLabel = "PACKAGE",
      description = "Patterns, import paths or .go files; default: the package in this directory.")
  private List<String> packages = new ArrayList<>();

  CountCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    BuildRequest request =
        load.request(terminal, packages, List.of(), Goal.DECIDE, cached.cache(terminal));
    Path dir = request.load().dir();
    boolean comparing = measured != null || measure;
    if (comparing) {
      request = request.withLoad(request.load().withTest(true));
    }
    var printer = new OutputPrinter(terminal.in(dir), false);
    var collector = new FactsCollector();
    try {
      Pipeline.run(
          request.withAnalyses(List.of(collector.analysis())), collector.listener(printer));
    } finally {
      printer.end();
    }
    if (comparing) {
      List<Benchmarks.Result> results = measured(dir);
      var comparison = new BenchmarkComparison(collector, Release.GO1_26.allocation());
      if (!func.isEmpty()) {
        CountReport report =
            BigStack.call(() -> comparison.explain(results, func, verbose ? MAX_DEPTH : 0));
        new CountText(terminal.out(), file -> relative(dir, file), true).write(report);
        terminal.out().flush();
        return printer.exitCode("count", ExitCode.USAGE, ExitCode.OK);
      }
      List<BenchmarkComparison.Line> lines = BigStack.call(() -> comparison.compare(results));
      BenchmarkComparison.print(lines, verbose, terminal.out());
      terminal.out().flush();
      return printer.exitCode("count", ExitCode.USAGE, ExitCode.OK);
    }
    CountReport report = BigStack.call(() -> report(collector));
    if (json) {
      Writer out = new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8);
      CountJson.write(report, out);
      out.flush();
    } else {
      new CountText(terminal.out(), file -> relative(dir, file), verbose).write(report);
      terminal.out().flush();
    }
    return printer.exitCode("count", ExitCode.USAGE, ExitCode.OK);
  }

  private List<Benchmarks.Result> measured(Path dir) throws IOException, InterruptedException {
    if (measured != null) {
      try (Reader in = Files.newBufferedReader(terminal.dir().resolve(measured))) {
        return Benchmarks.read(in);
      }
    }
    List<String> line =
        new ArrayList<>(
            List.of("go", "test", "-run=^$", "-bench=.", "-benchmem", "-benchtime=20ms"));
    line.addAll(packages);
    ProcessBuilder builder = new ProcessBuilder(line).directory(dir.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD).environment().putAll(terminal.env());
    Process go = builder.start();
    try (Reader in = new InputStreamReader(go.getInputStream(), StandardCharsets.UTF_8)) {
      return Benchmarks.read(in);
    } finally {
      go.destroy();
      go.waitFor();
    }
  }

  private CountReport report(FactsCollector collector) {
    CountReport report =
        CountReport.ofRoots(
            collector, Release.GO1_26.allocation(), this::isWanted, verbose ? MAX_DEPTH : 0);
    return all || !func.isEmpty() ? report : report.withAllocations();
  }

  private boolean isWanted(Facts.Function f) {
    if (!func.isEmpty()) {
      return f.name().contains(func);
    }
    return !f.literal() && (all || f.exported() || f.name().endsWith(".main"));
  }

  private static String relative(Path dir, String file) {
    Path path = Path.of(file);
    return path.startsWith(dir) ? dir.relativize(path).toString() : file;
  }
}
