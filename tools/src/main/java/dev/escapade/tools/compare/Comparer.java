package dev.escapade.tools.compare;

import dev.escapade.driver.FlagException;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.files.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the comparisons that a command line asks for.
 *
 * @param load what both sides are told of where packages come from, and the working directory
 * @param cache where recordings and scratch modules are kept
 * @param goCommand the go command to ask
 * @param gcflags the compiler's flags
 * @param errorsOnly whether only false errors are looked for
 */
public record Comparer(
    LoadConfig load, Path cache, String goCommand, String gcflags, boolean errorsOnly) {
  /**
   * What is compared.
   *
   * @param modules a file with a list of modules, or null
   * @param only what a module's path must contain to be taken
   * @param withDependencies whether what a module's packages import is compared, too
   * @param patterns packages, besides
   */
  public record Subjects(
      @Nullable Path modules, String only, boolean withDependencies, List<String> patterns) {}

  /** What to print of the results. */
  public record Detail(int packages, int kinds, int examples, boolean json) {}

  /**
   * Compares. A package that modules share is decided once: what was decided is kept while this
   * runs, and not longer, so that no other program's decisions are taken for ours.
   *
   * @return the agreement of all together in percent; with {@code errorsOnly} 100 if there are no
   *     errors, else 0
   */
  public double run(Subjects subjects, Detail detail, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, FlagException {
    Oracle oracle = Oracle.open(cache, goCommand);
    List<Result> results = new ArrayList<>();
    Path decided = Files.createTempDirectory(cache.toAbsolutePath(), "decided");
    try {
      var shared =
          subjects.modules() == null ? null : new ResultCache(ResultCache.open(decided), "compare");
      forEachSubject(
          subjects,
          oracle,
          subject -> results.add(compare(subject, shared, oracle, detail, out, err)));
    } finally {
      Folders.delete(decided);
    }
    if (detail.json()) {
      Report.printJson(results, oracle.version(), gcflags, out);
    } else {
      new Report(detail.packages(), detail.kinds(), detail.examples()).print(results, out);
    }
    return verdict(results);
  }

  /**
   * Compares optimization logs, with those of a compiler that has one worker. Without a setting of
   * {@code -pgo} there are no profiles: with one, packages are built once more for a command, and
   * both logs would go to one place.
   *
   * @param detail how many logs that differ are shown, and how; what it says of kinds has no effect
   * @return the share of the lines that are the same in percent; less than 100 if an order differs
   * @see #run
   */
  public double runLogs(Subjects subjects, Detail detail, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, FlagException {
    Oracle oracle = Oracle.open(cache, goCommand);
    List<LogResult> results = new ArrayList<>();
    LoadConfig settings = load.pgo() == null ? load.withPgo("off") : load;
    var report = new LogReport(detail.packages(), detail.json(), out);
    forEachSubject(
        subjects,
        oracle,
        subject -> {
          LogResult result = compareLogs(subject, oracle, settings, err);
          report.line(result);
          results.add(result);
        });
    return report.all(results);
  }

  private LogResult compareLogs(
      Subject subject, Oracle oracle, LoadConfig settings, PrintStream err)
      throws IOException, InterruptedException, FlagException {
    Flags flags = Flags.of(gcflags, settings);
    if (!oracle.hasLogs(subject, flags)) {
      err.println("running go build for the logs of " + subject.name() + " ...");
      err.flush();
    }
    List<String> commands = oracle.go().commands(subject, flags);
    Recording recording = oracle.askLogs(subject, flags, commands);
    Path scratch = Files.createTempDirectory(cache.toAbsolutePath(), "logs");
    try {
      return LogComparison.run(subject, flags, recording, settings, scratch, commands);
    } finally {
      Folders.delete(scratch);
    }
  }

  /** Does something with a subject. */
  @FunctionalInterface
  private interface Work {
    void accept(Subject subject) throws IOException, InterruptedException, FlagException;
  }

  private void forEachSubject(Subjects subjects, Oracle oracle, Work work)
      throws IOException, InterruptedException, FlagException {
    for (String pattern : subjects.patterns()) {
      work.accept(subject(pattern));
    }
    Path modules = subjects.modules();
    if (modules != null) {
      Corpus corpus =
          Corpus.read(
              modules,
              cache,
              subjects.only(),
              subjects.withDependencies(),
              Flags.of(gcflags, load));
      for (int i = 0; i < corpus.size(); i++) {
        work.accept(corpus.subject(i, oracle.go()));
      }
    }
  }

  private double verdict(List<Result> results) {
    Score total = results.stream().map(Result::total).reduce(Score.NOTHING, Score::plus);
    boolean failed = results.stream().anyMatch(r -> !r.failures().isEmpty());
    if (errorsOnly) {
      return failed || total.extra() > 0 ? 0 : 100;
    }
    return total.percent();
  }

  private Result compare(
      Subject subject,
      @Nullable ResultCache shared,
      Oracle oracle,
      Detail detail,
      PrintStream out,
      PrintStream err)
      throws IOException, InterruptedException, FlagException {
    Flags flags = Flags.of(gcflags, load);
    Result result;
    if (errorsOnly) {
      result = Comparison.errors(subject, load);
    } else {
      if (!oracle.isRecorded(subject, flags)) {
        err.println("running go build -gcflags='" + gcflags + "' for " + subject.name() + " ...");
        err.flush();
      }
      Recording recording = oracle.ask(subject, flags);
      result = Comparison.decisions(subject, flags, recording, load, shared);
    }
    if (!detail.json()) {
      out.println(Report.line(result));
      out.flush();
    }
    return result;
  }

  /** Names packages on disk: those of GOROOT by their pattern, others also by the directory. */
  private Subject subject(String pattern) {
    String name = pattern.replaceAll("[^A-Za-z0-9._-]", "+");
    boolean ofGoroot = pattern.equals("std") || pattern.equals("cmd");
    Path dir = load.dir();
    String place = ofGoroot ? "" : "-" + Integer.toHexString(dir.toString().hashCode());
    return new Subject(name + place, dir, List.of(pattern));
  }
}
