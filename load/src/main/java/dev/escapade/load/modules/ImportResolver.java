package dev.escapade.load.modules;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Paths;
import dev.escapade.load.version.GoQuote;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the module and the directory of an import path (cmd/go: importFromModules). Safe for use by
 * several threads.
 */
public final class ImportResolver {
  private static final Set<String> META = Set.of("std", "cmd", "tool", "work", "all");

  private final Modules modules;
  private final Requirements requirements;
  private final FileTree tree;
  private final ConcurrentHashMap<String, Boolean> goDirs = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<String> notices = new ConcurrentSkipListSet<>();
  private final ConcurrentHashMap<String, Boolean> modDirs = new ConcurrentHashMap<>();

  /** A resolver under these requirements. */
  public ImportResolver(Modules modules, Requirements requirements) {
    this.modules = modules;
    this.requirements = requirements;
    this.tree = modules.tree();
  }

  /** Why an import path leads nowhere. */
  public enum FaultKind {
    /** No module that is in use provides it. */
    MISSING,
    OTHER
  }

  /** What is wrong with an import path; {@code message} is the go command's. */
  public record Fault(FaultKind kind, String message) {}

  /**
   * Where a package is.
   *
   * @param module its module, or null in the standard library and if it was not found
   * @param dir its absolute directory, or empty
   * @param fault why it was not found, or null
   */
  public record Found(@Nullable ModuleVersion module, String dir, @Nullable Fault fault) {}

  private static Found fault(FaultKind kind, String message) {
    return new Found(null, "", new Fault(kind, message));
  }

  /** What the go command would print and go on, sorted. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** The standard library's directory for {@code path} if it has Go files, or empty. */
  public String standardDir(String path) {
    if (!isStandardForm(path)) {
      return "";
    }
    String dir = modules.surroundings().gorootSrc() + "/" + path;
    return hasGoFiles(dir) ? dir : "";
  }

  /** Reports whether the first element has no dot, which marks paths of the standard library. */
  public static boolean isStandardForm(String path) {
    int slash = path.indexOf('/');
    int dot = path.indexOf('.');
    return dot < 0 || (slash >= 0 && dot > slash);
  }

  /** Reports whether {@code path} is {@code ./x} or the like. */
  public static boolean isRelative(String path) {
    return path.equals(".") || path.equals("..") || path.startsWith("./") || path.startsWith("../");
  }

  /** Finds a package. */
  public Found resolve(String path) {
    if (path.indexOf('@') >= 0) {
      return fault(
          FaultKind.OTHER, "import path " + GoQuote.quote(path) + " should not have @version");
    }
    if (isRelative(path)) {
      return fault(
          FaultKind.OTHER,
          GoQuote.quote(path)
              + " is relative, but relative import paths are not supported in module mode");
    }
    if (Paths.isAbsolute(path)) {
      return fault(
          FaultKind.OTHER, GoQuote.quote(path) + " is not a package path; see 'go help packages'");
    }
    if (META.contains(path)) {
      return fault(
          FaultKind.OTHER,
          GoQuote.quote(path) + " is not an importable package; see 'go help packages'");
    }
    if (path.equals("C")) {
      return new Found(null, "", null);
    }
    String malformed = ModulePath.checkImportPath(path);
    if (malformed != null) {
      return fault(FaultKind.OTHER, malformed);
    }
    String standard = standardDir(path);
    if (!standard.isEmpty()) {
      for (MainModule main : modules.mains()) {
        String dir = main.inGorootSrc() ? dirInModule(path, main.prefix(), main.dir(), true) : "";
        if (!dir.isEmpty()) {
          return new Found(new ModuleVersion(main.path(), ""), dir, null);
        }
      }
    }
    return modules.mode().isVendor()
        ? resolveVendored(path, standard)
        : resolveInModules(path, standard);
  }

  /** One place where a package may be; {@code module} is null for the standard library. */
  private record Candidate(@Nullable ModuleVersion module, String dir) {}

  private Found resolveVendored(String path, String standard) {
    List<Candidate> found = new ArrayList<>();
    if (!standard.isEmpty()) {
      found.add(new Candidate(null, standard));
    }
    for (MainModule main : modules.mains()) {
      String dir = main.dir().isEmpty() ? "" : dirInModule(path, main.prefix(), main.dir(), true);
      if (!dir.isEmpty()) {
        found.add(new Candidate(new ModuleVersion(main.path(), ""), dir));
      }
    }
    if (modules.hasRoot()) {
      String dir = modules.vendorDir() + "/" + path;
      ModuleVersion module = modules.vendorList().packages().get(path);
      boolean unlistedMayBeUsed = GoVersion.compare(modules.goVersion(), "1.23") < 0;
      if (hasGoFiles(dir)) {
        if (module != null || unlistedMayBeUsed) {
          found.add(new Candidate(module, dir));
        } else {
          notices.add(
              "go: ignoring package "
                  + path
                  + " which exists in the vendor directory but is missing from"
                  + " vendor/modules.txt. To sync the vendor directory run go "
                  + (modules.inWorkspace() ? "work" : "mod")
                  + " vendor.");
        }
      }
    }
    if (found.size() > 1) {
      StringBuilder b =
          new StringBuilder("ambiguous import: found package ")
              .append(path)
              .append(" in multiple directories:");
      found.forEach(c -> b.append("\n\t").append(c.dir));
      return fault(FaultKind.OTHER, b.toString());
    }
    return found.isEmpty()
        ? fault(FaultKind.MISSING, missing(path))
        : new Found(found.getFirst().module, found.getFirst().dir, null);
  }

