package dev.escapade.driver;

import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.driver.Step.Stage;
import dev.escapade.driver.cache.Key;
import dev.escapade.driver.cache.KeyMemory;
import dev.escapade.driver.cache.PackageKey;
import dev.escapade.driver.cache.PackageKeys;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadMemory;
import dev.escapade.load.LoadResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a process keeps from one run to the next: what was read of the files, and the packages of
 * the last run, with their types and summaries. A run in a workspace works on those packages only
 * that have changed, and on those above a package whose face has changed ({@link
 * dev.escapade.driver.cache.Face}).
 *
 * <p>A package that has changed and whose face has not goes on to be represented by what was kept
 * of it, to its importers both old and new; so does one that has errors now, until they are gone:
 * what is above it waits. So there is one state of each package at a time: a package that is kept
 * imports only what is kept, and no package sees two states of another.
 *
 * <p>For one run at a time.
 */
public final class Workspace {
  /** All positions of the files of a workspace must fit in an int; long before, it starts anew. */
  private static final long MAX_SOURCE_BYTES = 1L << 30;

  /**
   * What is kept of a package.
   *
   * @param own what it is made of now
   * @param unit what represents it; that its own digest was another does not show
   * @param failing whether it has errors now, and is represented by what it was before
   */
  private record Kept(Key own, Unit unit, boolean failing) {}

  private final LoadMemory memory = new LoadMemory();
  private final KeyMemory keyMemory = new KeyMemory();
  private Predicate<String> isUnchanged = _ -> false;
  private @Nullable Shared shared;
  private Map<String, Kept> kept = new HashMap<>();

  /** Packages that wait for one below to be without errors again, by import path. */
  private final Set<String> held = new HashSet<>();

  /** The trees of the packages that have changed before, by import path. */
  private final Map<String, ParsedFiles> parsed = new HashMap<>();

  /** A workspace without packages. */
  public Workspace() {}

  /**
   * Says what need not be looked at in the next run, and in that only.
   *
   * @param isUnchanged whether a directory is known to be as it was in the last run, and with it
   *     what it has
   */
  public void expect(Predicate<String> isUnchanged) {
    this.isUnchanged = isUnchanged;
  }

  /** What the runs have read, for the next one. */
  LoadMemory memory() {
    memory.nextLoad(isUnchanged);
    keyMemory.nextRun(isUnchanged);
    isUnchanged = _ -> false;
    return memory;
  }

  /** The shared state of the next run. */
  Shared adopt(Shared fresh) {
    Shared earlier = shared;
    if (earlier == null || earlier.sources().sizeBytes() > MAX_SOURCE_BYTES) {
      kept = new HashMap<>();
      parsed.clear();
      shared = fresh;
    } else {
      shared = fresh.continuing(earlier);
    }
    return shared;
  }

  /**
   * Works on what has changed since the last run. To be called after {@link #adopt}.
   *
   * @param outputs gets the outputs of the packages that were worked on
   */
  void run(
      LoadResult loaded,
      Shared current,
      BuildRequest request,
      BuildListener listener,
      OrderedOutput outputs)
      throws InterruptedException {
    List<GoPackage> packages = loaded.packages();
    IdentityHashMap<GoPackage, PackageKey> keys =
        PackageKeys.withoutCones(
            packages,
            "",
            loaded.settings(),
            pkg -> request.flags().of(pkg) + " " + current.profileDigest(pkg),
            keyMemory);
    // The log of optimizations has the places of what was inlined, which faces do not have.
    boolean hasFaces = packages.stream().allMatch(pkg -> request.flags().of(pkg).json().isEmpty());
    drop(packages);
    Set<GoPackage> imported = imported(packages);
    Invalidation invalidation = compare(packages, keys, imported);
    while (true) {
      Set<GoPackage> open = invalidation.open();
      packages.stream().filter(pkg -> !open.contains(pkg)).forEach(outputs::skip);
      List<GoPackage> next = invalidation.next();
      if (next.isEmpty()) {
        return;
      }
      Set<GoPackage> waiting = aboveFailing(packages, keys);
      for (GoPackage pkg : next) {
        if (waiting.contains(pkg)) {
          held.add(pkg.importPath());
          outputs.add(new PackageOutput(pkg, Text.EMPTY, Status.SKIPPED, null));
        }
      }
      next = next.stream().filter(pkg -> !waiting.contains(pkg)).toList();
      List<Unit> units = units(next, keys, hasFaces, imported, current, request.flags(), listener);
      new WorkGraph<>(Step.of(units, Stage.DECIDE), Step::needs, Step::weight)
          .run(
              request.threads(),
              step -> {
                step.unit().run(step.stage());
                if (step.stage() == Stage.DECIDE) {
                  outputs.add(step.unit().finish());
                }
              });
      for (Unit unit : units) {
        keep(unit, of(unit.pkg(), keys).own(), invalidation);
      }
    }
  }

