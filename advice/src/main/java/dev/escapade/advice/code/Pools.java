package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of {@code (*sync.Pool).Put} in a package. */
public final class Pools {
  /**
   * A Put.
   *
   * @param object the variable that goes back
   * @param deferred the defer statement that does it, or null
   * @param body the function in which that is, or that defers it
   */
  public record Put(
      Expr.CallExpr call, Var object, Stmt.@Nullable CallStmt deferred, Stmt.BlockStmt body) {}

  private final List<Put> puts = new ArrayList<>();

  /** The calls in a package. */
  public Pools(Tree tree, Types types) {
    for (Expr.CallExpr call : tree.all(Expr.CallExpr.class)) {
      if (types.isMethodCall(call, "sync", "Pool", "Put")) {
        Var v = types.variable(argument(call));
        Stmt.CallStmt deferred = deferred(tree, call);
        Stmt.BlockStmt body = Tree.body(tree.function(deferred == null ? call : deferred));
        if (v != null && body != null) {
          puts.add(new Put(call, v, deferred, body));
        }
      }
    }
  }

  private static Expr argument(Expr.CallExpr call) {
    Expr arg = Syntax.unparen(call.args().getFirst());
    return arg instanceof Expr.UnaryExpr u ? u.x() : arg;
  }

  /** {@code defer pool.Put(x)}, or a Put in a function literal that is deferred at once. */
  private static Stmt.@Nullable CallStmt deferred(Tree tree, Expr.CallExpr call) {
    if (tree.parentSkippingParens(call) instanceof Stmt.CallStmt s) {
      return s.defer() ? s : null;
    }
    if (tree.function(call) instanceof Expr.FuncLit f) {
      Node p = tree.parentSkippingParens(f);
      if (p instanceof Expr.CallExpr outer
          && tree.parentSkippingParens(outer) instanceof Stmt.CallStmt s
          && s.defer()) {
        return s;
      }
    }
    return null;
  }

  /** All of them. */
  public List<Put> puts() {
    return puts;
  }
}
