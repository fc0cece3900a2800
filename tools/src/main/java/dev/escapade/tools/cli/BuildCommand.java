package dev.escapade.tools.cli;

import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.Pipeline;
import dev.escapade.driver.Workspace;
import dev.escapade.driver.cache.ResultCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade build}: prints what {@code go build} with the same flags prints. */
@Command(
    name = "build",
    description = {
      "Print what 'go build' with these flags prints: the compiler's decisions and errors.",
      "None of the code is built or run; only results are kept (see -no-cache)."
    },
    sortOptions = false)
final class BuildCommand implements Callable<Integer> {
  /** Flags of go build that change nothing in what is printed. */
  private static final List<String> SWITCHES_WITHOUT_EFFECT =
      List.of("a", "linkshared", "modcacherw", "work");

  private static final List<String> VALUES_WITHOUT_EFFECT =
      List.of("asmflags", "buildvcs", "gccgoflags", "installsuffix", "ldflags", "o", "pkgdir");

  /** Flags of go build that ask for something that is not here. */
  private static final Map<String, String> SWITCHES_UNSUPPORTED =
      Map.of(
          "asan", "the decisions of instrumented code are not known",
          "msan", "the decisions of instrumented code are not known",
          "race", "the decisions of instrumented code are not known",
          "cover", "the decisions of instrumented code are not known",
          "json", "there is no JSON form of the output yet",
          "n", "no commands are run",
          "x", "no commands are run",
          "trimpath", "paths are always printed in full");

  private static final Map<String, String> VALUES_UNSUPPORTED =
      Map.of(
          "covermode", "the decisions of instrumented code are not known",
          "coverpkg", "the decisions of instrumented code are not known",
          "toolexec", "no commands are run");

  private static final List<String> BUILD_MODES =
      List.of("default", "archive", "c-archive", "exe", "pie");

  private final Terminal terminal;

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  @Option(
      names = {"-gcflags", "--gcflags"},
      paramLabel = "[PATTERN=]FLAGS",
      description = {
        "The compiler's flags for the packages named on the command line, or for those that match"
            + " PATTERN; repeatable, the last match holds.",
        "-m prints decisions, -m=2 their reasons as well, -l disables inlining."
      })
  private List<String> gcflags = new ArrayList<>();

  @Option(
      names = {"-buildmode", "--buildmode"},
      paramLabel = "MODE",
      hidden = true)
  private String buildMode = "default";

  @Option(
      names = {"-compiler", "--compiler"},
      paramLabel = "NAME",
      hidden = true)
  private String compiler = "gc";

  @Option(
      names = {"-watch", "--watch"},
      description = "Go on: print again what changes when files change. Ctrl-C ends it.")
  private boolean watch;

  @Option(
      names = {"-v", "--v"},
      description = "Print the names of packages as they are built.")
  private boolean verbose;

  @Parameters(
      paramLabel = "PACKAGE",
      description = "Patterns, import paths or .go files; default: the package in this directory.")
  private List<String> packages = new ArrayList<>();

  private @Nullable String unsupported;

  private BuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with the flags of go build that it takes only to ignore or to refuse them. */
  static CommandLine commandLine(Terminal terminal) {
    var command = new BuildCommand(terminal);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    SWITCHES_WITHOUT_EFFECT.forEach(f -> spec.addOption(hidden(f).type(boolean.class).build()));
    VALUES_WITHOUT_EFFECT.forEach(f -> spec.addOption(hidden(f).type(String.class).build()));
    SWITCHES_UNSUPPORTED.forEach(
        (f, why) -> spec.addOption(command.refused(f, why).type(boolean.class).build()));
    VALUES_UNSUPPORTED.forEach(
        (f, why) -> spec.addOption(command.refused(f, why).type(String.class).build()));
    return new CommandLine(spec);
  }

  private static OptionSpec.Builder hidden(String flag) {
    return OptionSpec.builder("-" + flag, "--" + flag).hidden(true);
  }

  private OptionSpec.Builder refused(String flag, String why) {
    return hidden(flag)
        .setter(
            new CommandLine.Model.ISetter() {
              @Override
              @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's interface
              public <T> T set(T value) {
                if (!Boolean.FALSE.equals(value) && value != null) {
                  unsupported = "-" + flag + " is not supported: " + why;
                }
                return value;
              }
            });
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    checkSupported();
    BuildRequest request = load.request(terminal, packages, gcflags, Goal.DECIDE, cache());
    if (watch) {
      watch(request);
    }
    var printer = new OutputPrinter(terminal.in(request.load().dir()), verbose);
    try {
      Pipeline.run(request, printer);
    } finally {
      printer.end();
    }
    return exitCode(printer);
  }

  /** Builds at each change, until the thread is interrupted. */
  private void watch(BuildRequest request) throws IOException, InterruptedException {
    Path dir = request.load().dir();
    Workspace workspace = new Workspace();
    Map<String, Long> said = new HashMap<>();
    try (ChangeWatcher watcher = new ChangeWatcher()) {
      watcher.add(dir);
      long start = System.nanoTime();
      while (true) {
        var printer = new OutputPrinter(terminal.in(dir), verbose);
        var changed = new ChangedOutput(printer, said);
        workspace.expect(watcher.unchanged());
        try {
          watcher.add(Pipeline.run(request, workspace, changed));
        } finally {
          printer.end();
        }
        exitCode(printer);
        long millis = (System.nanoTime() - start) / 1_000_000;
        terminal.err().println("escapade: " + changed.packages() + " packages, " + millis + " ms");
        terminal.err().flush();
        start = watcher.await();
      }
    }
  }

  private @Nullable ResultCache cache() {
    return watch ? null : cached.cache(terminal);
  }

  private static int exitCode(OutputPrinter printer) {
    return printer.exitCode("build", ExitCode.FAILED, ExitCode.OK);
  }

  private void checkSupported() throws UserException {
    if (unsupported != null) {
      throw UserException.usage(unsupported);
    }
    if (!compiler.equals("gc")) {
      throw UserException.usage("-compiler=" + compiler + " is not supported: only gc is");
    }
    if (!BUILD_MODES.contains(buildMode)) {
      throw UserException.usage("-buildmode=" + buildMode + " is not supported");
    }
    for (String arg : packages) {
      if (arg.startsWith("-")) {
        throw UserException.usage(
            "flag " + arg + " stands after the first package; flags come first");
      }
    }
  }
}
