package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The imports of a file; that of package C is none. */
final class Imports {
  private final Types types;
  private final List<Decl.ImportDecl> decls = new ArrayList<>();

  Imports(Types types, File file) {
    this.types = types;
    for (Decl d : file.decls()) {
      if (d instanceof Decl.ImportDecl i && i.path() != null && !path(i).equals("C")) {
        decls.add(i);
      }
    }
  }

  static String path(Decl.ImportDecl d) {
    String quoted = d.path() == null ? "\"\"" : d.path().value();
    return quoted.length() < 2 ? "" : quoted.substring(1, quoted.length() - 1);
  }

  /** Reports whether a path looks like one of the standard library: its first part has no dot. */
  static boolean isStandard(Decl.ImportDecl d) {
    String path = path(d);
    int slash = path.indexOf('/');
    return path.indexOf('.', 0) < 0 || (slash >= 0 && path.substring(0, slash).indexOf('.') < 0);
  }

  Decl.@Nullable ImportDecl first() {
    return decls.isEmpty() ? null : decls.getFirst();
  }

  Decl.@Nullable ImportDecl last() {
    return decls.isEmpty() ? null : decls.getLast();
  }

  /** The name by which the file knows a package, or null. */
  @Nullable String nameOf(String importPath) {
    for (Decl.ImportDecl d : decls) {
      String name = name(d);
      if (path(d).equals(importPath) && !name.equals("_") && !name.equals(".")) {
        return name;
      }
    }
    return null;
  }

  /** Reports whether some package has a name in the file. */
  boolean hasName(String name) {
    return decls.stream().anyMatch(d -> name(d).equals(name));
  }

  private String name(Decl.ImportDecl d) {
    if (d.localPkgName() != null) {
      return d.localPkgName().value();
    }
    return types.info().implicit(d) instanceof dev.escapade.types.PkgName p
        ? p.name()
        : path(d).substring(path(d).lastIndexOf('/') + 1);
  }

  /**
   * Where a new import belongs.
   *
   * @param next the import on the line below, or above it
   */
  record Spot(Decl.ImportDecl next, boolean isBehind) {}

  /**
   * Where a new import of the standard library belongs: by its path, as gofmt sorts those on lines
   * that follow each other, in the first run of such lines that has one of the standard library;
   * null if none has.
   */
  @Nullable Spot spot(String importPath, Extents extents) {
    List<Decl.ImportDecl> run = new ArrayList<>();
    for (Decl.ImportDecl d : decls) {
      if (!run.isEmpty() && !goesOn(run.getLast(), d, extents)) {
        if (run.stream().anyMatch(Imports::isStandard)) {
          break;
        }
        run.clear();
      }
      run.add(d);
    }
    if (run.stream().noneMatch(Imports::isStandard)) {
      return null;
    }
    int i = run.size() - 1;
    while (i >= 0 && path(run.get(i)).compareTo(importPath) > 0) {
      i--;
    }
    return i < 0 ? new Spot(run.getFirst(), false) : new Spot(run.get(i), true);
  }

  private static boolean goesOn(Decl.ImportDecl d, Decl.ImportDecl next, Extents extents) {
    return extents.of(next).line() <= extents.of(d).endLine() + 1 && d.group() == next.group();
  }
}
