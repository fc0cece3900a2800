package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** A named entity of the language: what an identifier denotes (go/types: Object). */
public abstract sealed class Obj permits PkgName, Const, TypeName, Var, Func, Label, Builtin, Nil {
  private final int pos;
  private final @Nullable Package pkg;
  private final String name;
  private final boolean exported;
  private @Nullable Type type;
  private @Nullable Scope parent;
  private int order;
  private int scopePos;

  Obj(int pos, @Nullable Package pkg, String name, @Nullable Type type) {
    this.pos = pos;
    this.pkg = pkg;
    this.name = name;
    this.exported = isExported(name);
    this.type = type;
  }

  /** The scope in which the object is declared; null for methods and fields. */
  public @Nullable Scope parent() {
    return parent;
  }

  /** The position of the identifier in the declaration, or 0. */
  public int pos() {
    return pos;
  }

  /** The package of the object; null for labels and what is predeclared. */
  public @Nullable Package pkg() {
    return pkg;
  }

  public String name() {
    return name;
  }

  /** The object's type; invalid if it has none, or none yet. */
  public Type type() {
    return type == null ? Basic.INVALID : type;
  }

  /** The object's type, or null as long as the declaration has not been looked at. */
  @Nullable Type typeOrNull() {
    return type;
  }

  /** Reports whether the name starts with an upper case letter. */
  public boolean exported() {
    return exported;
  }

  /** The name, qualified by the package path unless it is exported (go/types: Id). */
  public String id() {
    return id(pkg, name);
  }

  /** {@code name}, qualified by the path of {@code pkg} unless it is exported. */
  public static String id(@Nullable Package pkg, String name) {
    if (isExported(name)) {
      return name;
    }
    return (pkg == null || pkg.path().isEmpty() ? "_" : pkg.path()) + "." + name;
  }

  /**
   * The place of a package-level object among all of its package in source order, from 1; 0 for all
   * others.
   */
  public int order() {
    return order;
  }

  /** The position from which on the object can be seen in its scope. */
  int scopePos() {
    return scopePos;
  }

  void setType(@Nullable Type type) {
    this.type = type;
  }

  void setParent(@Nullable Scope parent) {
    this.parent = parent;
  }

  void setOrder(int order) {
    this.order = order;
  }

  void setScopePos(int scopePos) {
    this.scopePos = scopePos;
  }

  /**
   * Reports whether {@code name}, used in {@code pkg}, is this object's name (Go spec, "Uniqueness
   * of identifiers").
   *
   * @param foldCase whether the case of letters and the package do not matter
   */
  boolean sameId(@Nullable Package pkg, String name, boolean foldCase) {
    if (foldCase && this.name.equalsIgnoreCase(name)) {
      return true;
    }
    return this.name.equals(name) && (exported || Package.same(this.pkg, pkg));
  }

  /** Reports whether {@code name} starts with an upper case letter. */
  public static boolean isExported(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char c = name.charAt(0);
    if (c < 0x80) {
      return 'A' <= c && c <= 'Z';
    }
    return Character.getType(name.codePointAt(0)) == Character.UPPERCASE_LETTER;
  }

  /**
   * The order of methods in a type: exported before others, then by name, then by package path
   * (types2: object.cmp).
   */
  static int compare(Obj a, Obj b) {
    if (a == b) {
      return 0;
    }
    if (a.exported != b.exported) {
      return a.exported ? -1 : 1;
    }
    int c = a.name.compareTo(b.name);
    if (c != 0 || a.exported) {
      return c;
    }
    return path(a).compareTo(path(b));
  }

  private static String path(Obj obj) {
    return obj.pkg == null ? "" : obj.pkg.path();
  }

  /** The object in Go's notation, with full package paths. */
  @Override
  public final String toString() {
    return ObjectString.objectString(this, Qualifier.PATH);
  }
}
