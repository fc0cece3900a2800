package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Go package as the checker sees it. */
@SuppressWarnings(
    "AvoidCommonTypeNames") // the word that Go programmers know; java.lang.Package is not used
public final class Package {
  private final String path;
  private String name;
  private final Scope scope;
  private List<Package> imports = List.of();
  private boolean complete;
  private boolean fake;
  private boolean cgo;
  private GoVersion goVersion = GoVersion.NONE;
  private @Nullable SourceMap sources;

  /** A package with an empty scope inside the universe. */
  public Package(String path, String name) {
    this(path, name, Universe.SCOPE);
  }

  Package(String path, String name, Scope universe) {
    this.path = path;
    this.name = name;
    this.scope = new Scope(universe, 0, 0, "package \"" + path + "\"");
  }

  /** The import path. */
  public String path() {
    return path;
  }

  /** The name in the package clause. */
  public String name() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** The scope of the objects declared at package level. */
  public Scope scope() {
    return scope;
  }

  /** The packages directly imported, in source order. */
  public List<Package> imports() {
    return imports;
  }

  public void setImports(List<Package> imports) {
    this.imports = List.copyOf(imports);
  }

  /** Reports whether the scope holds at least all exported objects. */
  public boolean complete() {
    return complete;
  }

  public void markComplete() {
    complete = true;
  }

  /**
   * Reports whether it stands for one that could not be imported: lookups in it that fail are not
   * errors.
   */
  public boolean isFake() {
    return fake;
  }

  void markFake() {
    fake = true;
  }

  /** Reports whether this stands for what a package imports as "C". */
  boolean cgo() {
    return cgo;
  }

  void markCgo() {
    cgo = true;
  }

  /** The language version of the package's module. */
  public GoVersion goVersion() {
    return goVersion;
  }

  void setGoVersion(GoVersion goVersion) {
    this.goVersion = goVersion;
  }

  /** Where positions of the package are explained; null if it has no source. */
  @Nullable SourceMap sources() {
    return sources;
  }

  void setSources(SourceMap sources) {
    this.sources = sources;
  }

  /** Reports whether both are the same package, which null (the universe) is only as itself. */
  static boolean same(@Nullable Package a, @Nullable Package b) {
    return a == b || (a != null && b != null && a.path.equals(b.path));
  }

  @Override
  public String toString() {
    return "package " + name + " (\"" + path + "\")";
  }
}
