package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.Pipeline;
import dev.escapade.tools.check.Checker;
import dev.escapade.tools.check.JsonReport;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.check.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Option(
      names = {"-rules", "--rules"},
      paramLabel = "RULE,...",
      split = ",",
      description = "Only these rules; see -list-rules.")
  private List<String> rules = new ArrayList<>();

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
      names = {"-format", "--format"},
      paramLabel = "FORMAT",
      description = "text (the default), brief (one line for each finding) or json.")
  private String format = "text";

  @Option(
      names = {"-json", "--json"},
      description = "The same as -format=json.")
  private boolean json;

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
    if (!List.of("text", "brief", "json").contains(format)) {
      throw UserException.usage("-format is text, brief or json, not " + format);
    }
    Selection selection = new Selection(least(), cold, generated);
    BuildRequest request = load.request(terminal, packages, List.of("all=-m=2"), Goal.DECIDE, null);
    Path dir = request.load().dir();
    var printer = new OutputPrinter(terminal.in(dir), false);
    var checker = new Checker(chosen(), printer);
    try {
      Pipeline.run(request.withAnalyses(List.of(checker.advisor())), checker.listener());
    } finally {
      printer.end();
    }
    if (hasCrashed(printer)) {
      return ExitCode.INTERNAL;
    }
    List<Finding> shown = selection.of(checker);
    show(shown, dir);
    if (!format.equals("json") && selection.hidden() > 0) {
      terminal
          .err()
          .println(
              selection.hidden() + " on paths to an error or a panic, not shown: -cold shows them");
    }
    if (printer.hasFailed()) {
      return ExitCode.USAGE;
    }
    return shown.stream().anyMatch(f -> f.severity() != Severity.NOTE)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private Severity least() throws UserException {
    for (Severity s : Severity.values()) {
      if (s.label().equals(severity)) {
        return s;
      }
    }
    throw UserException.usage("-severity is note, info, warning or error, not " + severity);
  }

  private List<Rule> chosen() throws UserException {
    List<Rule> chosen = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      if (rules.isEmpty() || rules.contains(rule.info().slug())) {
        chosen.add(rule);
      }
    }
    for (String name : rules) {
      if (chosen.stream().noneMatch(r -> r.info().slug().equals(name))) {
        throw UserException.usage("there is no rule " + name + "; -list-rules lists all");
      }
    }
    return chosen;
  }

  private void show(List<Finding> findings, Path dir) throws IOException {
    if (format.equals("json")) {
      JsonReport.write(findings, dir, Version.number(), terminal.out());
      return;
    }
    var report = new TextReport(dir, terminal.hasColor(), format.equals("brief"));
    for (Finding f : findings) {
      report.write(f, terminal.out());
    }
    terminal.out().flush();
  }

  private boolean hasCrashed(OutputPrinter printer) {
    for (PackageOutput output : printer.crashed()) {
      Throwable crash = output.crash();
      if (crash != null) {
        CrashReport.print(
            terminal.err(), terminal.env(), List.of("check", output.pkg().importPath()), crash);
        return true;
      }
    }
    return false;
  }
}