  private Found resolveInModules(String path, String standard) {
    if (requirements.pruning() != Pruning.UNPRUNED) {
      Found found = resolveAmong(path, standard, null);
      if (found != null) {
        return found;
      }
    }
    String error = requirements.graphError();
    if (error != null && requirements.pruning() != Pruning.UNPRUNED) {
      return fault(FaultKind.OTHER, error);
    }
    Found found = resolveAmong(path, standard, requirements.graph());
    return found != null ? found : fault(FaultKind.MISSING, missing(path));
  }

  private @Nullable Found resolveAmong(String path, String standard, @Nullable ModuleGraph graph) {
    List<Candidate> found = new ArrayList<>();
    String unavailable = null;
    for (String prefix = path; !prefix.equals("."); prefix = Paths.parent(prefix)) {
      if (ModuleVersion.isToolchain(prefix)) {
        continue;
      }
      String version = graph == null ? requirements.rootSelected(prefix) : graph.selected(prefix);
      if (version == null || version.equals(ModuleVersion.NONE)) {
        continue;
      }
      ModuleVersion m = new ModuleVersion(prefix, version);
      MainModule main = version.isEmpty() ? modules.main(prefix) : null;
      if (main != null && main.dir().isEmpty()) {
        continue;
      }
      Modules.Location location = modules.locate(m);
      if (location.error() != null) {
        unavailable = location.error();
        continue;
      }
      String dir = dirInModule(path, prefix, location.dir(), location.isLocal());
      if (!dir.isEmpty()) {
        found.addFirst(new Candidate(m, dir));
      }
    }
    if (!standard.isEmpty()) {
      found.add(new Candidate(null, standard));
    }
    if (found.size() > 1) {
      return fault(FaultKind.OTHER, ambiguous(path, found));
    }
    if (found.isEmpty()) {
      return unavailable == null ? null : fault(FaultKind.OTHER, unavailable);
    }
    return new Found(found.getFirst().module, found.getFirst().dir, null);
  }

  private static String ambiguous(String path, List<Candidate> found) {
    StringBuilder b =
        new StringBuilder("ambiguous import: found package ")
            .append(path)
            .append(" in multiple modules:");
    for (Candidate c : found) {
      ModuleVersion m = c.module;
      b.append("\n\t").append(m == null ? "" : m.path());
      if (m != null && !m.version().isEmpty()) {
        b.append(' ').append(m.version());
      }
      b.append(" (").append(c.dir).append(')');
    }
    return b.toString();
  }

  /** The directory of {@code path} in a module if it has Go files there, or empty. */
  private String dirInModule(String path, String modulePath, String root, boolean isLocal) {
    String dir;
    if (path.equals(modulePath)) {
      dir = root;
    } else if (modulePath.isEmpty()) {
      dir = root + "/" + path;
    } else if (path.startsWith(modulePath) && path.charAt(modulePath.length()) == '/') {
      dir = root + path.substring(modulePath.length());
    } else {
      return "";
    }
    if (isLocal) {
      for (String d = dir; d.length() > root.length(); d = Paths.parent(d)) {
        if (modDirs.computeIfAbsent(d, x -> tree.isFile(x + "/go.mod"))) {
          return ""; // in a module of its own
        }
      }
    }
    return hasGoFiles(dir) ? dir : "";
  }

  /** Reports whether a main module has the package {@code path}. */
  public boolean isInMain(MainModule main, String path) {
    return !dirInModule(path, main.prefix(), main.dir(), true).isEmpty();
  }

  private boolean hasGoFiles(String dir) {
    Boolean known = goDirs.get(dir);
    if (known == null) {
      known = false;
      // Asking for the directory first spares a failed listing of what is not there.
      for (String name : tree.isDirectory(dir) ? tree.list(dir).names() : List.<String>of()) {
        if (name.endsWith(".go") && tree.isFile(dir + "/" + name)) {
          known = true;
          break;
        }
      }
      goDirs.put(dir, known);
    }
    return known;
  }

  // ---- what is missing

