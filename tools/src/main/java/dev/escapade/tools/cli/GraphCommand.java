package dev.escapade.tools.cli;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.PathShortener;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadError;
import dev.escapade.load.LoadResult;
import dev.escapade.tools.graph.GraphFinder;
import dev.escapade.tools.graph.GraphJson;
import dev.escapade.tools.graph.GraphPage;
import dev.escapade.tools.graph.GraphReport;
import dev.escapade.tools.graph.GraphTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
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

/** {@code escapade graph}. */
@Command(
    name = "graph",
    description = {
      "Print the escape graph of a function, with the functions that it calls in a cycle and the"
          + " closures within them, as JSON: locations, assignments with dereference counts, and"
          + " the path that decided for each location that escapes or leaks.",
      "docs/escape-graph.schema.json describes the format."
    },
    sortOptions = false)
final class GraphCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Option(
      names = {"-html", "--html"},
      paramLabel = "FILE",
      description = "Write a page to browse instead, which needs no network and no other file.")
  private @Nullable Path html;

  @Option(
      names = {"-o", "--o"},
      paramLabel = "FILE",
      description = "Write the JSON to FILE.")
  private @Nullable Path output;

  @Option(
      names = {"-gcflags", "--gcflags"},
      paramLabel = "[PATTERN=]FLAGS",
      description = "The compiler's flags, such as -l to disable inlining; repeatable.")
  private List<String> gcflags = new ArrayList<>();

  @Parameters(
      paramLabel = "pkg.Func | pkg.Type.Method | file.go:LINE",
      description = "Which function; without pkg, one of the package in this directory.")
  private List<String> targets = new ArrayList<>();

  GraphCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    if (targets.size() != 1) {
      throw UserException.usage(
          targets.isEmpty()
              ? "graph: name a function, as in fmt.Fprintf or main.go:17"
              : "graph: one function at a time; flags come before it");
    }
    Path dir = load.dir(terminal);
    String target = targets.getFirst();
    GraphReport report = find(target, dir);
    if (report == null) {
      return ExitCode.FAILED;
    }
    if (html != null) {
      try (Writer out = Files.newBufferedWriter(terminal.dir().resolve(html))) {
        GraphPage.write(report, out);
      }
    }
    if (output != null) {
      try (Writer out = Files.newBufferedWriter(terminal.dir().resolve(output))) {
        GraphJson.write(report, out);
      }
    } else if (html == null) {
      Writer out = new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8);
      GraphJson.write(report, out);
      out.flush();
    }
    return ExitCode.OK;
  }

  /** Tries the readings of {@code target}; null if errors in the code have been printed. */
  private @Nullable GraphReport find(String target, Path dir)
      throws UserException, IOException, InterruptedException {
    List<GraphTarget> readings = GraphTarget.parse(target, dir);
    if (readings.isEmpty() || target.contains("...")) {
      throw UserException.usage(
          target + " names no function: pkg.Func, pkg.Type.Method or file.go:LINE is wanted");
    }
    List<LoadError> errors = List.of();
    String missing = "";
    // Graphs are not kept between runs, so there is no cache.
    for (GraphTarget reading : readings) {
      var finder = new GraphFinder(reading);
      LoadResult loaded =
          Pipeline.run(
              load.request(terminal, List.of(reading.pkg()), gcflags, Goal.DECIDE, null), finder);
      GoPackage pkg = finder.pkg();
      if (!loaded.errors().isEmpty()) {
        errors = errors.isEmpty() ? loaded.errors() : errors;
      } else if (pkg != null && !finder.failed().isEmpty()) {
        return fail(finder.failed(), dir);
      } else if (pkg != null && !finder.graphs().isEmpty()) {
        return new GraphReport(target, pkg, finder.graphs());
      } else if (pkg != null && missing.isEmpty()) {
        missing = missing(reading, pkg, finder.suggestions());
      }
    }
    if (missing.isEmpty() && !errors.isEmpty()) {
      errors.forEach(e -> terminal.err().println(e.text()));
      return null;
    }
    throw UserException.failed(
        missing.isEmpty() ? target + ": there is no such function" : missing);
  }

  private static String missing(GraphTarget target, GoPackage pkg, List<String> suggestions) {
    return switch (target) {
      case GraphTarget.ByLine line ->
          line.file().getFileName()
              + ":"
              + line.line()
              + ": no function of "
              + pkg.importPath()
              + " is there, or the file is not part of the build";
      case GraphTarget.ByName name ->
          pkg.importPath()
              + " has no function "
              + name.name()
              + " that is compiled (generic functions are only where they are instantiated)"
              + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(", ", suggestions))
              + (suggestions.isEmpty() ? "" : "?");
    };
  }

  private @Nullable GraphReport fail(List<PackageOutput> failed, Path dir)
      throws UserException, IOException {
    for (PackageOutput output : failed) {
      Throwable crash = output.crash();
      if (crash != null) {
        throw new IllegalStateException(output.pkg().importPath(), crash);
      }
      if (output.status() == PackageOutput.Status.ERRORS) {
        terminal.err().println("# " + output.pkg().importPath());
        OutputStream shortening = PathShortener.of(dir, output.pkg().dir()).shorten(terminal.err());
        output.text().writeTo(shortening);
        shortening.flush();
      }
    }
    terminal.err().flush();
    return null;
  }
}
