package dev.escapade.driver;

import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.driver.cache.Key;
import dev.escapade.driver.cache.PackageKey;
import dev.escapade.driver.cache.PackageKeys;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.driver.cache.ResultStore;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import dev.escapade.load.files.FileIndex;
import dev.escapade.middle.PackageAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs have found out, for the packages of one run. A package has a result here when
 * its result was stored, or when nothing is to be said of it and a package that imports it was
 * found to be good, for then it is good as well. What remains is worked on, together with all that
 * it imports, since types and summaries are not stored.
 *
 * <p>A package whose optimization log is wanted has no result here, for the log is not stored.
 *
 * <p>A stored result is a byte that says how the work ended, and the text. With analyses, a package
 * without errors has no text, but their summaries; and its result depends on their settings if the
 * command line names the package, so that there are two results of it ({@link #place}).
 */
final class EarlierResults {
  /** How work may have ended that is stored, by the first byte; a crash is not. */
  private static final List<Status> STORED = List.of(Status.OK, Status.ERRORS, Status.SKIPPED);

  /** The first byte of a result that is another one's, whose key follows. */
  private static final byte ALIAS = 'a';

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final ResultStore store;
  private final @Nullable FileIndex index;
  private final PackageFlags flags;
  private final List<PackageAnalysis<?>> analyses;

  /** The settings of the analyses. */
  private final String settings;

  private final IdentityHashMap<GoPackage, PackageKey> keys;
  private final IdentityHashMap<GoPackage, PackageOutput> known = new IdentityHashMap<>();

  private EarlierResults(
      ResultStore store,
      @Nullable FileIndex index,
      PackageFlags flags,
      List<PackageAnalysis<?>> analyses,
      IdentityHashMap<GoPackage, PackageKey> keys) {
    this.store = store;
    this.index = index;
    this.flags = flags;
    this.analyses = analyses;
    this.settings =
        analyses.stream()
            .map(a -> a.name() + " " + a.settings())
            .sorted()
            .collect(Collectors.joining("\n"));
    this.keys = keys;
  }

  /**
   * The results that a run can use.
   *
   * @param index where the digests of files are from, or null
   */
  static EarlierResults of(
      ResultCache cache,
      @Nullable FileIndex index,
      LoadResult loaded,
      BuildRequest request,
      Shared shared)
      throws InterruptedException {
    PackageFlags flags = request.flags();
    String analyses =
        request.analyses().stream()
            .map(PackageAnalysis::name)
            .sorted()
            .collect(Collectors.joining(" "));
    IdentityHashMap<GoPackage, PackageKey> keys =
        PackageKeys.of(
            loaded.packages(),
            cache.program(),
            loaded.settings(),
            pkg -> flags.of(pkg) + " " + shared.profileDigest(pkg) + " " + analyses);
    EarlierResults results =
        new EarlierResults(cache.store(), index, flags, request.analyses(), keys);
    if (request.analyses().isEmpty()) {
      results.find(loaded.packages());
    } else {
      results.findAnalyzed(loaded.packages(), request.threads());
    }
    return results;
  }

  private void findAnalyzed(List<GoPackage> packages, int threads) throws InterruptedException {
    Map<GoPackage, PackageOutput> found = new ConcurrentHashMap<>();
    new WorkGraph<>(
            packages.stream().filter(pkg -> !isSilent(pkg)).toList(), _ -> List.of(), _ -> 1)
        .run(
            threads,
            pkg -> {
              PackageOutput output = stored(pkg);
              if (output != null) {
                found.put(pkg, output);
              }
            });
    found.forEach(known::put);
    // What only serves the analysis of importers does so through its state.
    Set<GoPackage> good = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GoPackage pkg : packages.reversed()) {
      PackageOutput output = known.get(pkg);
      if (CachedRun.isUnsafe(pkg) || (output == null && good.contains(pkg) && isSilent(pkg))) {
        output = CachedRun.silent(pkg);
        known.put(pkg, output);
      }
      if (output != null && output.status() == Status.OK) {
        good.addAll(pkg.importMap().values());
      }
    }
  }

  private void find(List<GoPackage> packages) {
    Set<GoPackage> good = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GoPackage pkg : packages.reversed()) {
      if (isLogged(pkg)) {
        continue;
      }
      PackageOutput output =
          good.contains(pkg) && isSilent(pkg) ? CachedRun.silent(pkg) : stored(pkg);
      if (output != null) {
        known.put(pkg, output);
        if (output.status() == Status.OK) {
          good.addAll(pkg.importMap().values());
        }
      }
    }
  }

  private boolean isLogged(GoPackage pkg) {
    return !flags.of(pkg).json().isEmpty();
  }

  /** Reports whether nothing is said of a package without errors. */
  boolean isSilent(GoPackage pkg) {
    return analyses.isEmpty()
        ? flags.of(pkg).m() == 0
        : !pkg.isRoot() && analyses.stream().noneMatch(PackageAnalysis::wantsAll);
  }

  /** Where the result is stored that has a key. */
  private Key place(Key key, boolean isRoot) {
    return analyses.isEmpty() ? key : key.with(isRoot ? settings : "");
  }

  private @Nullable Key coneKey(GoPackage pkg) {
    PackageKey key = keys.get(pkg);
    return key == null ? null : key.cone();
  }

  private @Nullable PackageOutput stored(GoPackage pkg) {
    Key key = coneKey(pkg);
    return key == null ? null : open(pkg, key);
  }

  /** Opens a result, or the one that is stored under the key that it names. */
  private @Nullable PackageOutput open(GoPackage pkg, Key key) {
    ResultStore.Result result = open(place(key, pkg.isRoot()));
    if (result == null && !pkg.isRoot() && !analyses.isEmpty()) {
      result = open(place(key, true));
    }
    if (result == null || result.sizeBytes() == 0) {
      return null;
    }
    try {
      int status = result.first();
      if (status == ALIAS) {
        var hex = new ByteArrayOutputStream();
        result.writeTo(hex, 1);
        Key other = new Key(hex.toString(StandardCharsets.US_ASCII));
        return other.equals(key) ? null : open(pkg, other);
      }
      if (status < 0 || status >= STORED.size()) {
        return null;
      }
      if (STORED.get(status) == Status.OK && !analyses.isEmpty()) {
        var bytes = new ByteArrayOutputStream((int) Math.min(result.sizeBytes(), MAX_ARRAY));
        result.writeTo(bytes, 1);
        AnalysisResults results = AnalysisResults.of(bytes.toByteArray(), analyses);
        return results == null
            ? null
            : new PackageOutput(pkg, Text.EMPTY, Status.OK, null, results);
      }
      ResultStore.Result stored = result;
      Text text = result.sizeBytes() == 1 ? Text.EMPTY : out -> stored.writeTo(out, 1);
      return new PackageOutput(pkg, text, STORED.get(status), null);
    } catch (IOException _) {
      return null;
    }
  }

  private ResultStore.@Nullable Result open(Key place) {
    return store.open(place);
  }

  /** What the analyses have found of a package, of which nothing is said; null if that is lost. */
  @Nullable AnalysisResults analyses(GoPackage pkg, Key key) {
    if (analyses.isEmpty()) {
      return AnalysisResults.NONE;
    }
    PackageOutput output = open(pkg, key);
    return output == null || output.status() != Status.OK ? null : output.analyses();
  }

  /** The result of a package, or null. */
  @Nullable PackageOutput get(GoPackage pkg) {
    return known.get(pkg);
  }

  /** The keys of a package; there must be a cache. */
  PackageKey key(GoPackage pkg) {
    return Objects.requireNonNull(keys.get(pkg), pkg.importPath());
  }

  /** Reports whether a result is stored under a key. */
  boolean has(GoPackage pkg, Key key) {
    return store.has(place(key, pkg.isRoot()))
        || (!pkg.isRoot() && !analyses.isEmpty() && store.has(place(key, true)));
  }

  /**
   * The result that was stored for an earlier state of a package, from now on for this one as well;
   * null if there is none.
   */
  @Nullable PackageOutput adopt(GoPackage pkg, Key result) {
    if (isSilent(pkg)) {
      return CachedRun.silent(pkg);
    }
    PackageOutput output = open(pkg, result);
    Key key = coneKey(pkg);
    if (output != null && key != null && !key.equals(result) && isSure()) {
      byte[] hex = result.hex().getBytes(StandardCharsets.US_ASCII);
      byte[] alias = new byte[1 + hex.length];
      alias[0] = ALIAS;
      System.arraycopy(hex, 0, alias, 1, hex.length);
      store.put(place(key, pkg.isRoot()), alias);
    }
    return output;
  }

  /** Reports whether the digests that were given out are still those of the files. */
  boolean isSure() {
    return index == null || !index.hasConflict();
  }

  /**
   * Stores a new result: at once when there is nothing to say, else while its text is written for
   * the first time.
   *
   * @return the output to be used in place of {@code output}
   */
  PackageOutput store(PackageOutput output) {
    GoPackage pkg = output.pkg();
    Key key = coneKey(pkg);
    int status = STORED.indexOf(output.status());
    if (key == null
        || status < 0
        || isLogged(pkg)
        || !isSure()
        || (analyses.isEmpty() && isSilent(pkg) && !pkg.isRoot())) {
      return output;
    }
    Key place = place(key, pkg.isRoot());
    if (output.text().equals(Text.EMPTY)) {
      try (ResultStore.Writer result = store.write(place)) {
        result.write(status);
        if (output.status() == Status.OK) {
          byte[] summaries = output.analyses().toBytes();
          result.write(summaries, 0, summaries.length);
        }
        result.commit();
      }
      return output;
    }
    Text text =
        out -> {
          try (ResultStore.Writer copy = store.write(place)) {
            copy.write(status);
            output.text().writeTo(new Tee(out, copy));
            copy.commit();
          }
        };
    return new PackageOutput(pkg, text, output.status(), null, output.analyses());
  }

  /** Ends the run. */
  void close() {
    store.trimIfDue();
  }

  /** Writes to two streams, and leaves them open. */
  private static final class Tee extends OutputStream {
    private final OutputStream first;
    private final OutputStream second;

    Tee(OutputStream first, OutputStream second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(int b) throws IOException {
      first.write(b);
      second.write(b);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      first.write(b, off, len);
      second.write(b, off, len);
    }
  }
}
