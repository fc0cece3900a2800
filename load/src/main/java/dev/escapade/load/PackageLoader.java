package dev.escapade.load;

import dev.escapade.diag.Position;
import dev.escapade.load.build.FileGroup;
import dev.escapade.load.build.PackageDir;
import dev.escapade.load.build.SourceText;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.modules.MainModule;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes packages of what was found, depth first from the command line, with the go command's errors
 * and in its order (cmd/go: load.loadImport and Package.load).
 *
 * <p>All files have been read by now, so one thread suffices. It recurses once per import on the
 * way from the command line to a package: {@link #MAX_DEPTH} bounds that, and {@link Loader} gives
 * it the stack for it.
 */
final class PackageLoader {
  /** The longest chain of imports that is followed; real programs stay below one hundredth. */
  private static final int MAX_DEPTH = 100_000;

  /** Standard packages whose functions without body are in package runtime (cmd/go: gc.go). */
  private static final Set<String> BODIES_IN_RUNTIME =
      Set.of(
          "bytes",
          "internal/poll",
          "net",
          "os",
          "runtime/metrics",
          "runtime/pprof",
          "runtime/trace",
          "sync",
          "syscall",
          "time");

  private final Session session;
  private final ImportGraph graph;
  private final ImportStack stack = new ImportStack();
  private final Map<String, GoPackage> packages = new HashMap<>();
  private final Map<String, String> foldedPaths = new HashMap<>();
  private final Map<ModuleVersion, GoModule> modules = new HashMap<>();

  PackageLoader(Session session, ImportGraph graph) {
    this.session = session;
    this.graph = graph;
  }

  /** What an import path stands for: a path, where it is, and what is wrong. */
  private record Resolved(
      String path, @Nullable PackageDir data, @Nullable String error, @Nullable ModPackage found) {}

  /** Loads a package that the command line names. */
  GoPackage loadRoot(String path, boolean literal) {
    GoPackage p = load(path, null, null);
    p.root = true;
    p.literal |= literal;
    return p;
  }

  /** Loads the package of the files that the command line names. */
  GoPackage loadFiles(PackageDir data) {
    GoPackage p = new GoPackage(MainModule.COMMAND_LINE, MainModule.COMMAND_LINE);
    packages.put(p.importPath, p);
    p.root = true;
    p.literal = true;
    p.fromFiles = true;
    fill(p, MainModule.COMMAND_LINE, null, data, null);
    return p;
  }

  /** A package for an error that belongs to no other. */
  static GoPackage failed(String importPath, PackageError error) {
    GoPackage p = new GoPackage(importPath, importPath);
    p.error = error;
    p.incomplete = true;
    p.root = true;
    p.dependencies = List.of();
    return p;
  }

  GoPackage load(String path, @Nullable GoPackage importer, @Nullable List<Position> positions) {
    String malformed =
        path.startsWith("mod/")
            ? "disallowed import path \"" + path + "\""
            : path.indexOf('@') >= 0
                ? "can only use path@version syntax with 'go get' and 'go install' in"
                    + " module-aware mode"
                : null;
    if (malformed != null) {
      stack.push(path, positions);
      GoPackage p = failed(path, new PackageError(malformed, stack.copy(), false));
      p.root = false;
      stack.pop();
      return p;
    }
    Resolved r = resolve(path, importer);
    GoPackage p = packages.get(r.path);
    if (p != null) {
      stack.push(path, positions);
      reuse(p);
      stack.pop();
    } else {
      p = new GoPackage(r.path, r.path);
      packages.put(r.path, p);
      fill(p, path, positions, r.data, r);
    }
    return p;
  }

  private Resolved resolve(String path, @Nullable GoPackage importer) {
    String actual =
        importer != null && importer.standard
            ? ImportGraph.vendoredInStd(session, importer.importPath, path)
            : path;
    ModPackage found = graph.get(actual);
    if (found == null) {
      // What no file imports is looked for in the standard library only, such as runtime.
      String dir = graph.resolver().standardDir(path);
      return dir.isEmpty()
          ? new Resolved(actual, null, "cannot find package", null)
          : new Resolved(path, session.read(dir), null, null);
    }
    PackageDir data = found.data;
    String error = found.fault == null ? null : found.fault.message();
    return new Resolved(actual, data, data != null && data.fault() != null ? null : error, found);
  }

  /** Uses a package again; if it is still being loaded, its imports lead back to it. */
  private void reuse(GoPackage p) {
    if (p.dependencies == null) {
      if (p.error == null) {
        p.error = PackageError.cycle(stack.copy());
      } else {
        p.error.markCycle();
      }
      p.incomplete = true;
    }
    PackageError e = p.error;
    if (e != null && !e.stack().isEmpty() && !e.isCycle() && stack.isShorterThan(e.stack())) {
      e.setStack(stack.copy());
    }
  }

  // ---- one package

  private void fill(
      GoPackage p,
      String path,
      @Nullable List<Position> positions,
      @Nullable PackageDir data,
      @Nullable Resolved resolved) {
    p.data = data;
    if (data != null) {
      p.dir = data.dir();
      p.name = data.name();
      p.standard = session.inGoroot(p.dir) && ImportResolver.isStandardForm(p.importPath);
    }
    if (resolved != null && resolved.error != null) {
      fail(p, resolved.error, path, positions);
    } else if (data != null && data.fault() != null) {
      failDirectory(p, data, data.fault(), path, positions);
    }
    String folded = p.importPath.toLowerCase(Locale.ROOT);
    String other = foldedPaths.putIfAbsent(folded, p.importPath);
    if (other != null && !other.equals(p.importPath)) {
      fail(
          p,
          "case-insensitive import collision: \"" + p.importPath + "\" and \"" + other + "\"",
          path,
          positions);
      p.dependencies = List.of();
      return;
    }
    if (!isSafeArgument(p.importPath)) {
      fail(p, "invalid import path \"" + p.importPath + "\"", path, positions);
      p.dependencies = List.of();
      return;
    }
    stack.push(path, positions);
    p.module = p.standard || resolved == null ? null : module(resolved.found);
    p.langVersion = "go" + GoVersion.lang(languageVersion(p.module));
    if (data != null) {
      takeFiles(p, data);
    }
    loadImports(p, data);
    stack.pop();
  }

  private void fail(GoPackage p, String message, String path, @Nullable List<Position> positions) {
    p.incomplete = true;
    if (p.error == null) {
      p.error = new PackageError(message, stack.copy(), false);
      if (stack.depth() > 0 && !path.equals(stack.top())) {
        p.error.setPos(positions, session.settings.cwd());
      }
    }
  }

  /** Sets an error of the package itself, while it is on the stack. */
  private void failSelf(GoPackage p, String message) {
    fail(p, message, stack.top(), null);
  }

  private void failDirectory(
      GoPackage p,
      PackageDir data,
      PackageDir.Fault fault,
      String path,
      @Nullable List<Position> positions) {
    p.incomplete = true;
    switch (fault) {
      case PackageDir.Fault.Other(String message) -> fail(p, message, path, positions);
      case PackageDir.Fault.NoGoFiles _ -> {
        stack.push(path, positions);
        p.error = new PackageError(noGoMessage(data), stack.copy(), false);
        stack.pop();
      }
      case PackageDir.Fault.Syntax(Position pos, String message) -> {
        stack.push(path, positions);
        p.error = new PackageError(message, stack.copy(), false);
        stack.pop();
        p.error.setPos(pos, session.settings.cwd());
      }
    }
  }

  static String noGoMessage(PackageDir data) {
    if (!data.ignoredGoFiles().isEmpty()) {
      return "build constraints exclude all Go files in " + data.dir();
    }
    boolean hasTests = !data.testFiles().isEmpty() || !data.externalTestFiles().isEmpty();
    return (hasTests ? "no non-test Go files in " : "no Go files in ") + data.dir();
  }

  private String languageVersion(@Nullable GoModule module) {
    String local = session.settings.localVersion();
    if (module == null) {
      return local;
    }
    String v = module.goVersion().isEmpty() ? GoVersion.DEFAULT_GO_MOD : module.goVersion();
    return GoVersion.compare(v, local) > 0 ? local : v;
  }

  private @Nullable GoModule module(@Nullable ModPackage found) {
    ModuleVersion m = found == null ? null : found.module;
    return m == null ? null : modules.computeIfAbsent(m, this::describe);
  }

  private GoModule describe(ModuleVersion m) {
    boolean main = session.modules.isMain(m);
    ModuleVersion r = session.modules.replacement(m);
    boolean vendored = session.modules.mode().isVendor() && !main;
    return new GoModule(
        m.path(),
        m.version(),
        r == null ? null : new GoModule.Replacement(r.path(), r.version()),
        session.modules.goVersionOf(m),
        vendored ? "" : session.modules.directory(m),
        main);
  }

  // ---- files

  private void takeFiles(GoPackage p, PackageDir data) {
    if (p.importPath.equals("unsafe")) {
      return; // its file is documentation
    }
    boolean cgo = session.settings.context().cgoEnabled() && !p.standard;
    List<GoFile> files = new ArrayList<>(data.goFiles().size() + data.cgoFiles().size());
    data.goFiles().forEach(f -> files.add(published(f)));
    data.cgoFiles().forEach(f -> files.add(published(f)));
    p.files = List.copyOf(files);
    p.usesCgo = !data.cgoFiles().isEmpty();
    p.asmFiles = List.copyOf(data.others(FileGroup.ASSEMBLY));
    p.ignoredGoFiles = List.copyOf(data.ignoredGoFiles());
    List<String> others = new ArrayList<>();
    boolean complete = data.cgoFiles().isEmpty();
    for (FileGroup group : FileGroup.values()) {
      List<String> names = data.others(group);
      boolean seen = cgo || !needsCgo(group);
      if (!seen || names.isEmpty()) {
        continue;
      }
      complete &= group == FileGroup.HEADER;
      if (group != FileGroup.ASSEMBLY) {
        others.addAll(names);
      }
    }
    p.otherFiles = List.copyOf(others);
    p.complete = complete && !(p.standard && BODIES_IN_RUNTIME.contains(p.importPath));
    p.embeds = resolveEmbeds(p, data.embeds());
    checkNames(p, data);
  }

  private static boolean needsCgo(FileGroup group) {
    return switch (group) {
      case C, CXX, OBJECTIVE_C, SWIG, SWIG_CXX -> true;
      case HEADER, FORTRAN, ASSEMBLY, SYSO -> false;
    };
  }

  static GoFile published(SourceText f) {
    return new GoFile(f.name(), f.path(), f.content(), f.importsC());
  }

  SequencedMap<String, List<String>> resolveEmbeds(
      GoPackage p, SequencedMap<String, List<Position>> patterns) {
    SequencedMap<String, List<String>> embeds = new LinkedHashMap<>();
    for (String pattern : new TreeMap<>(patterns).keySet()) {
      EmbedFiles.Result r = EmbedFiles.resolve(session.tree, p.dir, pattern);
      if (r.error() != null) {
        boolean first = p.error == null;
        failSelf(p, r.error());
        if (first && p.error != null) {
          p.error.setPos(patterns.get(pattern), session.settings.cwd());
        }
        return embeds;
      }
      embeds.put(pattern, r.files());
    }
    return embeds;
  }

  private void checkNames(GoPackage p, PackageDir data) {
    Map<String, String> folded = new HashMap<>();
    List<String> names = new ArrayList<>();
    data.goFiles().forEach(f -> names.add(f.name()));
    data.cgoFiles().forEach(f -> names.add(f.name()));
    names.addAll(data.ignoredGoFiles());
    data.others().values().forEach(names::addAll);
    data.testFiles().forEach(f -> names.add(f.name()));
    data.externalTestFiles().forEach(f -> names.add(f.name()));
    for (String name : names) {
      String other = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null && !p.fromFiles) {
        failSelf(p, "case-insensitive file name collision: \"" + other + "\" and \"" + name + "\"");
      }
      if (!isSafeArgument(name) || name.startsWith("_cgo_")) {
        failSelf(p, "invalid input file name \"" + name + "\"");
      }
    }
    if (!isSafeArgument(Paths.base(p.importPath))) {
      failSelf(p, "invalid input directory name \"" + Paths.base(p.importPath) + "\"");
    }
  }

  /** Reports whether a name can be no flag of a command (cmd/go: SafeArg). */
  private static boolean isSafeArgument(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char c = name.charAt(0);
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '.'
        || c == '_'
        || c == '/'
        || c >= 0x80;
  }

  // ---- imports

  private void loadImports(GoPackage p, @Nullable PackageDir data) {
    List<GoPackage> loaded = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    if (stack.depth() > MAX_DEPTH) {
      failSelf(p, "import chain longer than " + MAX_DEPTH + " packages");
    } else if (data != null) {
      for (Map.Entry<String, List<Position>> e : data.imports().entrySet()) {
        if (!e.getKey().equals("C")) {
          paths.add(e.getKey());
          loaded.add(loadImport(p, e.getKey(), e.getValue()));
        }
      }
      for (String path : linkerDependencies(p)) {
        if (!paths.contains(path)) {
          loaded.add(load(path, p, null));
        }
      }
    }
    p.imports = List.copyOf(paths);
    p.dependencies = loaded;
    if (data != null) {
      checkForeignFiles(p, data);
    }
  }

  /** What the linker adds to a command. */
  private List<String> linkerDependencies(GoPackage p) {
    if (!p.name.equals("main")) {
      return List.of();
    }
    return session.settings.context().goarch().equals("arm")
        ? List.of("runtime", "math")
        : List.of("runtime");
  }

  GoPackage loadImport(GoPackage importer, String path, List<Position> positions) {
    GoPackage p = load(path, importer, positions);
    PackageError refused = ImportRules.check(session, importer, path, p, stack);
    if (refused != null) {
      refused.setPos(positions, session.settings.cwd());
      if (importer.error == null) {
        importer.error = refused;
        importer.incomplete = true;
      }
    }
    importer.incomplete |= p.incomplete;
    boolean leadsBack = p.dependencies == null;
    if (refused == null && !p.dir.isEmpty() && !leadsBack) {
      importer.importMap.put(path, p);
    }
    return p;
  }

  /** Loads what test files import, under {@code name} in the stack of imports. */
  List<GoPackage> loadTestImports(GoPackage p, String name, Map<String, List<Position>> imports) {
    List<GoPackage> loaded = new ArrayList<>();
    stack.push(name, null);
    for (Map.Entry<String, List<Position>> e : imports.entrySet()) {
      if (!e.getKey().equals("C")) {
        loaded.add(loadImport(p, e.getKey(), e.getValue()));
      }
    }
    stack.pop();
    return loaded;
  }

  private void checkForeignFiles(GoPackage p, PackageDir data) {
    if (p.usesCgo
        || !data.others(FileGroup.SWIG).isEmpty()
        || !data.others(FileGroup.SWIG_CXX).isEmpty()) {
      return;
    }
    boolean cgo = session.settings.context().cgoEnabled() && !p.standard;
    refuse(p, "C", cgo ? data.others(FileGroup.C) : List.of());
    refuse(p, "C++", cgo ? data.others(FileGroup.CXX) : List.of());
    refuse(p, "Objective-C", cgo ? data.others(FileGroup.OBJECTIVE_C) : List.of());
    refuse(p, "Fortran", data.others(FileGroup.FORTRAN));
  }

  private void refuse(GoPackage p, String language, List<String> names) {
    if (!names.isEmpty()) {
      failSelf(
          p,
          language
              + " source files not allowed when not using cgo or SWIG: "
              + String.join(" ", names));
    }
  }

  // ---- order

  /** All packages that the roots need, each after those it needs. */
  static List<GoPackage> inOrder(List<GoPackage> roots) {
    Set<GoPackage> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<GoPackage> all = new ArrayList<>();
    roots.forEach(p -> addInOrder(p, seen, all));
    return all;
  }

  private static void addInOrder(GoPackage p, Set<GoPackage> seen, List<GoPackage> all) {
    if (seen.add(p)) {
      List<GoPackage> next = p.dependencies;
      if (next != null) {
        next.forEach(q -> addInOrder(q, seen, all));
      }
      all.add(p);
    }
  }
}
