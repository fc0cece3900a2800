package dev.escapade.driver;

import dev.escapade.driver.cache.Key;
import dev.escapade.driver.cache.PackageKeys;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process keeps from one run to the next: the packages of the last run, with their types and
 * summaries, by their keys. A run in a workspace works on those packages only whose keys the last
 * run did not have: those that have changed, and those that import them. A package that is kept
 * imports only packages that are kept, for their keys are part of its key; so no package sees two
 * states of another.
 *
 * <p>For one run at a time.
 */
public final class Workspace {
  /** All positions of the files of a workspace must fit in an int; long before, it starts anew. */
  private static final long MAX_SOURCE_BYTES = 1L << 30;

  private @Nullable Shared shared;
  private Map<Key, Unit> kept = new HashMap<>();
  private long sourceBytes;

  /** A workspace without packages. */
  public Workspace() {}

  /** The shared state of the next run. */
  Shared adopt(Shared fresh) {
    Shared earlier = shared;
    if (earlier == null || sourceBytes > MAX_SOURCE_BYTES) {
      kept = new HashMap<>();
      sourceBytes = 0;
      shared = fresh;
    } else {
      shared = fresh.continuing(earlier);
    }
    return shared;
  }

  /**
   * The units of the next run, those of the last one among them where nothing has changed. To be
   * called after {@link #adopt}.
   *
   * @return those that remain to be worked on
   */
  List<Unit> next(LoadResult loaded, Shared current, PackageFlags flags, BuildListener listener) {
    IdentityHashMap<GoPackage, Key> keys =
        PackageKeys.of(
            loaded.packages(),
            "",
            loaded.settings(),
            pkg -> flags.of(pkg) + " " + current.profileDigest(pkg));
    List<Unit> units =
        Unit.of(loaded.packages(), current, flags, listener, pkg -> kept.get(keys.get(pkg)));
    Map<Key, Unit> next = new HashMap<>();
    for (int i = 0; i < units.size(); i++) {
      next.put(keys.get(loaded.packages().get(i)), units.get(i));
    }
    Set<Unit> old = Collections.newSetFromMap(new IdentityHashMap<>());
    old.addAll(kept.values());
    kept.forEach((key, unit) -> {
      if (!next.containsKey(key)) {
        unit.forget();
      }
    });
    kept = next;
    List<Unit> fresh = units.stream().filter(unit -> !old.contains(unit)).toList();
    for (Unit unit : fresh) {
      sourceBytes += unit.sizeBytes();
    }
    return fresh;
  }
}
