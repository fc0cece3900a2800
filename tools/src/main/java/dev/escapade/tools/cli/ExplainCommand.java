package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.explain.Explain;
import dev.escapade.advice.explain.Meanings;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.release.Release;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.CountEntry;
import dev.escapade.tools.count.CountReport;
import dev.escapade.tools.count.CountText;
import dev.escapade.tools.count.FactsCollector;
import dev.escapade.tools.explain.FileInBuild;
import dev.escapade.tools.explain.LineTarget;
import dev.escapade.tools.explain.SourceLine;
import dev.escapade.tools.explain.Story;
import dev.escapade.tools.explain.StoryText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
    place = place.endsWith(":") ? place.substring(0, place.length() - 1) : place;
    LineTarget target = LineTarget.parse(place, load.dir(terminal));
    if (target == null) {
      throw UserException.usage("expected FILE.go:LINE or FILE.go:LINE:COLUMN, not " + place);
    }
    if (!Files.isRegularFile(target.file())) {
      throw UserException.usage(place + ": no such file");
    }
    BuildRequest request = request(target, "all=-m=2", null);
    var printer = new OutputPrinter(terminal.in(request.load().dir()), false);
    var file = new FileInBuild(target.file(), printer);
    var explain = new Explain(target.file().toString(), target.line());
    var meanings = new Meanings(target.file().toString(), target.line(), target.column());
    List<Rule> rules = new ArrayList<>(Rules.all());
    rules.add(explain);
    rules.add(meanings);
    var facts = new FactsCollector();
    FindingsRun run;
    try {
      run =
          FindingsRun.of(
              request.withAnalyses(List.of(facts.analysis())),
              rules,
              everything(),
              facts.listener(file));
    } finally {
      printer.end();
    }
    List<Finding> line = of(run, explain);
    List<Finding> names =
        of(run, meanings).stream()
            .filter(n -> line.stream().noneMatch(f -> f.place().column() == n.place().column()))
            .toList();
    List<Finding> told = new ArrayList<>(at(line, target.column()));
    told.addAll(at(names, target.column()));
    boolean isAsked = !told.isEmpty();
    if (!isAsked) {
      told.addAll(line.isEmpty() ? names : line);
    }
    var source = new SourceLine(run.sources().content(target.file().toString()), target.line());
    if (told.isEmpty()) {
      nothing(file, source);
      return printer.exitCode("explain", ExitCode.USAGE, ExitCode.FAILED);
    }
    if (target.column() > 0 && !isAsked) {
      terminal.err().println(place + ": " + elsewhere(source, target.column()));
    }
    List<Finding> findings =
        run.findings().stream()
            .filter(f -> !f.rule().equals(slug(explain)) && !f.rule().equals(slug(meanings)))
            .filter(f -> isAt(f, target))
            .toList();
    List<String> allocations = BigStack.call(() -> allocations(facts, target));
    List<Finding> decided = isAsked ? at(line, target.column()) : line;
    var other = new Comparison(target, explain, decided, isAsked);
    List<String> notInlined = other.with("all=-m=2 -l", null, Comparison::isOfInlining);
    List<String> unprofiled =
        load.mayHaveProfile(target.folder())
            ? other.with("all=-m=2", "off", _ -> false)
            : List.of();
    told.sort(ORDER);
    new StoryText(run.sources(), terminal.hasColor(), terminal.out())
        .write(new Story(target, told, findings, allocations, notInlined, unprofiled));
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
    LoadConfig config = request.load().withTest(target.isTest());
    return request.withLoad(pgo == null ? config : config.withPgo(pgo));
  }

  private static Selection everything() {
    return new Selection(Severity.NOTE, true, true);
  }

  private static String slug(Rule rule) {
    return rule.info().slug();
  }

  /** What a rule says, from left to right. */
  private static List<Finding> of(FindingsRun run, Rule rule) {
    return run.findings().stream()
        .filter(f -> f.rule().equals(slug(rule)))
        .distinct()
        .sorted(ORDER)
        .toList();
  }

  private static List<Finding> at(List<Finding> line, int column) {
    return line.stream().filter(f -> covers(f.place(), column)).toList();
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
      Predicate<dev.escapade.count.alloc.Place> isHere =
          p -> p.line() == target.line() && p.file().equals(target.file().toString());
      // What is at the function itself was made for an instance, and stands in the body, too.
      isHere = isHere.and(p -> p.inlinedFrom().isEmpty() || !isAtSame(p, e.function().place()));
      for (CountEntry.SiteCost s : e.sites()) {
        if (isHere.test(s.site().place())) {
          lines.add(CountText.line(s));
        }
      }
      for (CountEntry.CallCost c : e.calls()) {
        if (isHere.test(c.place())) {
          lines.add(CountText.line(c));
        }
      }
    }
    return List.copyOf(lines);
  }

  private static boolean isAtSame(
      dev.escapade.count.alloc.Place a, dev.escapade.count.alloc.Place b) {
    return a.line() == b.line() && a.column() == b.column() && a.file().equals(b.file());
  }

  /** Compares what is decided with what would be with other flags. */
  private final class Comparison {
    private final LineTarget target;
    private final Explain explain;
    private final Set<String> decided;
    private final boolean isAsked;

    /**
     * A comparison with what is decided.
     *
     * @param isAsked whether only what is at the column counts
     */
    Comparison(LineTarget target, Explain explain, List<Finding> decided, boolean isAsked) {
      this.target = target;
      this.explain = explain;
      this.decided = messages(decided);
      this.isAsked = isAsked;
    }

    /**
     * What is decided otherwise.
     *
     * @param ignored what is different of necessity
     */
    List<String> with(String flags, @Nullable String pgo, Predicate<String> ignored)
        throws UserException, IOException, InterruptedException {
      List<Finding> line =
          of(
              FindingsRun.of(request(target, flags, pgo), List.of(explain), everything(), _ -> {}),
              explain);
      Set<String> others = messages(isAsked ? at(line, target.column()) : line);
      List<String> different = new ArrayList<>();
      others.stream().filter(m -> !decided.contains(m)).forEach(different::add);
      decided.stream()
          .filter(m -> !others.contains(m))
          .map(m -> "no longer: " + m)
          .forEach(different::add);
      different.removeIf(ignored);
      return different;
    }

    private static Set<String> messages(List<Finding> findings) {
      return findings.stream()
          .map(Finding::message)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Of course nothing is inlined with inlining off. */
    static boolean isOfInlining(String message) {
      return message.contains(" be inlined")
          || message.contains(" is not inlined")
          || message.contains(" is replaced by its body")
          || message.contains(" is inlined into wrappers");
    }
  }

  private void nothing(FileInBuild file, SourceLine source) throws InterruptedException {
    String absence = file.absence();
    String why = absence != null ? absence : BigStack.call(source::description);
    if (file.hasErrors() && why.equals(SourceLine.NOTHING)) {
      String function = BigStack.call(source::function);
      why =
          "nothing is decided here"
              + (function == null ? "" : " in " + function)
              + ": what depends on the errors above is left out";
    }
    terminal.err().println(place + ": " + why);
  }

  private static String elsewhere(SourceLine source, int column) {
    return (column >= source.endColumn()
            ? "the line ends at column " + source.endColumn()
            : "nothing is decided at column " + column)
        + "; this is what there is on the line:";
  }
}
