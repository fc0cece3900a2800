package dev.escapade.load.modules;

import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The modules that requirements lead to, and the version selected of each: the highest that anybody
 * asks for (minimal version selection).
 */
final class ModuleGraph {
  private final List<ModuleVersion> starts;
  private final Map<ModuleVersion, List<ModuleVersion>> requires;
  private final Map<String, String> selected = new HashMap<>();
  private final Set<ModuleVersion> failed;

  /**
   * A graph.
   *
   * @param starts the main modules (in a workspace with the Go release it asks for)
   * @param requires the requirements of each module that was read
   * @param failed those that could not be read
   */
  ModuleGraph(
      List<ModuleVersion> starts,
      Map<ModuleVersion, List<ModuleVersion>> requires,
      Set<ModuleVersion> failed) {
    this.starts = starts;
    this.requires = requires;
    this.failed = failed;
    starts.forEach(this::select);
    requires.values().forEach(list -> list.forEach(this::select));
  }

  private void select(ModuleVersion m) {
    selected.merge(
        m.path(),
        m.version(),
        (a, b) -> ModuleVersion.compareVersions(m.path(), a, b) >= 0 ? a : b);
  }

  /** The selected version of a module, or {@link ModuleVersion#NONE}. */
  String selected(String path) {
    return selected.getOrDefault(path, ModuleVersion.NONE);
  }

  /** The requirements of a module, or null if they were pruned away. */
  @Nullable List<ModuleVersion> requiredBy(ModuleVersion m) {
    return requires.get(m);
  }

  /** The selected versions: the starts, then the others by path. */
  List<ModuleVersion> buildList() {
    Set<ModuleVersion> list = new LinkedHashSet<>();
    Set<String> startPaths = new HashSet<>();
    for (ModuleVersion m : starts) {
      if (startPaths.add(m.path())) {
        list.add(new ModuleVersion(m.path(), selected(m.path())));
      }
    }
    new TreeMap<>(selected)
        .forEach((path, version) -> {
          if (!startPaths.contains(path) && !version.equals(ModuleVersion.NONE)) {
            list.add(new ModuleVersion(path, version));
          }
        });
    return new ArrayList<>(list);
  }

  /** The shortest way from a start to a module that could not be read, or empty. */
  List<ModuleVersion> pathToFailure() {
    if (failed.isEmpty()) {
      return List.of();
    }
    Map<ModuleVersion, ModuleVersion> from = new HashMap<>();
    Set<ModuleVersion> seen = new HashSet<>(starts);
    ArrayDeque<ModuleVersion> queue = new ArrayDeque<>(starts);
    while (!queue.isEmpty()) {
      ModuleVersion m = queue.remove();
      if (failed.contains(m)) {
        ArrayDeque<ModuleVersion> path = new ArrayDeque<>();
        for (ModuleVersion p = m; p != null; p = from.get(p)) {
          path.addFirst(p);
        }
        return new ArrayList<>(path);
      }
      for (ModuleVersion r : requires.getOrDefault(m, List.of())) {
        if (seen.add(r)) {
          from.put(r, m);
          queue.add(r);
        }
      }
    }
    return List.of();
  }
}
