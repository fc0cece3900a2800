package dev.escapade.load;

import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.modules.MainModule;
import dev.escapade.load.modules.ModuleException;
import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Expands patterns to import paths (cmd/go: search and modload). */
final class Patterns {
  private final Session session;
  private final ImportResolver resolver;

  Patterns(Session session, ImportResolver resolver) {
    this.session = session;
    this.resolver = resolver;
  }

  /**
   * Finds what the patterns match.
   *
   * @param loaded the import graph of a first round, which {@code all} needs, or null
   * @throws ModuleException if a directory is named and there is no module at all
   */
  void expand(List<Match> matches, @Nullable ImportGraph loaded) throws ModuleException {
    for (Match m : matches) {
      m.packages = new ArrayList<>();
      if (m.isLocal()) {
        expandLocal(m);
      } else if (m.isLiteral()) {
        m.packages.add(m.pattern);
      } else if (m.isMeta()) {
        expandMeta(m, loaded);
      } else {
        m.failures.clear();
        String error = resolver.graphError();
        if (error != null) {
          m.fail(error);
        }
        matchPackages(m, true, resolver.buildList());
      }
    }
  }

  private void expandMeta(Match m, @Nullable ImportGraph loaded) {
    switch (m.pattern) {
      case "std", "cmd" -> matchStandard(m);
      case "tool" -> addTools(m);
      case "work" -> matchPackages(m, false, mainVersions());
      default -> {
        if (loaded != null) {
          m.packages.addAll(loaded.allPattern());
        } else {
          matchPackages(m, false, mainVersions());
          addTools(m);
        }
      }
    }
  }

  private void addTools(Match m) {
    session.modules.mains().forEach(main -> m.packages.addAll(main.file().tools()));
  }

  private List<ModuleVersion> mainVersions() {
    return session.modules.mains().stream()
        .map(main -> new ModuleVersion(main.path(), ""))
        .toList();
  }

  // ---- std and cmd

  private void matchStandard(Match m) {
    boolean std = m.pattern.equals("std");
    String src = session.settings.gorootSrc();
    ConcurrentSkipListSet<String> found = new ConcurrentSkipListSet<>(DirectoryWalk.ORDER);
    String error =
        DirectoryWalk.walk(
            session.tree,
            session.queue,
            std ? src : src + "/cmd",
            (dir, below) -> {
              String name = std ? below : below.isEmpty() ? "cmd" : "cmd/" + below;
              if (std && below.isEmpty()) {
                return true;
              }
              if (isHidden(Paths.base(dir))
                  || (std && (!ImportResolver.isStandardForm(name) || name.equals("cmd")))) {
                return false;
              }
              // runtime/cgo has no pure-Go form, so it is left out as with CGO_ENABLED=0.
              if (!name.equals("builtin") && !name.equals("runtime/cgo") && isStandard(dir, name)) {
                found.add(name);
              }
              return true;
            });
    if (error != null) {
      m.fail(error);
    }
    m.packages.addAll(found);
  }

  private boolean isStandard(String dir, String name) {
    PackageDir data = session.read(dir);
    boolean vendoredCommand = name.startsWith("cmd/vendor") && data.name().equals("main");
    return !vendoredCommand && !(data.fault() instanceof PackageDir.Fault.NoGoFiles);
  }

  private static boolean isHidden(String elem) {
    return elem.startsWith(".") || elem.startsWith("_") || elem.equals("testdata");
  }

  // ---- patterns of import paths

  private void matchPackages(Match m, boolean withStd, List<ModuleVersion> modules) {
    boolean meta = m.isMeta();
    Predicate<String> matches = meta ? _ -> true : PackagePattern.matcher(m.pattern);
    Predicate<String> canMatch = meta ? _ -> true : PackagePattern.treeMatcher(m.pattern);
    Set<String> have = ConcurrentHashMap.newKeySet();
    have.add("builtin");
    have.add("runtime/cgo");
    PathWalk walk = new PathWalk(m, matches, canMatch, have, new ConcurrentSkipListSet<>());
    if (withStd) {
      walk.run(session.settings.gorootSrc(), "", List.of(), true, false);
      if (canMatch.test("cmd")) {
        walk.run(session.settings.gorootSrc() + "/cmd", "cmd", List.of(), true, false);
      }
    }
    if (session.modules.mode().isVendor()) {
      for (MainModule main : session.modules.mains()) {
        if (!main.dir().isEmpty()) {
          walk.run(main.dir(), main.prefix(), main.file().ignores(), true, true);
        }
      }
      if (session.modules.hasRoot()) {
        walk.run(session.modules.vendorDir(), "", List.of(), false, true);
      }
    } else {
      for (ModuleVersion module : modules) {
        walk.module(module);
      }
    }
    m.packages.addAll(walk.found);
  }

