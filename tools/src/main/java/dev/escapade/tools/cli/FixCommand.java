package dev.escapade.tools.cli;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.report.Sources;
import dev.escapade.tools.check.GeneratedFiles;
import dev.escapade.tools.fix.FixDiff;
import dev.escapade.tools.fix.FixJson;
import dev.escapade.tools.fix.Promise;
import dev.escapade.tools.fix.Prover;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code escapade fix}: applies what findings propose, each proven by a second look. */
@Command(
    name = "fix",
    description = {
      "Apply the fixes of findings. Each is applied in memory, and kept only if the finding is gone"
          + " then, nothing else is found, no function allocates more, and the code still"
          + " type-checks.",
      "Prints a unified diff, which git apply and patch -p1 take; -w writes the files instead.",
      "Exit code: 0 if all went well, 2 if packages have errors or files cannot be written."
    },
    sortOptions = false)
final class FixCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = {"-w", "--w"},
      description = "Write the files.")
  private boolean write;

  @Option(
      names = {"-risky", "--risky"},
      description = {
        "Apply those fixes as well that change behaviour, or cost more, in some case, which is"
            + " named. Without it they are only counted."
      })
  private boolean risky;

  @Option(
      names = {"-generated", "--generated"},
      description = "Fix generated files, too.")
  private boolean generated;

  @Option(
      names = {"-json", "--json"},
      description = "Print JSON in place of the diff; docs/fixes.schema.json describes it.")
  private boolean json;

  // After the command's own options, as help lists them in this order.
  @Mixin private RuleFlags rules = new RuleFlags();

  @Mixin private LoadFlags load = new LoadFlags();

  @Mixin private CacheFlags cached = new CacheFlags();

  /** Whether some file could not be written. */
  private boolean failed;

  @Parameters(
      paramLabel = "PACKAGE",
      description = "Patterns, import paths or .go files; default: the package in this directory.")
  private List<String> packages = new ArrayList<>();

  FixCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    BuildRequest request =
        load.request(terminal, packages, List.of("all=-m=2"), Goal.DECIDE, cached.cache(terminal));
    if (request.load().overlay() != null) {
      throw UserException.usage("-overlay: fixes are for the files on disk");
    }
    Set<String> chosen = new HashSet<>();
    rules.chosen().forEach(rule -> chosen.add(rule.info().slug()));
    var printer = new OutputPrinter(terminal.in(request.load().dir()), false);
    var analyst = new OverlayAnalyst(request);
    OverlayAnalyst.Look look;
    try {
      look = analyst.look(printer);
    } finally {
      printer.end();
    }
    Map<String, byte[]> contents = new HashMap<>();
    List<Finding> candidates = candidates(look, chosen, contents);
    var prover = new Prover(analyst::analyse, look.verdicts(), contents, Rules.all());
    prover.prove(candidates);
    tell(prover, look.sources());
    if (json) {
      Writer out = new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8);
      FixJson.write(prover, look.sources(), out);
      out.flush();
    }
    show(prover, contents, look.sources());
    return printer.exitCode("fix", ExitCode.USAGE, failed ? ExitCode.USAGE : ExitCode.OK);
  }

  /** The findings that can be fixed; the content of their files is put into {@code contents}. */
  private List<Finding> candidates(
      OverlayAnalyst.Look look, Set<String> chosen, Map<String, byte[]> contents) {
    List<Finding> candidates = new ArrayList<>();
    Map<String, Integer> left = new TreeMap<>();
    for (Finding f : look.verdicts().findings()) {
      Fix fix = f.fix();
      if (fix == null || fix.edits().isEmpty() || !chosen.contains(f.rule())) {
        continue;
      }
      for (var edit : fix.edits()) {
        if (!contents.containsKey(edit.file())) {
          contents.put(edit.file(), look.sources().content(edit.file()));
        }
      }
      if (!isOurs(f.place().file(), look.sources(), contents)) {
        continue;
      }
      if (!risky && !fix.risk().isEmpty()) {
        left.merge(f.rule(), 1, Integer::sum);
      } else {
        candidates.add(f);
      }
    }
    if (!left.isEmpty()) {
      terminal
          .err()
          .println(
              "left out, as they change behaviour or cost more in some case (-risky applies them): "
                  + left.entrySet().stream()
                      .map(e -> e.getValue() + " " + e.getKey())
                      .collect(Collectors.joining(", ")));
    }
    return candidates;
  }

  /** Files of other modules, vendored ones and generated ones are not for us to change. */
  private boolean isOurs(String file, Sources sources, Map<String, byte[]> contents) {
    byte[] content = contents.get(file);
    return sources.isInside(file)
        && !("/" + sources.path(file)).contains("/vendor/")
        && content != null
        && (generated || !GeneratedFiles.isGenerated(content));
  }

  private void tell(Prover prover, Sources sources) {
    for (Promise promise : prover.promises()) {
      Finding f = promise.finding();
      Fix fix = f.fix();
      if (fix != null) {
        terminal.err().println(place(f, sources) + ": fixed: " + f.rule() + ": " + fix.text());
        if (!promise.text().isEmpty()) {
          terminal.err().println("    saves: " + promise.text());
        }
        if (!fix.risk().isEmpty()) {
          terminal.err().println("    mind: " + fix.risk());
        }
      }
    }
    prover
        .dropped()
        .forEach((f, why) ->
            terminal.err().println(place(f, sources) + ": not fixed: " + f.rule() + ": " + why));
    int kept = prover.kept().size();
    int files = prover.changes().size();
    terminal
        .err()
        .println(
            kept == 0
                ? "nothing to fix"
                : count(kept, "fix", "fixes")
                    + " in "
                    + count(files, "file", "files")
                    + (write ? "" : "; -w applies " + (kept == 1 ? "it" : "them")));
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  private static String place(Finding f, Sources sources) {
    return sources.path(f.place().file()) + ":" + f.place().line() + ":" + f.place().column();
  }

  private void show(Prover prover, Map<String, byte[]> contents, Sources sources)
      throws IOException {
    for (Map.Entry<String, byte[]> change : prover.changes().entrySet()) {
      byte[] before = contents.get(change.getKey());
      if (before == null) {
        throw new IllegalStateException(change.getKey());
      }
      if (write) {
        write(Path.of(change.getKey()), before, change.getValue(), sources);
      } else if (!json) {
        FixDiff.of(sources.path(change.getKey()), before, change.getValue())
            .forEach(line -> terminal.out().println(styled(line)));
      }
    }
    terminal.out().flush();
  }

  private String styled(String line) {
    String codes =
        line.startsWith("+")
            ? "32"
            : line.startsWith("-") ? "31" : line.startsWith("@") ? "36" : "";
    return terminal.hasColor() && !codes.isEmpty()
        ? "\u001b[" + codes + "m" + line + "\u001b[0m"
        : line;
  }

  /** Writes a file unless it may not be, or is not what was analysed any more. */
  private void write(Path file, byte[] before, byte[] after, Sources sources) {
    String trouble;
    try {
      trouble =
          !isWritable(file)
              ? "is read-only"
              : !Arrays.equals(Files.readAllBytes(file), before)
                  ? "has changed meanwhile; run again"
                  : null;
      if (trouble == null) {
        replace(file, after);
      }
    } catch (IOException e) {
      trouble = "cannot be written: " + e.getMessage();
    }
    if (trouble != null) {
      failed = true;
      terminal.err().println(sources.path(file.toString()) + " " + trouble);
    }
  }

  /** What nobody may write is not written for root either: the module cache is like that. */
  private static boolean isWritable(Path file) throws IOException {
    PosixFileAttributeView posix = view(file);
    return Files.isWritable(file)
        && (posix == null
            || posix.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE));
  }

  /** Writes a file at once or not at all, with the permissions that it had. */
  private static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toRealPath();
    Path temporary = Files.createTempFile(target.getParent(), ".escapade", ".go");
    try {
      Files.write(temporary, content);
      PosixFileAttributeView posix = view(target);
      PosixFileAttributeView ours = view(temporary);
      if (posix != null && ours != null) {
        ours.setPermissions(posix.readAttributes().permissions());
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }
}
