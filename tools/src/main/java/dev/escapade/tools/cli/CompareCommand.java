package dev.escapade.tools.cli;

import dev.escapade.driver.FlagException;
import dev.escapade.load.LoadConfig;
import dev.escapade.tools.compare.Comparer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade compare}. */
@Command(
    name = "compare",
    description = {
      "Compare our decisions with those of the installed Go toolchain (for developers).",
      "By package, as multisets of lines: agreement = same / (same + missing + extra).",
      "What go prints is kept, so that it runs once only for the same packages and flags."
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Option(
      names = {"-flags", "--flags"},
      paramLabel = "FLAGS",
      description = "The compiler's flags (default: -m=2; with --logs none).")
  private @Nullable String flags;

  @Option(
      names = {"-modules", "--modules"},
      paramLabel = "FILE",
      description = "Compare the modules that FILE lists, such as corpus/modules.txt.")
  private @Nullable Path modules;

  @Option(
      names = {"-only", "--only"},
      paramLabel = "TEXT",
      description = "Take only modules whose path contains TEXT.")
  private String only = "";

  @Option(
      names = {"-deps", "--deps"},
      description = "With each module, compare what its packages import outside std.")
  private boolean dependencies;

  @Option(
      names = {"-errors", "--errors"},
      description = "Load and check only; the code is right, so every error is a false one.")
  private boolean errors;

  @Option(
      names = {"-logs", "--logs"},
      description = "Compare optimization logs (-json=0,dir), byte for byte.")
  private boolean logs;

  @Option(
      names = {"-packages", "--packages"},
      paramLabel = "N",
      description = "How many of the worst packages, or logs, to show (default: 10).")
  private int packages = 10;

  @Option(
      names = {"-kinds", "--kinds"},
      paramLabel = "N",
      description = "How many kinds of disagreement to show (default: 20).")
  private int kinds = 20;

  @Option(
      names = {"-exact", "--exact"},
      paramLabel = "N",
      description = "How many lines of each kind to show in full, up to 5 (default: 2).")
  private int exact = 2;

  @Option(
      names = {"-require", "--require"},
      paramLabel = "PERCENT",
      description = "Fail if the agreement is lower.")
  private double require;

  @Option(
      names = {"-json", "--json"},
      description = "Print JSON.")
  private boolean json;

  @Option(
      names = {"-cache", "--cache"},
      paramLabel = "DIR",
      description = "Where outputs of go are kept (default: ESCAPADE_CACHE or ~/.cache/escapade).")
  private @Nullable Path cache;

  @Option(
      names = {"-go", "--go"},
      paramLabel = "FILE",
      description = "The go command (default: go).")
  private String go = "go";

  @Parameters(paramLabel = "PATTERN", description = "Packages, each pattern by itself.")
  private List<String> patterns = new ArrayList<>();

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    if (patterns.isEmpty() && modules == null) {
      throw UserException.usage("compare: name packages, or a list with --modules");
    }
    LoadConfig settings = load.config(terminal, List.of());
    String gcflags = flags != null ? flags : logs ? "" : "-m=2";
    var comparer = new Comparer(settings, cacheDir(), go, gcflags, errors);
    var detail = new Comparer.Detail(packages, kinds, exact, json);
    try {
      Path list = modules == null ? null : terminal.dir().resolve(modules);
      var subjects = new Comparer.Subjects(list, only, dependencies, patterns);
      var out = terminal.out();
      var err = terminal.err();
      if (logs) {
        double same = comparer.runLogs(subjects, detail, out, err);
        return same < require ? ExitCode.FAILED : ExitCode.OK;
      }
      double percent = comparer.run(subjects, detail, out, err);
      return percent < (errors ? 100 : require) ? ExitCode.FAILED : ExitCode.OK;
    } catch (FlagException e) {
      throw UserException.usage(String.valueOf(e.getMessage()));
    }
  }

  private Path cacheDir() {
    if (cache != null) {
      return terminal.dir().resolve(cache);
    }
    String dir = terminal.env().getOrDefault("ESCAPADE_CACHE", "");
    if (!dir.isEmpty()) {
      return terminal.dir().resolve(dir);
    }
    String base = terminal.env().getOrDefault("XDG_CACHE_HOME", "");
    if (base.isEmpty()) {
      base = terminal.env().getOrDefault("HOME", ".") + "/.cache";
    }
    return terminal.dir().resolve(base).resolve("escapade");
  }
}