  /** The walks of one pattern; {@code have} are the paths seen, in whichever module came first. */
  private final class PathWalk {
    private final Match match;
    private final Predicate<String> matches;
    private final Predicate<String> canMatch;
    private final Set<String> have;
    private final ConcurrentSkipListSet<String> found;

    PathWalk(
        Match match,
        Predicate<String> matches,
        Predicate<String> canMatch,
        Set<String> have,
        ConcurrentSkipListSet<String> found) {
      this.match = match;
      this.matches = matches;
      this.canMatch = canMatch;
      this.have = have;
      this.found = found;
    }

    void module(ModuleVersion m) {
      if (ModuleVersion.isToolchain(m.path()) || !canMatch.test(m.path())) {
        return;
      }
      MainModule main = m.version().isEmpty() ? session.modules.main(m.path()) : null;
      if (main != null) {
        if (!main.dir().isEmpty()) {
          run(main.dir(), main.prefix(), main.file().ignores(), true, true);
        }
        return;
      }
      String dir = session.modules.directory(m);
      if (!dir.isEmpty()) {
        boolean local = !Paths.isWithin(dir, session.settings.modCache());
        run(dir, m.path(), resolver.ignoresOf(m), local, true);
      }
    }

    void run(
        String root,
        String prefix,
        List<String> ignores,
        boolean stopAtModules,
        boolean stopAtVendor) {
      IgnoredDirs ignored = IgnoredDirs.of(ignores);
      String error =
          DirectoryWalk.walk(
              session.tree,
              session.queue,
              root,
              new DirectoryWalk.Visitor() {
                @Override
                public boolean enter(String dir, String below) {
                  if (below.isEmpty() && prefix.isEmpty()) {
                    return true;
                  }
                  String elem = Paths.base(dir);
                  String name = Paths.join(prefix, below);
                  boolean hidden = !below.isEmpty() && isHidden(elem);
                  if (hidden || ignored.contains(below) || !canMatch.test(name)) {
                    return false;
                  }
                  if (stopAtModules && !below.isEmpty() && session.tree.isFile(dir + "/go.mod")) {
                    return false;
                  }
                  if (have.add(name) && matches.test(name) && hasPackage(dir)) {
                    found.add(name);
                  }
                  return !(elem.equals("vendor") && stopAtVendor && !below.isEmpty());
                }

                @Override
                public void other(String path, String below) {
                  if (match.pattern.contains("...")
                      && canMatch.test(Paths.join(prefix, below))
                      && !isHidden(Paths.base(path))
                      && session.tree.isLink(path)
                      && session.tree.isDirectory(path)) {
                    synchronized (session.warnings) {
                      session.warnings.add("warning: ignoring symlink " + path);
                    }
                  }
                }
              });
      if (error != null) {
        match.fail(error);
      }
    }
  }

  private boolean hasPackage(String dir) {
    PackageDir data = session.read(dir);
    return data.hasGoFiles() || !(data.fault() instanceof PackageDir.Fault.NoGoFiles);
  }

  // ---- directories

  private void expandLocal(Match m) throws ModuleException {
    if (m.dirs == null) {
      m.dirs = new ArrayList<>();
      matchDirs(m, m.dirs);
    }
    for (String dir : m.dirs) {
      String absolute = Paths.absolute(session.settings.cwd(), dir);
      LocalPackages.Result r = LocalPackages.resolve(session, resolver, absolute);
      if (r.path() != null) {
        m.packages.add(r.path());
      } else if (m.isLiteral() || !r.neverAPackage()) {
        if (!session.modules.hasRoot()) {
          throw new ModuleException(LocalPackages.noModule(session));
        }
        m.failures.add(new Match.Failure(String.valueOf(r.error()), r.noGoDir()));
      }
    }
  }

  private void matchDirs(Match m, List<String> dirs) {
    int dots = m.pattern.indexOf("...");
    if (dots < 0) {
      dirs.add(m.pattern);
      return;
    }
    String cwd = session.settings.cwd();
    String shown = dirOfPattern(m.pattern, dots);
    String absolute = Paths.absolute(cwd, shown);
    if (!LocalPackages.mayHavePackages(session, resolver, absolute)) {
      m.fail(
          "directory prefix "
              + session.shorten(absolute)
              + " does not contain "
              + (session.modules.inWorkspace()
                  ? "modules listed in go.work or their selected dependencies"
                  : "main module or its selected dependencies"));
      return;
    }
    MainModule within = LocalPackages.mainAround(session, absolute);
    List<String> roots = session.modules.mainDirs();
    if (within == null && !roots.isEmpty()) {
      m.fail(
          "directory "
              + shown
              + " is outside module root"
              + (roots.size() > 1 ? "s" : "")
              + " ("
              + String.join(", ", roots)
              + ")");
    }
    if (!session.tree.isDirectory(absolute)) {
      String mark = m.pattern.startsWith("./") && !shown.equals(".") ? "./" : "";
      m.fail("lstat " + mark + shown + "/: no such file or directory");
      return;
    }
    walkDirs(m, dirs, absolute, within);
  }

