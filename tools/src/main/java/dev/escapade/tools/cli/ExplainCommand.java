package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.explain.Explain;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.release.Release;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.CountEntry;
import dev.escapade.tools.count.CountReport;
import dev.escapade.tools.count.CountText;
import dev.escapade.tools.count.FactsCollector;
import dev.escapade.tools.explain.LineTarget;
import dev.escapade.tools.explain.Story;
import dev.escapade.tools.explain.StoryText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code escapade explain}: the story of the values on a line. */
@Command(
    name = "explain",
    description = {
      "Explain what was decided at a place of the source: what lives where, why, what it costs,"
          + " what would have to change, and what inlining and a profile have to do with it."
    },
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place).thenComparing(Finding::message);

  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  @Parameters(
      arity = "1",
      paramLabel = "FILE.go:LINE[:COLUMN]",
      description = "The place, as compilers and editors print it.")
  private String place = "";

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    LineTarget target = LineTarget.parse(place, load.dir(terminal));
    if (target == null) {
      throw UserException.usage("expected FILE.go:LINE or FILE.go:LINE:COLUMN, not " + place);
    }
    if (!Files.isRegularFile(target.file())) {
      throw UserException.usage(place + ": no such file");
    }
    BuildRequest request = request(target, "all=-m=2", null);
    var printer = new OutputPrinter(terminal.in(request.load().dir()), false);
    var explain = new Explain(target.file().toString(), target.line(), target.column());
    List<Rule> rules = new ArrayList<>(Rules.all());
    rules.add(explain);
    var facts = new FactsCollector();
    FindingsRun run;
    try {
      run =
          FindingsRun.of(
              request.withAnalyses(List.of(facts.analysis())),
              rules,
              everything(),
              facts.listener(printer));
    } finally {
      printer.end();
    }
    String slug = explain.info().slug();
    List<Finding> decided = decided(run, slug, target);
    if (decided.isEmpty()) {
      nothing(run, target);
      return printer.exitCode("explain", ExitCode.USAGE, ExitCode.FAILED);
    }
    List<Finding> findings =
        run.findings().stream().filter(f -> !f.rule().equals(slug) && isAt(f, target)).toList();
    List<String> allocations = BigStack.call(() -> allocations(facts, target));
    List<String> notInlined = differently(target, explain, decided, "all=-m=2 -l", null);
    List<String> unprofiled =
        load.mayHaveProfile(target.folder())
            ? differently(target, explain, decided, "all=-m=2", "off")
            : List.of();
    new StoryText(run.sources(), terminal.hasColor(), terminal.out())
        .write(new Story(target, decided, findings, allocations, notInlined, unprofiled));
    return printer.exitCode("explain", ExitCode.USAGE, ExitCode.OK);
  }

  /**
   * What to build.
   *
   * @param pgo the value of {@code -pgo} in place of the user's, or null
   */
  private BuildRequest request(LineTarget target, String flags, @Nullable String pgo)
      throws UserException {
    BuildRequest request =
        load.request(
            terminal,
            List.of(target.folder().toString()),
            List.of(flags),
            Goal.DECIDE,
            cached.cache(terminal));
    return pgo == null ? request : request.withLoad(request.load().withPgo(pgo));
  }

  private static Selection everything() {
    return new Selection(Severity.NOTE, true, true);
  }

  /**
   * What was decided at the place, from left to right; the whole line if the column has nothing.
   */
  private static List<Finding> decided(FindingsRun run, String slug, LineTarget target) {
    List<Finding> line =
        run.findings().stream()
            .filter(f -> f.rule().equals(slug))
            .distinct()
            .sorted(ORDER)
            .toList();
    List<Finding> here = line.stream().filter(f -> covers(f.place(), target.column())).toList();
    return here.isEmpty() ? line : here;
  }

  private static boolean covers(Place p, int column) {
    return column > 0
        && p.column() <= column
        && (p.endLine() > p.line() || column < Math.max(p.endColumn(), p.column() + 1));
  }

  private static boolean isAt(Finding f, LineTarget target) {
    return f.place().file().equals(target.file().toString())
        && f.place().line() <= target.line()
        && target.line() <= f.place().endLine()
        && (f.place().line() == target.line()
            || f.cause().stream().anyMatch(step -> step.place().line() == target.line()));
  }

  private static List<String> allocations(FactsCollector collector, LineTarget target) {
    CountReport report =
        CountReport.ofRoots(
            collector,
            Release.GO1_26.allocation(),
            f -> f.place().file().equals(target.file().toString()),
            0);
    Set<String> lines = new TreeSet<>();
    for (CountEntry e : report.entries()) {
      for (CountEntry.SiteCost s : e.sites()) {
        if (s.site().place().line() == target.line()
            && s.site().place().file().equals(target.file().toString())) {
          lines.add(CountText.line(s));
        }
      }
      for (CountEntry.CallCost c : e.calls()) {
        if (c.place().line() == target.line()
            && c.place().file().equals(target.file().toString())) {
          lines.add(CountText.line(c));
        }
      }
    }
    return List.copyOf(lines);
  }

  /** What is decided otherwise with other flags. */
  private List<String> differently(
      LineTarget target, Explain explain, List<Finding> with, String flags, @Nullable String pgo)
      throws UserException, IOException, InterruptedException {
    FindingsRun run =
        FindingsRun.of(request(target, flags, pgo), List.of(explain), everything(), _ -> {});
    Set<String> same = with.stream().map(Finding::message).collect(Collectors.toSet());
    boolean isInliningOff = flags.endsWith(" -l");
    return decided(run, explain.info().slug(), target).stream()
        .map(Finding::message)
        .filter(m ->
            !same.contains(m)
                && !(isInliningOff
                    && (m.contains(" cannot be inlined") || m.contains(" is not inlined"))))
        .distinct()
        .toList();
  }

  private void nothing(FindingsRun run, LineTarget target) {
    int lines = run.sources().lineCount(target.file().toString());
    String line = run.sources().line(target.file().toString(), target.line()).strip();
    String what =
        target.line() > lines
            ? "the file has " + lines + (lines == 1 ? " line" : " lines")
            : line.isEmpty()
                ? "the line is empty"
                : line.startsWith("//") || line.startsWith("/*")
                    ? "this is a comment; ask about a line of code"
                    : "nothing is decided on this line: no variable is declared or used, nothing is"
                        + " allocated, and no call is inlined";
    terminal.err().println(place + ": " + what);
  }
}
