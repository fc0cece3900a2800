package dev.escapade.tools.compare;

import dev.escapade.driver.FlagException;
import dev.escapade.load.LoadConfig;
import java.io.IOException;
import java.io.PrintStream;
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
  /** What to print of the results. */
  public record Detail(int packages, int kinds, int examples, boolean json) {}

  /**
   * Compares.
   *
   * @param modules a file with a list of modules, or null
   * @param only what a module's path must contain to be taken
   * @param withDependencies whether what a module's packages import is compared, too
   * @param patterns packages, besides
   * @return the agreement of all together in percent; with {@code errorsOnly} 100 if there are no
   *     errors, else 0
   */
  public double run(
      @Nullable Path modules,
      String only,
      boolean withDependencies,
      List<String> patterns,
      Detail detail,
      PrintStream out,
      PrintStream err)
      throws IOException, InterruptedException, FlagException {
    Oracle oracle = Oracle.open(cache, goCommand);
    List<Result> results = new ArrayList<>();
    for (String pattern : patterns) {
      results.add(compare(subject(pattern), oracle, detail, out, err));
    }
    if (modules != null) {
      Corpus corpus = Corpus.read(modules, cache, only, withDependencies, Flags.of(gcflags, load));
      for (int i = 0; i < corpus.size(); i++) {
        results.add(compare(corpus.subject(i, oracle.go()), oracle, detail, out, err));
      }
    }
    if (detail.json()) {
      Report.printJson(results, oracle.version(), gcflags, out);
    } else {
      new Report(detail.packages(), detail.kinds(), detail.examples()).print(results, out);
    }
    return verdict(results);
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
      Subject subject, Oracle oracle, Detail detail, PrintStream out, PrintStream err)
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
      result = Comparison.decisions(subject, flags, recording, load);
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
