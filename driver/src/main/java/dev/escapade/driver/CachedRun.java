package dev.escapade.driver;

import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.driver.Step.Stage;
import dev.escapade.driver.cache.Key;
import dev.escapade.driver.cache.PackageKey;
import dev.escapade.driver.cache.PackageState;
import dev.escapade.driver.cache.StateStore;
import dev.escapade.load.GoPackage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run with results of earlier runs on disk, as far as they do not answer everything at once. What
 * has changed is worked on; what is above it only if a face has changed ({@link
 * dev.escapade.driver.cache.Face}); and what is below is parsed and checked again, since types are
 * not stored, but it is not decided about again where its summary is.
 *
 * <p>A package is settled when its face is known: its state is stored, and either nothing below it
 * has changed, or the faces of its imports are those that the state was made with.
 */
final class CachedRun {
  private final List<GoPackage> packages;
  private final EarlierResults earlier;
  private final StateStore store;
  private final Shared shared;
  private final BuildRequest request;
  private final BuildListener listener;
  private final OrderedOutput outputs;

  /** What is looked at: the packages without a result, and all below them. */
  private final Set<GoPackage> wanted = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Invalidation invalidation;
  private final IdentityHashMap<GoPackage, PackageState> states = new IdentityHashMap<>();
  private final IdentityHashMap<GoPackage, Key> faces = new IdentityHashMap<>();
  private final IdentityHashMap<GoPackage, Unit> units = new IdentityHashMap<>();
  private final Set<GoPackage> given = Collections.newSetFromMap(new IdentityHashMap<>());

  CachedRun(
      List<GoPackage> packages,
      EarlierResults earlier,
      StateStore store,
      Shared shared,
      BuildRequest request,
      BuildListener listener,
      OrderedOutput outputs) {
    this.packages = packages;
    this.earlier = earlier;
    this.store = store;
    this.shared = shared;
    this.request = request;
    this.listener = listener;
    this.outputs = outputs;
    this.invalidation = new Invalidation(packages);
  }