  private String missing(String path) {
    if (isStandardForm(path)) {
      String unused = unusedReplacement(path);
      return unused != null
          ? unused
          : "package "
              + path
              + " is not in std ("
              + modules.surroundings().gorootSrc()
              + "/"
              + path
              + ")";
    }
    if (!modules.hasRoot()) {
      return "no required module provides package "
          + path
          + ": "
          + (modules.inWorkspace()
              ? "no modules were found in the current workspace; see 'go help work'"
              : "go.mod file not found in current directory or any parent directory;"
                  + " see 'go help modules'");
    }
    String unused = unusedReplacement(path);
    if (unused != null) {
      return unused;
    }
    ModMode mode = modules.mode();
    String cannotFind = "cannot find module providing package " + path;
    if (mode.mode() == ModMode.Mode.MOD) {
      return cannotFind;
    }
    if (mode.explicit() || !mode.reason().isEmpty()) {
      String why = mode.explicit() ? "" : "\n\t(" + mode.reason() + ")";
      return cannotFind + ": import lookup disabled by -mod=" + mode.mode().flag() + why;
    }
    return "no required module provides package " + path + "; to add it:\n\tgo get " + path;
  }

  /**
   * The text for an import that asks the user to act in another main module than the one around the
   * working directory.
   */
  public String missingFor(String path, MainModule importer, String message) {
    String hint = "; to add it:\n\tgo get " + path;
    MainModule around = modules.mainAroundCwd();
    if (!message.endsWith(hint) || importer.equals(around)) {
      return message;
    }
    return message.substring(0, message.length() - hint.length())
        + "; to add it:\n\tcd "
        + importer.dir()
        + "\n\tgo get "
        + path;
  }

  private @Nullable String unusedReplacement(String path) {
    String best = null;
    String bestVersion = "";
    for (Map.Entry<ModuleVersion, Modules.Replacement> e : modules.replacements().entrySet()) {
      ModuleVersion old = e.getKey();
      boolean mayProvide = path.equals(old.path()) || path.startsWith(old.path() + "/");
      if (!mayProvide || (best != null && best.length() >= old.path().length())) {
        continue;
      }
      ModulePath.Split split = ModulePath.splitVersion(old.path());
      String major = split == null || split.major().isEmpty() ? "v0" : split.major().substring(1);
      String version =
          old.version().isEmpty() ? major + ".0.0-00010101000000-000000000000" : old.version();
      String selected = requirements.graph().selected(old.path());
      if (ModuleVersion.compareVersions(old.path(), selected, version) >= 0) {
        continue;
      }
      Modules.Location l = modules.locate(new ModuleVersion(old.path(), version));
      if (l.error() == null && !dirInModule(path, old.path(), l.dir(), l.isLocal()).isEmpty()) {
        best = old.path();
        bestVersion = old.version();
      }
    }
    if (best == null) {
      return null;
    }
    return "module "
        + best
        + " provides package "
        + path
        + " and is replaced but not required; to add it:\n\tgo get "
        + best
        + (bestVersion.isEmpty() ? "" : "@" + bestVersion);
  }

  // ---- directories

  /**
   * The import path of a directory in the module cache or a replacement of this build, or empty.
   */
  public String pathInDependencies(String dir) {
    if (requirements.pruning() == Pruning.PRUNED) {
      for (ModuleVersion m : requirements.roots()) {
        String path = m.version().equals(requirements.rootSelected(m.path())) ? pathIn(m, dir) : "";
        if (!path.isEmpty()) {
          return path;
        }
      }
    }
    for (ModuleVersion m : requirements.graph().buildList()) {
      String path = pathIn(m, dir);
      if (!path.isEmpty()) {
        return path;
      }
    }
    return "";
  }

  private String pathIn(ModuleVersion m, String dir) {
    if (ModuleVersion.isToolchain(m.path()) || modules.isMain(m)) {
      return "";
    }
    String sub = Paths.below(dir, modules.locate(m).dir());
    if (sub == null
        || sub.contains("/vendor/")
        || sub.startsWith("vendor/")
        || sub.indexOf('@') >= 0) {
      return "";
    }
    return Paths.join(m.path(), sub);
  }

  /** The modules of the whole graph at their selected versions. */
  public List<ModuleVersion> buildList() {
    return requirements.graph().buildList();
  }

  /** Why the module graph is not complete, or null. */
  public @Nullable String graphError() {
    return requirements.graphError();
  }

  /** Reports whether the main module itself requires {@code m} at this version. */
  public boolean isRoot(ModuleVersion m) {
    return m.version().equals(requirements.rootSelected(m.path()));
  }

  /** Reports whether the requirements of {@code m} are part of the graph. */
  public boolean isInGraph(ModuleVersion m) {
    return requirements.graph().requiredBy(m) != null;
  }

  /** The directories that a module's patterns skip, from its {@code ignore} lines. */
  public List<String> ignoresOf(ModuleVersion m) {
    MainModule main = m.version().isEmpty() ? modules.main(m.path()) : null;
    return main != null ? main.file().ignores() : modules.summary(m).ignores();
  }
}
