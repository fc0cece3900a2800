package dev.escapade.load;

import dev.escapade.diag.Position;
import dev.escapade.load.build.PackageDir;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the variants of packages that a test consists of (cmd/go: load.TestPackagesAndErrors): the
 * package with its test files, the external test package, and a copy of each package between the
 * two, because it has to see the former. The generated main package is left out.
 */
final class TestVariants {
  private final PackageLoader loader;
  private final GoPackage tested;
  private final PackageDir data;

  private TestVariants(PackageLoader loader, GoPackage tested, PackageDir data) {
    this.loader = loader;
    this.tested = tested;
    this.data = data;
  }

  /** The variants for the test of {@code p}; none if it has no tests. */
  static List<GoPackage> of(PackageLoader loader, GoPackage p) {
    PackageDir data = p.data;
    boolean hasTests =
        data != null && !(data.testFiles().isEmpty() && data.externalTestFiles().isEmpty());
    return data != null && hasTests ? new TestVariants(loader, p, data).make() : List.of();
  }

  private List<GoPackage> make() {
    GoPackage internal = internal();
    GoPackage external = data.externalTestFiles().isEmpty() ? null : external();
    List<GoPackage> made = new ArrayList<>();
    if (internal != tested) {
      recompile(internal, external);
      made.add(internal);
    }
    if (external != null) {
      made.add(external);
    }
    made.forEach(p -> p.root = true);
    return made;
  }

  private String mark(String path) {
    return path + " [" + tested.importPath + ".test]";
  }

  // ---- the package with its own test files

  private GoPackage internal() {
    if (data.testFiles().isEmpty() && !tested.name.equals("main")) {
      return tested;
    }
    GoPackage p = copy(tested);
    List<GoPackage> dependencies =
        loader.loadTestImports(p, tested.importPath + " (test)", data.testImports());
    List<GoPackage> own = tested.dependencies;
    if (own != null) {
      dependencies.addAll(own);
    }
    p.dependencies = dependencies;
    TreeSet<String> imports = new TreeSet<>(tested.imports);
    data.testImports().keySet().stream().filter(i -> !i.equals("C")).forEach(imports::add);
    p.imports = List.copyOf(imports);
    List<GoFile> files = new ArrayList<>();
    tested.files.stream().filter(f -> !f.importsC()).forEach(files::add);
    data.testFiles().forEach(f -> files.add(PackageLoader.published(f)));
    tested.files.stream().filter(GoFile::importsC).forEach(files::add);
    p.files = List.copyOf(files);
    SequencedMap<String, List<String>> embeds = new LinkedHashMap<>(tested.embeds);
    embeds.putAll(embeds(p, data.testEmbeds()));
    p.embeds = embeds;
    return p;
  }

  private SequencedMap<String, List<String>> embeds(
      GoPackage p, SequencedMap<String, List<Position>> patterns) {
    return loader.resolveEmbeds(p, patterns);
  }

  /** A package that starts as {@code p} and is built for this test only. */
  private GoPackage copy(GoPackage p) {
    GoPackage c = p.copyAs(mark(p.importPath));
    c.forTest = tested.importPath;
    return c;
  }

  // ---- the external test package

  private GoPackage external() {
    String path = tested.path + "_test";
    GoPackage p = new GoPackage(mark(path), path);
    p.name = tested.name + "_test";
    p.dir = tested.dir;
    p.module = tested.module;
    p.langVersion = tested.langVersion;
    p.standard = tested.standard;
    p.forMain = tested.forMain;
    p.profile = tested.profile;
    p.forTest = tested.importPath;
    p.data = tested.data;
    SortedMap<String, List<Position>> imports = data.externalTestImports();
    p.dependencies = loader.loadTestImports(p, path, imports);
    p.imports = imports.keySet().stream().filter(i -> !i.equals("C")).toList();
    p.files = data.externalTestFiles().stream().map(PackageLoader::published).toList();
    p.embeds = embeds(p, data.externalTestEmbeds());
    return p;
  }

  // ---- what lies between

  /** Replaces the tested package by its variant in all that the external test leads to. */
  private void recompile(GoPackage internal, @Nullable GoPackage external) {
    Map<GoPackage, GoPackage> variants = new HashMap<>();
    variants.put(tested, internal);
    List<GoPackage> roots = external == null ? List.of(internal) : List.of(internal, external);
    for (GoPackage p : PackageLoader.inOrder(roots)) {
      if (p == tested) {
        continue;
      }
      boolean mine = p == internal || p == external;
      List<GoPackage> dependencies = p.dependencies;
      if (dependencies == null || dependencies.stream().noneMatch(variants::containsKey)) {
        continue;
      }
      GoPackage v = mine ? p : copy(p);
      v.dependencies =
          new ArrayList<>(dependencies.stream().map(d -> variants.getOrDefault(d, d)).toList());
      v.importMap.replaceAll((_, d) -> variants.getOrDefault(d, d));
      if (!mine) {
        variants.put(p, v);
      }
    }
    reportCycle(internal);
  }

  /** An import of the test that leads back to the tested package is an error. */
  private void reportCycle(GoPackage internal) {
    Map<GoPackage, @Nullable GoPackage> importerOf = new HashMap<>();
    List<GoPackage> todo = new ArrayList<>();
    List<GoPackage> first = internal.dependencies == null ? List.of() : internal.dependencies;
    for (GoPackage p : first) {
      if (!importerOf.containsKey(p)) {
        importerOf.put(p, null);
        todo.add(p);
      }
    }
    for (int i = 0; i < todo.size(); i++) {
      GoPackage p = todo.get(i);
      if (p == internal) {
        breakCycle(internal, p, importerOf);
        return;
      }
      List<GoPackage> next = p.dependencies == null ? List.of() : p.dependencies;
      for (GoPackage q : next) {
        if (!importerOf.containsKey(q)) {
          importerOf.put(q, p);
          todo.add(q);
        }
      }
    }
  }

  /** Where a package, or the test if it is null, imports {@code p}. */
  private @Nullable Position place(@Nullable GoPackage importer, GoPackage p) {
    PackageDir from = importer == null ? data : importer.data;
    List<Position> places = from == null ? null : from.imports().get(p.path);
    if (places == null && importer == null) {
      places = data.testImports().get(p.path);
    }
    return places == null ? null : places.getFirst();
  }

  private void breakCycle(
      GoPackage internal, GoPackage end, Map<GoPackage, @Nullable GoPackage> importerOf) {
    List<ImportStack.Entry> entries = new ArrayList<>();
    for (GoPackage p = end; p != null; p = importerOf.get(p)) {
      GoPackage importer = importerOf.get(p);
      entries.addFirst(new ImportStack.Entry(p.path, place(importer, p)));
    }
    entries.addFirst(new ImportStack.Entry(tested.path, null));
    internal.error = PackageError.testCycle(entries);
    internal.incomplete = true;
    // The loop must not stay in what is handed out, which promises an order.
    internal.dependencies = tested.dependencies;
    internal.importMap.values().removeIf(d -> !d.forTest.isEmpty());
  }
}
