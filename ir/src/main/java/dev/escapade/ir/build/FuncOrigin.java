package dev.escapade.ir.build;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;

/** Where the body of a function comes from, so that it can be built again. */
sealed interface FuncOrigin {
  /** A declared function, perhaps for certain type arguments. */
  record Declared(PackageSource source, Decl.FuncDecl decl, Func obj, TypeEnv env)
      implements FuncOrigin {}

  /**
   * A function literal.
   *
   * @param from what it is read from
   * @param captured the variables it captures, in the order of {@code Func.closureVars}; filled
   *     when the body is built
   */
  record Literal(
      PackageSource source, Expr.FuncLit literal, TypeEnv env, ExportData from, List<Var> captured)
      implements FuncOrigin {
    Literal(PackageSource source, Expr.FuncLit literal, TypeEnv env, ExportData from) {
      this(source, literal, env, from, new ArrayList<>());
    }
  }

  /** A function that the compiler makes up. */
  record Synthetic(TypeEnv env, SyntheticBody body) implements FuncOrigin {}

  /** Makes a body. */
  @FunctionalInterface
  interface SyntheticBody {
    /**
     * Adds statements to the function that {@code body} builds.
     *
     * @param pos the position of what is made
     */
    void build(Body body, int pos);
  }
}
