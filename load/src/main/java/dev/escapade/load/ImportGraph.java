package dev.escapade.load;

import dev.escapade.diag.Position;
import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.modules.MainModule;
import dev.escapade.load.modules.ModMode;
import dev.escapade.load.modules.ModuleException;
import dev.escapade.load.modules.Requirements;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All packages that the matched ones import, each found in its module (cmd/go: modload's loader).
 * Packages are read several at a time; nothing depends on the order.
 */
final class ImportGraph {
  private final Session session;
  private final ImportResolver resolver;
  private final boolean allIsRoot;
  private final boolean allClosesOverTests;
  private final ConcurrentHashMap<String, ModPackage> packages = new ConcurrentHashMap<>();
  private final List<ModPackage> order = new ArrayList<>();

  private ImportGraph(Session session, ImportResolver resolver, boolean allIsRoot) {
    this.session = session;
    this.resolver = resolver;
    this.allIsRoot = allIsRoot;
    this.allClosesOverTests = GoVersion.compare(session.modules.goVersion(), "1.16") < 0;
  }

  /**
   * Loads all that {@code roots} import.
   *
   * @throws ModuleException if the requirements have to change for it and may not
   */
  static ImportGraph load(
      Session session, ImportResolver resolver, Set<String> roots, boolean allIsRoot)
      throws ModuleException {
    ImportGraph graph = new ImportGraph(session, resolver, allIsRoot);
    Set<ModPackage> first = new LinkedHashSet<>();
    for (String path : roots) {
      ModPackage p = new ModPackage(path, true);
      if (graph.packages.putIfAbsent(path, p) == null) {
        first.add(p);
      }
    }
    first.forEach(p -> session.queue.add(() -> graph.visit(p)));
    session.queue.await();
    graph.orderFrom(first);
    graph.explainMissing();
    graph.checkDirectImports();
    return graph;
  }

  /** The package at a path, or null if nothing led to it. */
  @Nullable ModPackage get(String path) {
    return packages.get(path);
  }

  ImportResolver resolver() {
    return resolver;
  }

  private ModPackage add(String path) {
    ModPackage known = packages.get(path);
    if (known != null) {
      return known;
    }
    ModPackage fresh = new ModPackage(path, false);
    ModPackage raced = packages.putIfAbsent(path, fresh);
    if (raced != null) {
      return raced;
    }
    session.queue.add(() -> visit(fresh));
    return fresh;
  }

  private void visit(ModPackage p) {
    ImportResolver.Found found = resolver.resolve(p.path);
    p.module = found.module();
    p.fault = found.fault();
    p.dir = found.dir();
    if (p.dir.isEmpty()) {
      return;
    }
    p.inStd = ImportResolver.isStandardForm(p.path) && session.inGoroot(p.dir);
    PackageDir data = session.read(p.dir);
    p.data = data;
    p.imports = addAll(p, data.imports());
    if (wantsTests(p)) {
      SortedMap<String, List<Position>> own = data.testImports();
      List<ModPackage> tests = new ArrayList<>(addAll(p, own));
      tests.addAll(addAll(p, data.externalTestImports()));
      p.testImports = tests;
    }
  }

  private boolean wantsTests(ModPackage p) {
    boolean main = p.module != null && session.modules.isMain(p.module);
    return (allIsRoot && (main || allClosesOverTests)) || (session.tests && p.isRoot);
  }

  private List<ModPackage> addAll(ModPackage from, Map<String, List<Position>> imports) {
    List<ModPackage> list = new ArrayList<>(imports.size());
    for (String path : imports.keySet()) {
      if (!isImaginary(path)) {
        list.add(add(from.inStd ? vendoredInStd(session, from.path, path) : path));
      }
    }
    return list;
  }

  private static boolean isImaginary(String path) {
    return path.equals("C")
        || path.equals("appengine")
        || path.startsWith("appengine/")
        || path.equals("appengine_internal")
        || path.startsWith("appengine_internal/");
  }

  /** What an import in the standard library or in cmd means: they have their dependencies along. */
  static String vendoredInStd(Session session, String importer, String path) {
    if (ImportResolver.isStandardForm(path)) {
      return path;
    }
    String prefix =
        importer.equals("cmd") || importer.startsWith("cmd/") ? "cmd/vendor/" : "vendor/";
    return session.tree.isDirectory(session.settings.gorootSrc() + "/" + prefix + path)
        ? prefix + path
        : path;
  }

  private void orderFrom(Set<ModPackage> roots) {
    Set<ModPackage> seen = new HashSet<>(roots);
    ArrayDeque<ModPackage> todo = new ArrayDeque<>(roots);
    while (!todo.isEmpty()) {
      ModPackage p = todo.remove();
      order.add(p);
      for (List<ModPackage> next : List.of(p.imports, p.testImports)) {
        for (ModPackage q : next) {
          if (seen.add(q)) {
            q.reachedFrom = p;
            todo.add(q);
          }
        }
      }
    }
    for (ModPackage p : order) {
      if (p.module != null && session.modules.isMain(p.module) && !p.inAll) {
        p.inAll = true;
        todo.add(p);
      }
    }
    while (!todo.isEmpty()) {
      ModPackage p = todo.remove();
      for (List<ModPackage> next : List.of(p.imports, p.testImports)) {
        for (ModPackage q : next) {
          if (!q.inAll) {
            q.inAll = true;
            todo.add(q);
          }
        }
      }
    }
  }

  /** The packages of the pattern {@code all}, sorted. */
  List<String> allPattern() {
    TreeSet<String> all = new TreeSet<>();
    for (ModPackage p : order) {
      if (p.inAll && ModulePath.checkImportPath(p.path) == null) {
        all.add(p.path);
      }
    }
    return List.copyOf(all);
  }

  private void explainMissing() {
    for (ModPackage p : order) {
      ImportResolver.Fault fault = p.fault;
      if (fault == null || fault.kind() != ImportResolver.FaultKind.MISSING) {
        continue;
      }
      for (ModPackage from = p.reachedFrom; from != null; from = from.reachedFrom) {
        MainModule main = from.module == null ? null : mainOf(from.module);
        if (main != null) {
          p.fault =
              new ImportResolver.Fault(
                  fault.kind(), resolver.missingFor(p.path, main, fault.message()));
          break;
        }
      }
    }
  }

  private @Nullable MainModule mainOf(ModuleVersion m) {
    return m.version().isEmpty() ? session.modules.main(m.path()) : null;
  }

  /** A main module must itself require the modules of what its packages import. */
  private void checkDirectImports() throws ModuleException {
    if (session.modules.mode().mode() == ModMode.Mode.MOD
        || (session.modules.inWorkspace() && session.modules.mode().isVendor())) {
      return;
    }
    for (ModPackage p : order) {
      if (p.module == null || mainOf(p.module) == null) {
        continue;
      }
      for (List<ModPackage> next : List.of(p.imports, p.testImports)) {
        for (ModPackage dep : next) {
          checkDirectImport(p, dep);
        }
      }
    }
  }

  private void checkDirectImport(ModPackage p, ModPackage dep) throws ModuleException {
    ModuleVersion m = dep.module;
    if (m == null || mainOf(m) != null || p.fault != null) {
      return;
    }
    boolean workspace = session.modules.inWorkspace();
    if (workspace && resolver.graphError() != null) {
      throw new ModuleException(String.valueOf(resolver.graphError()));
    }
    boolean listed = workspace ? resolver.isInGraph(m) : resolver.isRoot(m);
    if (!listed) {
      p.fault =
          new ImportResolver.Fault(
              ImportResolver.FaultKind.OTHER,
              "package "
                  + p.path
                  + " imports "
                  + dep.path
                  + " from implicitly required module; to add missing requirements, run:\n"
                  + "\tgo get "
                  + m.path()
                  + "@"
                  + m.version());
    }
  }

  /** The requirements under which these packages are found, once go.mod lists what it must. */
  Requirements updatedRequirements() throws ModuleException {
    Set<ModuleVersion> providers = new TreeSet<>(ModuleVersion.ORDER);
    for (ModPackage p : order) {
      ModuleVersion m = p.module;
      if (m != null && mainOf(m) == null && (p.inAll || p.isRoot)) {
        providers.add(m);
      }
    }
    return session.requirements.updatedFor(providers);
  }

  /** The import path under which a directory of the main modules is known, or {@code .}. */
  static String directoryPath(Session session, String dir) {
    String best = ".";
    String bestPrefix = "";
    for (MainModule main : session.modules.mains()) {
      String sub = main.dir().isEmpty() ? null : Paths.below(dir, main.dir());
      if (sub == null) {
        continue;
      }
      if (sub.equals(".")) {
        return main.prefix();
      }
      if (main.prefix().compareTo(bestPrefix) > 0) {
        bestPrefix = main.prefix();
        best =
            sub.startsWith("vendor/")
                ? sub.substring("vendor/".length())
                : Paths.join(main.prefix(), sub);
      }
    }
    return best;
  }
}
