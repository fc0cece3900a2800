package dev.escapade.load.modules;

import dev.escapade.load.files.WorkQueue;
import dev.escapade.load.version.ModuleVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the go.mod files of a module graph, several at a time.
 *
 * <p>A module that supports pruning lists all that its own packages need, so the requirements of
 * what it requires are not read: only those of the roots are. Modules without that support, and
 * workspaces, lead further.
 */
final class GraphReader {
  private final Modules modules;
  private final WorkQueue queue;
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final Map<ModuleVersion, List<ModuleVersion>> requires = new ConcurrentHashMap<>();
  private final Set<ModuleVersion> failed = ConcurrentHashMap.newKeySet();

  private record Visit(ModuleVersion module, Pruning pruning) {}

  private GraphReader(Modules modules, WorkQueue queue) {
    this.modules = modules;
    this.queue = queue;
  }

  /** Reads the graph, on threads of its own: whoever needs it may be a task of another queue. */
  static ModuleGraph read(
      Modules modules, int threads, Pruning pruning, List<ModuleVersion> roots) {
    try (WorkQueue queue = new WorkQueue(threads)) {
      return new GraphReader(modules, queue).read(pruning, roots);
    }
  }

  private ModuleGraph read(Pruning pruning, List<ModuleVersion> roots) {
    List<ModuleVersion> starts = roots;
    if (pruning != Pruning.WORKSPACE) {
      ModuleVersion main = new ModuleVersion(modules.mains().getFirst().path(), "");
      requires.put(main, roots);
      starts = List.of(main);
    }
    roots.forEach(m -> enqueue(m, pruning));
    queue.await();
    if (pruning == Pruning.WORKSPACE) {
      followUpgrades(starts);
    }
    return graph(starts);
  }

  private ModuleGraph graph(List<ModuleVersion> starts) {
    return new ModuleGraph(starts, new HashMap<>(requires), new HashSet<>(failed));
  }

  private void enqueue(ModuleVersion m, Pruning pruning) {
    if (!m.version().equals(ModuleVersion.NONE) && visits.add(new Visit(m, pruning))) {
      queue.add(() -> visit(m, pruning));
    }
  }

  private void visit(ModuleVersion m, Pruning pruning) {
    ModSummary summary = modules.summary(m);
    if (summary.error() != null) {
      failed.add(m);
      return;
    }
    requires.put(m, summary.requires());
    if (pruning == Pruning.PRUNED && summary.pruned()) {
      return;
    }
    Pruning next =
        pruning == Pruning.UNPRUNED || !summary.pruned() ? Pruning.UNPRUNED : Pruning.PRUNED;
    summary.requires().forEach(r -> enqueue(r, next));
  }

  /**
   * In a workspace, a module that another one raises above what its dependents ask for has
   * requirements of its own that nobody listed; those are read as well.
   */
  private void followUpgrades(List<ModuleVersion> starts) {
    Set<String> relevant = new TreeSet<>();
    starts.forEach(m -> relevant.add(m.path()));
    Set<ModuleVersion> seen = new HashSet<>();
    while (true) {
      ModuleGraph graph = graph(starts);
      Set<ModuleVersion> pending = new TreeSet<>(ModuleVersion.ORDER);
      for (String path : relevant) {
        ModuleVersion m = new ModuleVersion(path, graph.selected(path));
        if (!seen.contains(m)) {
          pending.add(m);
          continue;
        }
        List<ModuleVersion> required = graph.requiredBy(m);
        for (ModuleVersion r : required == null ? List.<ModuleVersion>of() : required) {
          ModuleVersion s = new ModuleVersion(r.path(), graph.selected(r.path()));
          if (ModuleVersion.compareVersions(r.path(), s.version(), r.version()) > 0
              && !seen.contains(s)) {
            pending.add(s);
          }
        }
      }
      if (pending.isEmpty()) {
        return;
      }
      for (ModuleVersion m : pending) {
        enqueue(m, Pruning.WORKSPACE);
        seen.add(m);
        relevant.add(m.path());
      }
      queue.await();
    }
  }
}
