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
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs have found out, for the packages of one run. A package has a result here when
 * its result was stored, or when nothing is to be said of it and a package that imports it was
 * found to be good, for then it is good as well. What remains is worked on, together with all that
 * it imports, since types and summaries are not stored.
 *
 * <p>A package whose optimization log is wanted has no result here, for the log is not stored.
 *
 * <p>A stored result is a byte that says how the work ended, and the text.
 */
final class EarlierResults {
  /** How work may have ended that is stored, by the first byte; a crash is not. */
  private static final List<Status> STORED = List.of(Status.OK, Status.ERRORS, Status.SKIPPED);

  private final @Nullable ResultStore store;
  private final @Nullable FileIndex index;
  private final PackageFlags flags;
  private final IdentityHashMap<GoPackage, PackageKey> keys;
  private final IdentityHashMap<GoPackage, PackageOutput> known = new IdentityHashMap<>();

  private EarlierResults(
      @Nullable ResultStore store,
      @Nullable FileIndex index,
      PackageFlags flags,
      IdentityHashMap<GoPackage, PackageKey> keys) {
    this.store = store;
    this.index = index;
    this.flags = flags;
    this.keys = keys;
  }

  /**
   * The results that a run can use; none without a cache.
   *
   * @param index where the digests of files are from, or null
   */
  static EarlierResults of(
      @Nullable ResultCache cache,
      @Nullable FileIndex index,
      LoadResult loaded,
      PackageFlags flags,
      Shared shared) {
    if (cache == null) {
      return new EarlierResults(null, null, flags, new IdentityHashMap<>());
    }
    IdentityHashMap<GoPackage, PackageKey> keys =
        PackageKeys.of(
            loaded.packages(),
            cache.program(),
            loaded.settings(),
            pkg -> flags.of(pkg) + " " + shared.profileDigest(pkg));
    EarlierResults results = new EarlierResults(cache.store(), index, flags, keys);
    results.find(loaded.packages());
    return results;
  }

  private void find(List<GoPackage> packages) {
    Set<GoPackage> good = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GoPackage pkg : packages.reversed()) {
      if (isLogged(pkg)) {
        continue;
      }
      PackageOutput output =
          good.contains(pkg) && isSilent(pkg)
              ? new PackageOutput(pkg, Text.EMPTY, Status.OK, null)
              : stored(pkg);
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

  private boolean isSilent(GoPackage pkg) {
    return flags.of(pkg).m() == 0;
  }

  private @Nullable Key coneKey(GoPackage pkg) {
    PackageKey key = keys.get(pkg);
    return key == null ? null : key.cone();
  }

  private @Nullable PackageOutput stored(GoPackage pkg) {
    Key key = coneKey(pkg);
    ResultStore.Result result = store == null || key == null ? null : store.open(key);
    if (result == null || result.sizeBytes() == 0) {
      return null;
    }
    int status;
    try {
      status = result.first();
    } catch (IOException _) {
      return null;
    }
    if (status < 0 || status >= STORED.size()) {
      return null;
    }
    Text text = result.sizeBytes() == 1 ? Text.EMPTY : out -> result.writeTo(out, 1);
    return new PackageOutput(pkg, text, STORED.get(status), null);
  }

  /** The result of a package, or null. */
  @Nullable PackageOutput get(GoPackage pkg) {
    return known.get(pkg);
  }

  /** Those of {@code units} that have no result, and what they import, in the same order. */
  List<Unit> remaining(List<Unit> units) {
    if (known.isEmpty()) {
      return units;
    }
    Set<Unit> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Unit unit : units.reversed()) {
      if (needed.contains(unit) || !known.containsKey(unit.pkg())) {
        needed.add(unit);
        unit.imports().forEach(needed::add);
      }
    }
    return units.stream().filter(needed::contains).toList();
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
    boolean isSure = index == null || !index.hasConflict();
    if (store == null
        || key == null
        || status < 0
        || isLogged(pkg)
        || !isSure
        || (isSilent(pkg) && !pkg.isRoot())) {
      return output;
    }
    if (output.text().equals(Text.EMPTY)) {
      store.put(key, new byte[] {(byte) status});
      return output;
    }
    Text text =
        out -> {
          try (ResultStore.Writer copy = store.write(key)) {
            copy.write(status);
            output.text().writeTo(new Tee(out, copy));
            copy.commit();
          }
        };
    return new PackageOutput(pkg, text, output.status(), null);
  }

  /** Ends the run. */
  void close() {
    if (store != null) {
      store.trimIfDue();
    }
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
