package dev.escapade.tools.compare;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.FlagException;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import dev.escapade.tools.compare.LogResult.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One comparison of our optimization logs with recorded ones, log by log and line by line. */
final class LogComparison {
  private final SortedMap<String, Path> ours;
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> theirs = new ArrayList<>();
  private String file = "";
  private Score score = Score.NOTHING;
  private int files;

  private LogComparison(SortedMap<String, Path> ours) {
    this.ours = ours;
  }

  /**
   * Compares.
   *
   * @param scratch an empty folder for our logs
   * @param commands the import paths of the packages that are commands
   */
  static LogResult run(
      Subject subject,
      Flags flags,
      Recording recording,
      LoadConfig load,
      Path scratch,
      List<String> commands)
      throws IOException, InterruptedException, FlagException {
    LogFolders folders = new LogFolders(scratch, commands);
    List<String> failures = new ArrayList<>();
    long start = System.nanoTime();
    build(subject, flags, load, folders, failures);
    long millis = (System.nanoTime() - start) / 1_000_000;
    var comparison = new LogComparison(folders.files());
    recording.forEachLine(comparison::line);
    comparison.endFile();
    for (String rest : List.copyOf(comparison.ours.keySet())) {
      comparison.file = rest;
      comparison.endFile();
    }
    return new LogResult(
        subject, comparison.score, comparison.files, comparison.differences, failures, millis);
  }

  private static void build(
      Subject subject, Flags both, LoadConfig load, LogFolders folders, List<String> failures)
      throws IOException, InterruptedException, FlagException {
    Map<String, String> settings = new HashMap<>(load.env());
    settings.putAll(both.settings());
    LoadConfig subjects = load.withEnv(settings).withSubjects(subject.dir(), subject.patterns());
    PackageFlags flags = PackageFlags.parse(folders.gcflags(both.gcflags()), subject.dir());
    Pipeline.run(
        new BuildRequest(subjects, flags, load.threads(), Goal.DECIDE, null),
        new BuildListener() {
          @Override
          public void loaded(LoadResult result) {
            result.errors().forEach(e -> failures.add(e.text()));
          }

          @Override
          public void output(PackageOutput output) {
            Throwable crash = output.crash();
            if (crash != null) {
              failures.add(Comparison.crash(output.pkg().importPath(), crash));
            }
          }
        });
  }

  private void line(String name, byte[] bytes, int from, int to) throws IOException {
    if (!name.equals(file)) {
      endFile();
      file = name;
    }
    theirs.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private void endFile() throws IOException {
    Path path = ours.remove(file);
    List<String> own = path == null ? List.of() : Files.readAllLines(path);
    if (own.isEmpty() && theirs.isEmpty()) {
      return;
    }
    files++;
    List<String> missing = without(theirs, own);
    List<String> extra = without(own, theirs);
    Score found = new Score(theirs.size() - missing.size(), missing.size(), extra.size());
    score = score.plus(found);
    if (!own.equals(theirs)) {
      differences.add(
          found.different() > 0
              ? new Difference(file, found, first(missing, 0), first(extra, 0))
              : ofOrder(found, own));
    }
    theirs.clear();
  }

  private Difference ofOrder(Score found, List<String> own) {
    int at = 0;
    while (own.get(at).equals(theirs.get(at))) {
      at++;
    }
    return new Difference(file, found, first(theirs, at), first(own, at));
  }

  private static String first(List<String> lines, int at) {
    return at < lines.size() ? lines.get(at) : "";
  }

  /** The lines of one multiset that another has not, in order. */
  private static List<String> without(List<String> lines, List<String> others) {
    Map<String, Integer> counts = new HashMap<>();
    others.forEach(line -> counts.merge(line, 1, Integer::sum));
    List<String> rest = new ArrayList<>();
    for (String line : lines) {
      if (counts.merge(line, -1, Integer::sum) < 0) {
        rest.add(line);
      }
    }
    return rest;
  }
}
