package dev.escapade.tools.compare;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.FlagException;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.PathShortener;
import dev.escapade.driver.Pipeline;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of our output with a recording, in three steps: count the recorded lines, take
 * ours away from them, and read the recording again to see what is left.
 */
final class Comparison implements BuildListener {
  /** So many of our lines are kept to be shown beside those that are missing. */
  private static final int MAX_EXTRA_LINES = 400_000;

  private final Subject subject;
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Kinds kinds = new Kinds();
  private final Placements placements = new Placements();
  private final List<String> failures = new ArrayList<>();
  private int extraLines;
  private int loaded;

  /** What is known of one package. */
  private static final class Ledger {
    final LineBag expected = new LineBag();
    final Map<String, Deque<String>> extraByPosition = new HashMap<>();
    long same;
    long missing;
    long extra;

    @Nullable String extraAt(String position) {
      Deque<String> lines = extraByPosition.get(position);
      return lines == null ? null : lines.poll();
    }
  }

  private Comparison(Subject subject) {
    this.subject = subject;
  }

  /**
   * Compares our decisions with what the toolchain printed.
   *
   * @param shared has what was decided before, if anything is to be taken from there
   */
  static Result decisions(
      Subject subject,
      Flags flags,
      Recording recording,
      LoadConfig load,
      @Nullable ResultCache shared)
      throws IOException, InterruptedException, FlagException {
    var comparison = new Comparison(subject);
    recording.forEachLine(comparison::expect);
    long millis = comparison.build(flags, load, Goal.DECIDE, shared);
    recording.forEachLine(comparison::lookForMissing);
    return comparison.result(millis);
  }

  /** Loads and checks packages that are known to be right: every error is a false one. */
  static Result errors(Subject subject, LoadConfig load)
      throws IOException, InterruptedException, FlagException {
    var comparison = new Comparison(subject);
    long millis = comparison.build(Flags.of("", load), load.withPgo("off"), Goal.CHECK, null);
    return comparison.result(millis);
  }

  private long build(Flags both, LoadConfig load, Goal goal, @Nullable ResultCache shared)
      throws IOException, InterruptedException, FlagException {
    Map<String, String> settings = new HashMap<>(load.env());
    settings.putAll(both.settings());
    LoadConfig subjects = load.withEnv(settings).withSubjects(subject.dir(), subject.patterns());
    PackageFlags flags = PackageFlags.parse(List.of(both.gcflags()), subject.dir());
    long start = System.nanoTime();
    Pipeline.run(new BuildRequest(subjects, flags, load.threads(), goal, shared), this);
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void loaded(LoadResult result) {
    loaded = result.packages().size();
    result.errors().forEach(e -> failures.add(e.text()));
  }

  @Override
  public void output(PackageOutput output) {
    String importPath = output.pkg().importPath();
    Throwable crash = output.crash();
    if (crash != null) {
      failures.add(crash(importPath, crash));
    }
    try (var lines = new LineReader((bytes, from, to) -> takeOurs(importPath, bytes, from, to));
        var shortened = PathShortener.of(subject.dir(), output.pkg().dir()).shorten(lines)) {
      output.text().writeTo(shortened);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to say of a crash. */
  static String crash(String importPath, Throwable crash) {
    Throwable cause = crash;
    for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
      cause = next;
    }
    StackTraceElement[] stack = cause.getStackTrace();
    return "crash in " + importPath + ": " + cause + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  private void expect(String importPath, byte[] bytes, int from, int to) {
    if (importPath.isEmpty()) {
      failures.add("go build: " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    } else {
      ledger(importPath).expected.add(LineBag.hash(bytes, from, to));
    }
  }

  private void takeOurs(String importPath, byte[] bytes, int from, int to) {
    Ledger ledger = ledger(importPath);
    if (ledger.expected.remove(LineBag.hash(bytes, from, to))) {
      ledger.same++;
      return;
    }
    ledger.extra++;
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    placements.addExtra(importPath, line);
    if (extraLines < MAX_EXTRA_LINES) {
      extraLines++;
      String position = line.substring(0, Shape.positionEnd(line));
      ledger.extraByPosition.computeIfAbsent(position, _ -> new ArrayDeque<>()).add(line);
    } else {
      kinds.add("extra    " + Shape.of(line), line);
    }
  }

  private void lookForMissing(String importPath, byte[] bytes, int from, int to) {
    if (importPath.isEmpty()) {
      return;
    }
    Ledger ledger = ledger(importPath);
    if (!ledger.expected.remove(LineBag.hash(bytes, from, to))) {
      return;
    }
    ledger.missing++;
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    placements.addMissing(importPath, line);
    String ours = ledger.extraAt(line.substring(0, Shape.positionEnd(line)));
    if (ours == null) {
      kinds.add("missing  " + Shape.of(line), line);
    } else {
      kinds.add("differs  " + Shape.of(line) + "  |  ours: " + Shape.of(ours), line + "\n" + ours);
    }
  }

  private Ledger ledger(String importPath) {
    return ledgers.computeIfAbsent(importPath, _ -> new Ledger());
  }

  private Result result(long wallMillis) {
    SortedMap<String, Score> scores = new TreeMap<>();
    ledgers.forEach((importPath, ledger) -> {
      for (Deque<String> lines : ledger.extraByPosition.values()) {
        lines.forEach(line -> kinds.add("extra    " + Shape.of(line), line));
      }
      scores.put(importPath, new Score(ledger.same, ledger.missing, ledger.extra));
    });
    return new Result(subject, scores, kinds, placements, failures, loaded, wallMillis);
  }
}