  private static PackageKey of(GoPackage pkg, IdentityHashMap<GoPackage, PackageKey> keys) {
    return Objects.requireNonNull(keys.get(pkg), pkg.importPath());
  }

  /** The packages above those that have errors now. */
  private Set<GoPackage> aboveFailing(
      List<GoPackage> packages, IdentityHashMap<GoPackage, PackageKey> keys) {
    Set<GoPackage> failing = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<GoPackage> above = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GoPackage pkg : packages) {
      Kept known = kept.get(pkg.importPath());
      if (known != null && known.failing && known.own.equals(of(pkg, keys).own())) {
        failing.add(pkg);
      }
      for (GoPackage imported : pkg.importMap().values()) {
        if (failing.contains(imported) || above.contains(imported)) {
          above.add(pkg);
        }
      }
    }
    return above;
  }

  /** The packages that others import. */
  private static Set<GoPackage> imported(List<GoPackage> packages) {
    Set<GoPackage> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    packages.forEach(pkg -> imported.addAll(pkg.importMap().values()));
    return imported;
  }

  private void drop(List<GoPackage> packages) {
    Set<String> wanted = new HashSet<>();
    packages.forEach(pkg -> wanted.add(pkg.importPath()));
    parsed.keySet().retainAll(wanted);
    kept.entrySet()
        .removeIf(e -> {
          boolean isGone = !wanted.contains(e.getKey());
          if (isGone) {
            e.getValue().unit.forget();
          }
          return isGone;
        });
  }

  private Invalidation compare(
      List<GoPackage> packages,
      IdentityHashMap<GoPackage, PackageKey> keys,
      Set<GoPackage> imported) {
    Invalidation invalidation = new Invalidation(packages);
    for (GoPackage pkg : packages) {
      Kept known = kept.get(pkg.importPath());
      if (known == null || (imported.contains(pkg) && known.unit.isTop())) {
        invalidation.faceChanged(pkg);
      } else if (held.remove(pkg.importPath()) || !known.own.equals(of(pkg, keys).own())) {
        if (known.unit.face() == null || !imported.contains(pkg)) {
          invalidation.faceChanged(pkg);
        } else {
          invalidation.changed(pkg);
        }
      }
    }
    return invalidation;
  }

  private List<Unit> units(
      List<GoPackage> packages,
      IdentityHashMap<GoPackage, PackageKey> keys,
      boolean hasFaces,
      Set<GoPackage> imported,
      Shared current,
      PackageFlags flags,
      BuildListener listener) {
    Map<String, Unit> fresh = new HashMap<>();
    List<Unit> units = new ArrayList<>();
    for (GoPackage pkg : packages) {
      Key context = hasFaces ? of(pkg, keys).context() : null;
      Unit unit =
          new Unit(
              pkg,
              current,
              flags.of(pkg),
              listener.graphs(pkg),
              context,
              below -> {
                Unit needed = fresh.get(below.importPath());
                Kept known = kept.get(below.importPath());
                return needed == null && known != null ? known.unit : needed;
              });
      if (!imported.contains(pkg)) {
        unit.handNothingOn();
      }
      if (kept.containsKey(pkg.importPath())) {
        // What changes once is likely to change again.
        unit.parseChanged(parsed.computeIfAbsent(pkg.importPath(), _ -> new ParsedFiles()));
      }
      fresh.put(pkg.importPath(), unit);
      units.add(unit);
    }
    return units;
  }

  /** Decides what represents a package from now on: the new unit, or the old one. */
  private void keep(Unit unit, Key own, Invalidation invalidation) {
    String importPath = unit.pkg().importPath();
    Kept old = kept.get(importPath);
    Key face = unit.face();
    boolean isUncertain = invalidation.isUncertain(unit.pkg());
    if (old != null && isUncertain && (face == null || face.equals(old.unit.face()))) {
      unit.forget();
      kept.put(importPath, new Kept(own, old.unit, face == null));
      return;
    }
    if (old != null) {
      old.unit.forget();
    }
    kept.put(importPath, new Kept(own, unit, false));
    if (isUncertain) {
      invalidation.faceChanged(unit.pkg());
    }
  }
}
