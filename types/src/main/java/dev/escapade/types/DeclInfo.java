package dev.escapade.types;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A package-level declaration of a constant, variable, type or function (types2: declInfo). */
final class DeclInfo {
  /** The scope of the file. */
  final Scope fileScope;

  /** The language version of the file. */
  final GoVersion version;

  /** All variables of a declaration with several variables and one value, otherwise null. */
  @Nullable List<Var> lhs;

  /** The type of constants and variables, if given. */
  @Nullable Expr vtyp;

  /** The initialization expression of constants and variables, if given. */
  @Nullable Expr init;

  /** Whether {@code init} comes from an earlier constant declaration of the group. */
  boolean inherited;

  Decl.@Nullable TypeDecl tdecl;
  Decl.@Nullable FuncDecl fdecl;

  private @Nullable Set<Obj> deps;

  DeclInfo(Scope fileScope, GoVersion version) {
    this.fileScope = fileScope;
    this.version = version;
  }

  /** Records that the initialization expression or function body refers to {@code obj}. */
  void addDep(Obj obj) {
    if (deps == null) {
      deps = new LinkedHashSet<>();
    }
    deps.add(obj);
  }

  /** The package-level objects that the initialization expression or function body refers to. */
  Set<Obj> deps() {
    return deps == null ? Set.of() : deps;
  }
}
