package dev.escapade.load.modules;

import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The root requirements of a build, and the module graph that they span, which is read only when
 * the roots alone do not answer a question.
 */
public final class Requirements {
  private final Modules modules;
  private final int threads;
  private final Pruning pruning;
  private final List<ModuleVersion> roots;
  private final Map<String, String> rootVersions = new HashMap<>();
  private final Set<String> direct;
  private @Nullable ModuleGraph graph;

  Requirements(
      Modules modules,
      int threads,
      Pruning pruning,
      List<ModuleVersion> roots,
      Set<String> direct) {
    this.modules = modules;
    this.threads = threads;
    this.pruning = pruning;
    this.roots = roots.stream().sorted(ModuleVersion.ORDER).toList();
    this.direct = direct;
    for (ModuleVersion m : this.roots) {
      rootVersions.merge(
          m.path(),
          m.version(),
          (a, b) -> ModuleVersion.compareVersions(m.path(), a, b) >= 0 ? a : b);
    }
  }

  /** How far the graph reaches. */
  Pruning pruning() {
    return pruning;
  }

  List<ModuleVersion> roots() {
    return roots;
  }

  /** The version of a root, empty for a main module, or null if the path is no root. */
  @Nullable String rootSelected(String path) {
    return modules.main(path) != null ? "" : rootVersions.get(path);
  }

  /** Sets the graph of a vendor directory, whose modules have no go.mod files. */
  void setVendorGraph() {
    List<ModuleVersion> vendored = modules.vendorList().modules();
    Map<ModuleVersion, List<ModuleVersion>> requires = new HashMap<>();
    List<ModuleVersion> starts = new ArrayList<>();
    if (modules.inWorkspace()) {
      starts.addAll(roots);
    }
    for (MainModule main : modules.mains()) {
      ModuleVersion m = new ModuleVersion(main.path(), "");
      List<ModuleVersion> all = new ArrayList<>(vendored);
      if (modules.inWorkspace()) {
        main.file().requires().forEach(r -> all.add(r.module()));
      } else {
        starts.add(m);
        all.addAll(roots);
      }
      requires.put(m, all);
    }
    graph = new ModuleGraph(starts, requires, Set.of());
  }

  /** The graph, read at the first call. */
  synchronized ModuleGraph graph() {
    if (graph == null) {
      graph = GraphReader.read(modules, threads, pruning, roots);
    }
    return graph;
  }

  /** Why the graph is not complete, or null. */
  @Nullable String graphError() {
    List<ModuleVersion> path = graph().pathToFailure();
    if (path.isEmpty()) {
      return null;
    }
    ModuleVersion last = path.getLast();
    ModSummary summary = modules.summary(last);
    ModuleVersion failed = summary.failed();
    StringBuilder b = new StringBuilder();
    for (ModuleVersion m : path.subList(0, path.size() - 1)) {
      if (!m.version().isEmpty()) {
        b.append(m).append(" requires\n\t");
      }
    }
    b.append(last);
    if (failed != null && !failed.equals(last)) {
      b.append(" (replaced by ").append(failed).append(')');
    }
    return b.append(": ").append(summary.error()).toString();
  }

  /** Reports whether every root is at the version that the whole graph selects. */
  private boolean rootsAreSelected(ModuleGraph g) {
    for (ModuleVersion m : roots) {
      if (modules.main(m.path()) == null && !g.selected(m.path()).equals(m.version())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Before packages are loaded: requirements that name a module twice, or that are not pruned, have
   * to agree with the graph.
   *
   * @throws ModuleException if they do not and go.mod may not change
   */
  public Requirements checked() throws ModuleException {
    boolean redundant = rootVersions.size() < roots.size();
    if (pruning == Pruning.WORKSPACE || (pruning == Pruning.PRUNED && !redundant)) {
      return this;
    }
    String error = graphError();
    if (error != null && pruning == Pruning.UNPRUNED) {
      throw new ModuleException(error);
    }
    ModuleGraph g = graph();
    boolean fine = pruning == Pruning.PRUNED ? maximaAreSelected(g) : rootsAreSelected(g);
    return fine ? this : updated(g, List.of());
  }

  private boolean maximaAreSelected(ModuleGraph g) {
    return rootVersions.entrySet().stream()
        .allMatch(
            e -> modules.main(e.getKey()) != null || g.selected(e.getKey()).equals(e.getValue()));
  }

  /**
   * After packages were loaded: the modules of those that count must be roots, at versions that
   * satisfy what those modules require.
   *
   * @param providers the modules of packages that the main module needs or the user named
   * @return these requirements, or others under which packages must be loaded again
   * @throws ModuleException if others are needed and go.mod may not change
   */
  public Requirements updatedFor(Set<ModuleVersion> providers) throws ModuleException {
    if (pruning == Pruning.WORKSPACE || modules.mode().isVendor()) {
      return this;
    }
    if (pruning == Pruning.UNPRUNED) {
      return this; // the whole graph was read and agreed with before
    }
    List<ModuleVersion> added = new ArrayList<>();
    for (ModuleVersion m : providers) {
      if (rootSelected(m.path()) == null) {
        added.add(m);
      }
    }
    if (!added.isEmpty()) {
      return updated(null, added);
    }
    if (graph == null && rootsSatisfy(providers)) {
      return this;
    }
    // A graph that was needed to find a package has had its errors reported there.
    String error = graph == null ? graphError() : null;
    if (error != null) {
      throw new ModuleException(error);
    }
    ModuleGraph g = graph();
    return maximaAreSelected(g) ? this : updated(g, List.of());
  }

  private boolean rootsSatisfy(Set<ModuleVersion> providers) {
    for (ModuleVersion m : providers) {
      ModSummary s = modules.summary(m);
      if (s.error() != null) {
        return false;
      }
      for (ModuleVersion r : s.requires()) {
        String root = rootSelected(r.path());
        if (root != null && ModuleVersion.compareVersions(r.path(), root, r.version()) < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private Requirements updated(@Nullable ModuleGraph g, List<ModuleVersion> added)
      throws ModuleException {
    if (modules.mode().mode() != ModMode.Mode.MOD) {
      throw new ModuleException(modules.mode().outdatedMessage());
    }
    List<ModuleVersion> next = new ArrayList<>(added);
    rootVersions.forEach((path, version) ->
        next.add(new ModuleVersion(path, g == null ? version : g.selected(path))));
    Requirements result = new Requirements(modules, threads, pruning, next, direct);
    ModuleGraph full = result.graph();
    return result.maximaAreSelected(full) ? result : result.updated(full, List.of());
  }
}
