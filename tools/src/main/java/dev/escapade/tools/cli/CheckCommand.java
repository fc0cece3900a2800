package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.profile.LineProfile;
import dev.escapade.release.Release;
import dev.escapade.report.FunctionCount;
import dev.escapade.report.Report;
import dev.escapade.report.ReportFormat;
import dev.escapade.tools.check.Baseline;
import dev.escapade.tools.check.CheckConfig;
import dev.escapade.tools.check.Heats;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.CountEntry;
import dev.escapade.tools.count.CountReport;
import dev.escapade.tools.count.FactsCollector;
import dev.escapade.tools.git.GitException;
import dev.escapade.tools.git.Revision;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade check}: what costs memory for no good reason. */
@Command(
    name = "check",
    description = {
      "Print findings: what costs memory, why, how much, and what to change.",
      "Exit code: 0 nothing found (but notes), 1 findings, 2 bad usage or code that cannot be"
          + " loaded."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  @Mixin private RuleFlags rules = new RuleFlags();

  @Option(
      names = {"-list-rules", "--list-rules"},
      description = "Print all rules and what they find.")
  private boolean listRules;

  @Option(
      names = {"-severity", "--severity"},
      paramLabel = "LEVEL",
      description = "The least severity to show: note (the default), info, warning or error.")
  private String severity = "note";

  @Option(
      names = {"-cold", "--cold"},
      description = "Show also what is only on paths to an error or a panic.")
  private boolean cold;

  @Option(
      names = {"-generated", "--generated"},
      description = "Look at generated files, too.")
  private boolean generated;

  @Option(
      names = {"-profile", "--profile"},
      paramLabel = "FILE",
      description =
          "A CPU or heap profile of a program with this code: what it has seen often is marked and"
              + " comes first, cold paths included. May be given several times.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = {"-config", "--config"},
      paramLabel = "FILE",
      description =
          "Read FILE instead of the .escapade.yaml of this directory or the next above, up to the"
              + " module's.")
  private @Nullable String config;

  @Option(
      names = {"-format", "--format"},
      paramLabel = "FORMAT",
      description =
          "text (the default), brief (one line for each finding), json, sarif, checkstyle, github"
              + " or html.")
  private String format = "text";

  @Option(
      names = {"-json", "--json"},
      description = "The same as -format=json.")
  private boolean json;

  @Option(
      names = {"-baseline", "--baseline"},
      paramLabel = "FILE",
      description = "Show only what an earlier report (json or sarif) does not have.")
  private @Nullable String baseline;

  @Option(
      names = {"-new-from-rev", "--new-from-rev"},
      paramLabel = "REV",
      description = "Show only what git's revision REV does not have.")
  private @Nullable String newFromRev;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the report to this file.")
  private @Nullable String output;

  @Parameters(
      paramLabel = "PACKAGE",
      description = "Patterns, import paths or .go files; default: the package in this directory.")
  private List<String> packages = new ArrayList<>();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    if (listRules) {
      for (Rule rule : Rules.all()) {
        RuleInfo info = rule.info();
        terminal
            .out()
            .printf(
                "%-32s %-9s %-8s %s%n",
                info.slug(), info.question().label(), info.severity().label(), info.title());
      }
      return ExitCode.OK;
    }
    if (json) {
      format = "json";
    }
    ReportFormat form = ReportFormat.of(format);
    if (form == null) {
      throw UserException.usage("there is no format " + format + "; see escapade check --help");
    }
    Severity least = least();
    CheckConfig config = config(load.dir(terminal));
    BuildRequest request =
        load.request(terminal, packages, List.of("all=-m=2"), Goal.DECIDE, cached.cache(terminal));
    List<Rule> chosen = rules.chosen();
    List<Baseline> known = new ArrayList<>();
    if (baseline != null) {
      known.add(baseline(baseline));
    }
    if (newFromRev != null) {
      known.add(findingsOf(newFromRev, request, chosen));
    }
    var printer = new OutputPrinter(terminal.in(request.load().dir()), false);
    var facts = new FactsCollector();
    boolean counting = form == ReportFormat.HTML;
    BuildRequest asked = counting ? request.withAnalyses(List.of(facts.analysis())) : request;
    FindingsRun run;
    try {
      run =
          FindingsRun.of(
              asked,
              chosen,
              new Selection(least, cold, generated, config, heats()),
              counting ? facts.listener(printer) : printer);
    } finally {
      printer.end();
    }
    int all = run.findings().size();
    for (Baseline b : known) {
      run = run.with(b.newAmong(run.findings(), run.sources()));
    }
    show(form, run, chosen, counting ? BigStack.call(() -> counts(facts)) : List.of());
    if (!form.isDocument()) {
      tellHidden(run, all - run.findings().size());
    }
    return printer.exitCode("check", ExitCode.USAGE, run.fails() ? ExitCode.FAILED : ExitCode.OK);
  }

  private void tellHidden(FindingsRun run, int known) {
    if (known > 0) {
      terminal.err().println(known + " known already, not shown");
    }
    if (run.hidden() > 0) {
      terminal
          .err()
          .println(run.hidden() + " on paths to an error or a panic, not shown: -cold shows them");
    }
  }

  private Baseline baseline(String file) throws UserException {
    try {
      return Baseline.read(terminal.dir().resolve(file));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
      throw UserException.usage("-baseline " + file + ": " + why);
    }
  }

  /** What the rules find in another revision; that some of its code has errors is no error here. */
  private Baseline findingsOf(String rev, BuildRequest request, List<Rule> rules)
      throws UserException, IOException, InterruptedException {
    LoadConfig config = request.load();
    try (Revision revision = Revision.checkOut(config.dir(), rev)) {
      BuildRequest before =
          request.withLoad(config.withSubjects(revision.dir(), config.patterns()));
      var everything = new Selection(Severity.NOTE, true, true);
      FindingsRun run = FindingsRun.of(before, rules, everything, _ -> {});
      return Baseline.of(run.findings(), run.sources());
    } catch (GitException e) {
      throw UserException.usage("-new-from-rev " + rev + ": " + e.getMessage());
    }
  }

  private Heats heats() throws UserException {
    List<LineProfile> read = new ArrayList<>();
    for (String file : profiles) {
      try {
        read.add(LineProfile.read(load.dir(terminal).resolve(file)));
      } catch (NoSuchFileException _) {
        throw UserException.usage("-profile " + file + ": no such file");
      } catch (IOException e) {
        throw UserException.usage("-profile " + file + ": " + e.getMessage());
      }
    }
    return new Heats(read);
  }

  private CheckConfig config(Path dir) throws UserException, IOException {
    Set<String> names = Set.copyOf(Rules.all().stream().map(r -> r.info().slug()).toList());
    try {
      if (config != null) {
        return CheckConfig.read(terminal.dir().resolve(config), names);
      }
      return CheckConfig.find(dir, names);
    } catch (CheckConfig.ConfigException e) {
      throw UserException.usage(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException _) {
      throw UserException.usage("-config " + config + ": no such file");
    }
  }

  private Severity least() throws UserException {
    for (Severity s : Severity.values()) {
      if (s.label().equals(severity)) {
        return s;
      }
    }
    throw UserException.usage("-severity is note, info, warning or error, not " + severity);
  }

  private static List<FunctionCount> counts(FactsCollector facts) {
    List<FunctionCount> counts = new ArrayList<>();
    for (CountEntry e : CountReport.ofRoots(facts, Release.GO1_26.allocation()).entries()) {
      Cost cost = e.outcome().any();
      Place place = e.function().place();
      if (!place.file().isEmpty()) { // what the compiler makes up is in no source
        counts.add(
            new FunctionCount(
                e.function().name(),
                place.file(),
                place.line(),
                place.column(),
                cost.allocs().toString(),
                cost.bytes().isBounded() ? cost.bytes().toString() : ""));
      }
    }
    return counts;
  }

  private void show(
      ReportFormat form, FindingsRun run, List<Rule> rules, List<FunctionCount> counts)
      throws IOException, UserException {
    List<RuleInfo> infos = rules.stream().map(Rule::info).toList();
    var report = new Report(run.findings(), infos, counts, run.sources(), Version.number());
    if (output == null) {
      form.write(report, terminal.hasColor(), terminal.out());
      terminal.out().flush();
      return;
    }
    Path file = terminal.dir().resolve(output);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      form.write(report, false, out);
    } catch (IOException e) {
      throw UserException.usage("cannot write " + output + ": " + e.getMessage());
    }
    terminal.err().println("wrote " + output);
  }
}
