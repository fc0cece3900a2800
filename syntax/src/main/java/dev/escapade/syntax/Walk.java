package dev.escapade.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Visits the nodes of a tree in source order, as cmd/compile/internal/syntax does. A type that
 * several fields share ({@code a, b T}) is visited once for each of them.
 */
public final class Walk {
  private Walk() {}

  /**
   * Calls {@code visit} for {@code root} and, where that returns true, for what is below, parents
   * first. Does not recurse.
   */
  public static void preorder(Node root, Predicate<Node> visit) {
    List<Node> pending = new ArrayList<>();
    pending.add(root);
    while (!pending.isEmpty()) {
      Node n = pending.removeLast();
      if (visit.test(n)) {
        int from = pending.size();
        children(n, pending::add);
        java.util.Collections.reverse(pending.subList(from, pending.size()));
      }
    }
  }

  /** Calls {@code action} for each child of {@code node}. */
  public static void children(Node node, Consumer<? super Node> action) {
    switch (node) {
      case Expr x -> expr(x, action);
      case Stmt s -> stmt(s, action);
      case Decl d -> decl(d, action);
      case File f -> {
        action.accept(f.pkgName());
        f.decls().forEach(action);
      }
      case Field f -> {
        optional(f.name(), action);
        action.accept(f.type());
      }
      case CaseClause c -> {
        optional(c.cases(), action);
        c.body().forEach(action);
      }
      case CommClause c -> {
        optional(c.comm(), action);
        c.body().forEach(action);
      }
    }
  }

  private static void optional(@Nullable Node n, Consumer<? super Node> action) {
    if (n != null) {
      action.accept(n);
    }
  }

  private static void decl(Decl decl, Consumer<? super Node> action) {
    switch (decl) {
      case Decl.ImportDecl d -> {
        optional(d.localPkgName(), action);
        optional(d.path(), action);
      }
      case Decl.ConstDecl d -> {
        d.names().forEach(action);
        optional(d.type(), action);
        optional(d.values(), action);
      }
      case Decl.TypeDecl d -> {
        action.accept(d.name());
        d.typeParams().forEach(action);
        action.accept(d.type());
      }
      case Decl.VarDecl d -> {
        d.names().forEach(action);
        optional(d.type(), action);
        optional(d.values(), action);
      }
      case Decl.FuncDecl d -> {
        optional(d.recv(), action);
        action.accept(d.name());
        d.typeParams().forEach(action);
        action.accept(d.type());
        optional(d.body(), action);
      }
    }
  }

  private static void expr(Expr expr, Consumer<? super Node> action) {
    switch (expr) {
      case Expr.BadExpr _, Expr.Name _, Expr.BasicLit _ -> {} // leaves
      case Expr.CompositeLit x -> {
        optional(x.type(), action);
        x.elems().forEach(action);
      }
      case Expr.KeyValueExpr x -> both(x.key(), x.value(), action);
      case Expr.FuncLit x -> both(x.type(), x.body(), action);
      case Expr.ParenExpr x -> action.accept(x.x());
      case Expr.SelectorExpr x -> both(x.x(), x.sel(), action);
      case Expr.IndexExpr x -> both(x.x(), x.index(), action);
      case Expr.SliceExpr x -> {
        action.accept(x.x());
        optional(x.low(), action);
        optional(x.high(), action);
        optional(x.max(), action);
      }
      case Expr.TypeAssertExpr x -> both(x.x(), x.type(), action);
      case Expr.TypeSwitchGuard x -> {
        optional(x.lhs(), action);
        action.accept(x.x());
      }
      case Expr.UnaryExpr x -> action.accept(x.x());
      case Expr.BinaryExpr x -> both(x.x(), x.y(), action);
      case Expr.CallExpr x -> {
        action.accept(x.fun());
        x.args().forEach(action);
      }
      case Expr.ListExpr x -> x.elems().forEach(action);
      case Expr.ArrayType x -> {
        optional(x.len(), action);
        action.accept(x.elem());
      }
      case Expr.SliceType x -> action.accept(x.elem());
      case Expr.DotsType x -> action.accept(x.elem());
      case Expr.StructType x -> {
        x.fields().forEach(action);
        for (Expr.BasicLit tag : x.tags()) {
          optional(tag, action);
        }
      }
      case Expr.InterfaceType x -> x.methods().forEach(action);
      case Expr.FuncType x -> {
        x.params().forEach(action);
        x.results().forEach(action);
      }
      case Expr.MapType x -> both(x.key(), x.value(), action);
      case Expr.ChanType x -> action.accept(x.elem());
    }
  }

  private static void both(Node a, Node b, Consumer<? super Node> action) {
    action.accept(a);
    action.accept(b);
  }

  private static void stmt(Stmt stmt, Consumer<? super Node> action) {
    switch (stmt) {
      case Stmt.EmptyStmt _ -> {} // a leaf
      case Stmt.ExprStmt s -> action.accept(s.x());
      case Stmt.SendStmt s -> both(s.chan(), s.value(), action);
      case Stmt.AssignStmt s -> {
        action.accept(s.lhs());
        optional(s.rhs(), action);
      }
      case Stmt.RangeClause s -> {
        optional(s.lhs(), action);
        action.accept(s.x());
      }
      case Stmt.LabeledStmt s -> both(s.label(), s.stmt(), action);
      case Stmt.BlockStmt s -> s.list().forEach(action);
      case Stmt.DeclStmt s -> s.decls().forEach(action);
      case Stmt.BranchStmt s -> optional(s.label(), action);
      case Stmt.CallStmt s -> action.accept(s.call());
      case Stmt.ReturnStmt s -> optional(s.results(), action);
      case Stmt.IfStmt s -> {
        optional(s.init(), action);
        both(s.cond(), s.then(), action);
        optional(s.els(), action);
      }
      case Stmt.ForStmt s -> {
        optional(s.init(), action);
        optional(s.cond(), action);
        optional(s.post(), action);
        action.accept(s.body());
      }
      case Stmt.SwitchStmt s -> {
        optional(s.init(), action);
        optional(s.tag(), action);
        s.body().forEach(action);
      }
      case Stmt.SelectStmt s -> s.body().forEach(action);
    }
  }
}