  void run() throws InterruptedException {
    for (GoPackage pkg : packages.reversed()) {
      if (wanted.contains(pkg) || earlier.get(pkg) == null) {
        wanted.add(pkg);
        wanted.addAll(pkg.importMap().values());
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    compare();
    settle();
    for (List<GoPackage> next = invalidation.next(); !next.isEmpty(); next = invalidation.next()) {
      work(next);
      settle();
    }
  }

  /** Finds what has changed by itself. */
  private void compare() {
    for (GoPackage pkg : packages) {
      if (!wanted.contains(pkg)) {
        continue;
      }
      if (isUnsafe(pkg)) {
        if (earlier.get(pkg) == null) {
          outputs.add(earlier.store(silent(pkg)));
        }
        continue;
      }
      PackageKey key = earlier.key(pkg);
      PackageState state = store.exact(cone(pkg));
      if (state == null) {
        state = store.latest(key);
      } else if (isAnswered(pkg, state)) {
        faces.put(pkg, state.face());
      }
      if (state == null) {
        invalidation.faceChanged(pkg);
      } else {
        states.put(pkg, state);
        if (!state.own().equals(key.own()) || !isAnswered(pkg, state)) {
          invalidation.changed(pkg);
        }
      }
    }
  }

  private Key cone(GoPackage pkg) {
    return Objects.requireNonNull(earlier.key(pkg).cone());
  }

  static boolean isUnsafe(GoPackage pkg) {
    return pkg.path().equals("unsafe");
  }

  /** Reports whether what is to be printed of a package is there if its state holds. */
  private boolean isAnswered(GoPackage pkg, PackageState state) {
    return earlier.get(pkg) != null || earlier.isSilent(pkg) || earlier.has(pkg, state.result());
  }

  /** Finds the packages whose state holds now that more faces are known. */
  private void settle() {
    for (GoPackage pkg : packages) {
      PackageState state = states.get(pkg);
      if (state == null || !wanted.contains(pkg) || invalidation.isWork(pkg)) {
        continue;
      }
      if (!faces.containsKey(pkg)) {
        List<Key> below = below(pkg);
        if (below == null) {
          continue;
        }
        if (!PackageState.digest(below).equals(state.imports())) {
          invalidation.changed(pkg);
          continue;
        }
        faces.put(pkg, state.face());
        if (earlier.isSure()) {
          store.put(earlier.key(pkg), cone(pkg), state);
        }
      }
      if (earlier.get(pkg) == null && given.add(pkg)) {
        PackageOutput output = earlier.adopt(pkg, state.result());
        if (output == null) {
          given.remove(pkg);
          faces.remove(pkg);
          invalidation.changed(pkg); // It has been deleted just now.
        } else {
          outputs.add(output);
        }
      }
    }
  }

  /** The faces of a package's imports; null if one is not known. */
  private @Nullable List<Key> below(GoPackage pkg) {
    List<Key> below = new ArrayList<>();
    for (GoPackage imported : pkg.importMap().values()) {
      if (!isUnsafe(imported)) {
        Key face = faces.get(imported);
        if (face == null) {
          return null;
        }
        below.add(face);
      }
    }
    return below;
  }

  private void work(List<GoPackage> next) throws InterruptedException {
    Set<GoPackage> decided = Collections.newSetFromMap(new IdentityHashMap<>());
    decided.addAll(next);
    List<Unit> fresh = units(decided);
    new WorkGraph<>(Step.of(fresh, Stage.DECIDE), Step::needs, Step::weight)
        .run(
            request.threads(),
            step -> {
              Unit unit = step.unit();
              unit.run(step.stage());
              if (step.stage() == Stage.DECIDE && decided.contains(unit.pkg())) {
                end(unit);
              }
            });
    for (GoPackage pkg : next) {
      Unit unit = Objects.requireNonNull(units.get(pkg));
      Key face = unit.face();
      PackageState old = states.get(pkg);
      boolean isOld = face != null && old != null && face.equals(old.face());
      if (face != null) {
        faces.put(pkg, face);
      }
      if (invalidation.isUncertain(pkg) && !isOld) {
        invalidation.faceChanged(pkg);
      }
    }
  }

  private void end(Unit unit) {
    GoPackage pkg = unit.pkg();
    PackageOutput output = unit.finish();
    PackageState state = unit.state(earlier.key(pkg).own(), cone(pkg));
    if (state != null && earlier.isSure()) {
      store.put(earlier.key(pkg), cone(pkg), state);
    }
    if (earlier.get(pkg) == null && !isGiven(pkg)) {
      outputs.add(unit.isPartial() ? output : earlier.store(output));
    }
  }

  private boolean isGiven(GoPackage pkg) {
    return given.contains(pkg);
  }

  /** The units of these packages and of those below that have none yet, in order. */
  private List<Unit> units(Set<GoPackage> decided) {
    Set<GoPackage> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (GoPackage pkg : packages.reversed()) {
      if (!units.containsKey(pkg) && (decided.contains(pkg) || needed.contains(pkg))) {
        needed.add(pkg);
        needed.addAll(pkg.importMap().values());
      }
    }
    List<Unit> fresh = new ArrayList<>();
    for (GoPackage pkg : packages) {
      if (!needed.contains(pkg) || units.containsKey(pkg)) {
        continue;
      }
      Key context = isUnsafe(pkg) ? null : earlier.key(pkg).context();
      Unit unit =
          new Unit(pkg, shared, request.flags().of(pkg), listener.graphs(pkg), context, units::get);
      if (context != null && !shared.analyses().isEmpty()) {
        unit.showAll(cone(pkg));
      }
      PackageState state = states.get(pkg);
      if (!decided.contains(pkg) && state != null && faces.containsKey(pkg)) {
        unit.expect(state, () -> earlier.analyses(pkg, state.result()));
      }
      units.put(pkg, unit);
      fresh.add(unit);
    }
    return fresh;
  }

  /** The output of a package of which nothing is to be said. */
  static PackageOutput silent(GoPackage pkg) {
    return new PackageOutput(pkg, Text.EMPTY, Status.OK, null);
  }
}
