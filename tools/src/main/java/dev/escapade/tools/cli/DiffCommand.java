package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.explain.HeapDecisions;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.release.Release;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.CountEntry;
import dev.escapade.tools.count.CountReport;
import dev.escapade.tools.count.FactsCollector;
import dev.escapade.tools.diff.Difference;
import dev.escapade.tools.diff.DifferenceText;
import dev.escapade.tools.diff.Side;
import dev.escapade.tools.git.GitException;
import dev.escapade.tools.git.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade diff}: what a change does to memory. */
@Command(
    name = "diff",
    description = {
      "Compare two revisions of git, or one with the files as they are: allocations per call, what"
          + " is on the heap, and findings.",
      "Exit code: 0 nothing is worse, 1 there are new findings, 2 bad usage or code that cannot be"
          + " loaded."
    },
    sortOptions = false)
final class DiffCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  @Option(
      names = {"-format", "--format"},
      paramLabel = "FORMAT",
      description = "text (the default) or markdown, for the comment on a pull request.")
  private String format = "text";

  @Parameters(
      arity = "1..*",
      paramLabel = "REV [REV] [PACKAGE...]",
      description = "One or two revisions (REV..REV as well), and packages; default: ./...")
  private List<String> args = new ArrayList<>();

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    if (!format.equals("text") && !format.equals("markdown")) {
      throw UserException.usage("-format is text or markdown, not " + format);
    }
    List<String> packages = new ArrayList<>(args);
    String from = packages.removeFirst();
    String to = null;
    int dots = from.indexOf("..");
    if (dots > 0) {
      to = from.substring(dots + (from.startsWith("...", dots) ? 3 : 2));
      from = from.substring(0, dots);
    } else if (!packages.isEmpty() && Revision.exists(load.dir(terminal), packages.getFirst())) {
      to = packages.removeFirst();
    }
    if (packages.isEmpty()) {
      packages.add("./...");
    }
    BuildRequest request =
        load.request(terminal, packages, List.of("all=-m=2"), Goal.DECIDE, cached.cache(terminal));
    var earlier = new OutputPrinter(terminal.in(request.load().dir()), false);
    Side before;
    try {
      before = side(from, request, earlier);
    } finally {
      earlier.end();
    }
    var printer = new OutputPrinter(terminal.in(request.load().dir()), false);
    Side after;
    try {
      after = side(to, request, printer);
    } finally {
      printer.end();
    }
    for (OutputPrinter side : List.of(earlier, printer)) {
      if (side.hasCrashed()) { // all of the package would be told as new or as gone
        return side.exitCode("diff", ExitCode.INTERNAL, ExitCode.INTERNAL);
      }
    }
    Difference difference = Difference.of(before, after);
    var text = new DifferenceText(terminal.out(), terminal.hasColor());
    if (format.equals("markdown")) {
      text.markdown(difference, before, after);
    } else {
      text.text(difference);
    }
    return printer.exitCode(
        "diff", ExitCode.USAGE, difference.isWorse() ? ExitCode.FAILED : ExitCode.OK);
  }

  /** One side: a revision, or the files as they are if there is none. */
  private Side side(@Nullable String rev, BuildRequest request, BuildListener listener)
      throws UserException, IOException, InterruptedException {
    if (rev == null || rev.isEmpty()) {
      return side("work tree", request.load(), request, listener);
    }
    try (Revision revision = Revision.checkOut(request.load().dir(), rev)) {
      LoadConfig config = request.load().withSubjects(revision.dir(), request.load().patterns());
      return side(rev, config, request, listener);
    } catch (GitException e) {
      throw UserException.usage(rev + ": " + e.getMessage());
    }
  }

  private static Side side(
      String name, LoadConfig config, BuildRequest request, BuildListener listener)
      throws IOException, InterruptedException {
    var heap = new HeapDecisions();
    List<Rule> rules = new ArrayList<>(Rules.all());
    rules.add(heap);
    var facts = new FactsCollector();
    FindingsRun run =
        FindingsRun.of(
            request.withLoad(config).withAnalyses(List.of(facts.analysis())),
            rules,
            new Selection(Severity.NOTE, false, false),
            facts.listener(listener));
    List<Finding> decisions = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Finding f : run.findings()) {
      (f.rule().equals(heap.info().slug()) ? decisions : findings).add(f);
    }
    return new Side(name, decisions, findings, BigStack.call(() -> counts(facts)), run.sources());
  }

  private static SortedMap<String, String> counts(FactsCollector collector) {
    SortedMap<String, String> counts = new TreeMap<>();
    for (CountEntry e : CountReport.ofRoots(collector, Release.GO1_26.allocation()).entries()) {
      counts.put(e.function().name(), e.outcome().any().allocs().toString());
    }
    return counts;
  }
}
