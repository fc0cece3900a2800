package dev.escapade.load;

import dev.escapade.load.build.PackageDir;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One package of a build: its files as the build constraints select them, and its imports.
 *
 * <p>Packages are compared by identity. A package is built by the loader and does not change once
 * it has been handed out.
 */
public final class GoPackage {
  final String importPath;
  final String path;
  String name = "";
  String dir = "";
  @Nullable GoModule module;
  String langVersion = "";
  boolean standard;
  boolean root;
  String forTest = "";
  String forMain = "";
  String profile = "";
  boolean usesCgo;
  boolean complete = true;
  List<GoFile> files = List.of();
  List<String> asmFiles = List.of();
  List<String> otherFiles = List.of();
  List<String> ignoredGoFiles = List.of();
  List<String> imports = List.of();
  SequencedMap<String, List<String>> embeds = new LinkedHashMap<>();
  final Map<String, GoPackage> importMap = new TreeMap<>();
  final List<LoadError> errors = new ArrayList<>();

  // The state of the loader, of no meaning once the package is handed out.
  @Nullable PackageDir data;
  @Nullable PackageError error;
  boolean incomplete;
  boolean literal;
  boolean fromFiles;

  /** The packages it depends on, in the order of the build; null while they are being loaded. */
  @Nullable List<GoPackage> dependencies;

  GoPackage(String importPath, String path) {
    this.importPath = importPath;
    this.path = path;
  }

  /**
   * The import path as {@code go list} shows it, for example {@code vendor/golang.org/x/net/idna},
   * {@code command-line-arguments}, or {@code p [p.test]} for a test variant. Unique in a result.
   */
  public String importPath() {
    return importPath;
  }

  /**
   * The path that the compiler is given ({@code -p}) for packages other than commands: the import
   * path without the mark of a variant.
   */
  public String path() {
    return path;
  }

  /** The name in the package clauses; empty when no file has one. */
  public String name() {
    return name;
  }

  /** The absolute directory; empty for a package that was not found. */
  public String dir() {
    return dir;
  }

  /** The module that provides the package, or null in the standard library and outside modules. */
  public @Nullable GoModule module() {
    return module;
  }

  /**
   * The language version that applies to files without a constraint of their own, such as {@code
   * go1.21}.
   */
  public String langVersion() {
    return langVersion;
  }

  /** Reports whether the package is part of GOROOT (cmd included). */
  public boolean isStandard() {
    return standard;
  }

  /** Reports whether the package is a command. */
  public boolean isMain() {
    return name.equals("main");
  }

  /** Reports whether a pattern of the command line matched the package itself. */
  public boolean isRoot() {
    return root;
  }

  /** The import path of the package whose tests asked for this variant, or empty. */
  public String forTest() {
    return forTest;
  }

  /**
   * The import path of the command that this variant is built for, with the command's profile, or
   * empty.
   */
  public String forMain() {
    return forMain;
  }

  /** The absolute path of the profile that the package is built with, or empty. */
  public String profile() {
    return profile;
  }

  /** Reports whether {@link #files} contain files that import "C". */
  public boolean usesCgo() {
    return usesCgo;
  }

  /**
   * Reports whether the compiler may insist that every function has a body: there is nothing but Go
   * (the go command's {@code -complete}).
   */
  public boolean isComplete() {
    return complete;
  }

  /** The Go files to compile, sorted by name, the cgo files among them after the others. */
  public List<GoFile> files() {
    return files;
  }

  /** The names of the assembly files that are built into the package. */
  public List<String> asmFiles() {
    return asmFiles;
  }

  /** The names of all further non-Go files that the build sees (C, headers, .syso …). */
  public List<String> otherFiles() {
    return otherFiles;
  }

  /** The names of the Go files that the build constraints exclude. */
  public List<String> ignoredGoFiles() {
    return ignoredGoFiles;
  }

  /** The imports as written, sorted, without duplicates, and without "C". */
  public List<String> imports() {
    return imports;
  }

  /**
   * What each import path as written means in this package. "unsafe" is a package without files,
   * "C" is absent, and so are imports that have an error.
   */
  public Map<String, GoPackage> importMap() {
    return importMap;
  }

  /**
   * The {@code //go:embed} patterns, in the order of the source, each with the slash-separated
   * paths, relative to {@link #dir}, of the files that it matches.
   */
  public SequencedMap<String, List<String>> embeds() {
    return embeds;
  }

  /** What is wrong with this package itself (not with its imports). */
  public List<LoadError> errors() {
    return errors;
  }

  /** A package that starts as this one, under another import path, to become a variant of it. */
  GoPackage copyAs(String newImportPath) {
    GoPackage c = new GoPackage(newImportPath, path);
    c.name = name;
    c.dir = dir;
    c.module = module;
    c.langVersion = langVersion;
    c.standard = standard;
    c.forTest = forTest;
    c.forMain = forMain;
    c.profile = profile;
    c.usesCgo = usesCgo;
    c.complete = complete;
    c.files = files;
    c.asmFiles = asmFiles;
    c.otherFiles = otherFiles;
    c.ignoredGoFiles = ignoredGoFiles;
    c.imports = imports;
    c.embeds = embeds;
    c.importMap.putAll(importMap);
    c.data = data;
    c.error = error;
    c.incomplete = incomplete;
    c.dependencies = dependencies == null ? List.of() : new ArrayList<>(dependencies);
    return c;
  }

  @Override
  public String toString() {
    return importPath;
  }
}