  /** The directory before the first wildcard of a pattern of directories. */
  private static String dirOfPattern(String pattern, int dots) {
    String before = Paths.clean(pattern.substring(0, dots) + "x");
    return before.indexOf('/') < 0 ? "." : Paths.parent(before);
  }

  private void walkDirs(Match m, List<String> dirs, String absolute, @Nullable MainModule within) {
    String cleaned = Paths.clean(m.pattern);
    String prefix = m.pattern.startsWith("./") && !cleaned.equals(".") ? "./" : "";
    String top = dirOfPattern(cleaned, cleaned.indexOf("..."));
    Predicate<String> matches = PackagePattern.matcher(prefix + cleaned);
    IgnoredDirs ignored =
        within == null ? IgnoredDirs.NONE : IgnoredDirs.of(within.file().ignores());
    ConcurrentSkipListSet<String> found = new ConcurrentSkipListSet<>(DirectoryWalk.ORDER);
    String error =
        DirectoryWalk.walk(
            session.tree,
            session.queue,
            absolute,
            (dir, below) -> {
              String elem = Paths.base(below.isEmpty() ? top : dir);
              boolean dot = elem.startsWith(".") && !elem.equals(".") && !elem.equals("..");
              if (dot || elem.startsWith("_") || elem.equals("testdata")) {
                return false;
              }
              String inModule = within == null ? null : Paths.below(dir, within.dir());
              if (inModule != null && ignored.contains(inModule)) {
                return false;
              }
              if (!below.isEmpty() && session.tree.isFile(dir + "/go.mod")) {
                return false;
              }
              String name =
                  prefix + (below.isEmpty() ? top : top.equals(".") ? below : top + "/" + below);
              if (matches.test(name.replace("//", "/")) && isWanted(dir)) {
                found.add(name.replace("//", "/"));
              }
              return true;
            });
    if (error != null) {
      m.fail(error);
    }
    dirs.addAll(found);
  }

  private boolean isWanted(String dir) {
    PackageDir data = session.read(dir);
    return !(data.fault() instanceof PackageDir.Fault.NoGoFiles)
        || !data.invalidGoFiles().isEmpty();
  }

  /** All packages that the patterns match, in their order, once each. */
  static Set<String> roots(List<Match> matches) {
    Set<String> roots = new java.util.LinkedHashSet<>();
    matches.forEach(m -> roots.addAll(m.packages));
    return roots;
  }

  /** Adds the warnings for patterns that match nothing. */
  static void warnUnmatched(List<Match> matches, List<String> warnings) {
    for (Match m : matches) {
      if (m.packages.isEmpty() && m.failures.isEmpty()) {
        warnings.add("go: warning: \"" + m.pattern + "\" matched no packages");
      }
    }
  }

  /**
   * The {@code ignore} lines of a go.mod: with {@code ./} in front below the module's root only.
   */
  private record IgnoredDirs(List<String> fromRoot, List<String> anywhere) {
    static final IgnoredDirs NONE = new IgnoredDirs(List.of(), List.of());

    static IgnoredDirs of(List<String> lines) {
      if (lines.isEmpty()) {
        return NONE;
      }
      TreeSet<String> fromRoot = new TreeSet<>();
      TreeSet<String> anywhere = new TreeSet<>();
      for (String line : lines) {
        if (line.startsWith("./")) {
          fromRoot.add(delimit(line.substring(2)));
        } else {
          anywhere.add(delimit(line));
        }
      }
      return new IgnoredDirs(List.copyOf(fromRoot), List.copyOf(anywhere));
    }

    private static String delimit(String path) {
      return (path.startsWith("/") ? "" : "/") + path + (path.endsWith("/") ? "" : "/");
    }

    boolean contains(String below) {
      if (below.isEmpty() || below.equals(".") || (fromRoot.isEmpty() && anywhere.isEmpty())) {
        return false;
      }
      String path = delimit(below);
      return fromRoot.stream().anyMatch(path::startsWith)
          || anywhere.stream().anyMatch(path::contains);
    }
  }
}
