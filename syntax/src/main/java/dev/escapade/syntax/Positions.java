package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where nodes start and end, as far as the compiler wants to know it for scopes and messages
 * (cmd/compile/internal/syntax, {@code StartPos} and {@code EndPos}, Go 1.26, with their
 * approximations). Neither recurses.
 */
public final class Positions {
  private Positions() {}

  /** The position of the leftmost token of {@code node}, but the bracket of a slice expression. */
  public static int startPos(Node node) {
    Node n = node;
    while (true) {
      Node left =
          switch (n) {
            case Expr.CompositeLit x -> x.type();
            case Expr.KeyValueExpr x -> x.key();
            case Expr.SelectorExpr x -> x.x();
            case Expr.IndexExpr x -> x.x();
            case Expr.TypeAssertExpr x -> x.x();
            case Expr.TypeSwitchGuard x -> x.lhs() != null ? x.lhs() : x.x();
            case Expr.BinaryExpr x -> x.x();
            case Expr.CallExpr x -> x.fun();
            case Expr.ListExpr x -> x.elems().isEmpty() ? null : x.elems().getFirst();
            case Stmt.SendStmt s -> s.chan();
            case Stmt.AssignStmt s -> s.lhs();
            case Stmt.RangeClause s -> s.lhs() != null ? s.lhs() : s.x();
            default -> null; // the position of all others is their start
          };
      if (left == null) {
        return n instanceof File f ? f.source().pos(0) : n.pos();
      }
      n = left;
    }
  }

  /**
   * The end of {@code node}, roughly: for names and literals what follows them, for blocks their
   * closing brace, for others the end of their last part, which may be followed by a parenthesis or
   * bracket.
   */
  public static int endPos(Node node) {
    Node n = node;
    while (true) {
      Node last = lastPart(n);
      if (last == null) {
        return ownEnd(n);
      }
      if (n instanceof Stmt.AssignStmt s && s.rhs() == null) {
        return endPos(last) + 2; // the ++ or --
      }
      n = last;
    }
  }

  private static int ownEnd(Node n) {
    return switch (n) {
      case File f -> f.eof();
      case Expr.Name x -> x.pos() + GoRunes.utf8Length(x.value());
      case Expr.BasicLit x -> x.pos() + GoRunes.utf8Length(x.value());
      case Expr.CompositeLit x -> x.rbrace();
      case Stmt.BlockStmt s -> s.rbrace();
      case Stmt.SwitchStmt s -> s.rbrace();
      case Stmt.SelectStmt s -> s.rbrace();
      case CaseClause c -> c.colon();
      case CommClause c -> c.colon();
      default -> n.pos(); // nodes without parts
    };
  }

  /** The part of {@code n} with which it ends, or null if {@link #ownEnd} says where it ends. */
  private static @Nullable Node lastPart(Node n) {
    return switch (n) {
      case Expr x -> lastPart(x);
      case Stmt s -> lastPart(s);
      case Decl d -> lastPart(d);
      case Field f -> f.type();
      case CaseClause c -> last(c.body());
      case CommClause c -> last(c.body());
      case File _ -> null;
    };
  }

  private static @Nullable Node lastPart(Decl decl) {
    return switch (decl) {
      case Decl.ImportDecl d -> d.path();
      case Decl.ConstDecl d -> lastOfSpec(d.values(), d.type(), d.names());
      case Decl.TypeDecl d -> d.type();
      case Decl.VarDecl d -> lastOfSpec(d.values(), d.type(), d.names());
      case Decl.FuncDecl d -> d.body() != null ? d.body() : d.type();
    };
  }

  private static @Nullable Node lastOfSpec(
      @Nullable Expr values, @Nullable Expr type, List<Expr.Name> names) {
    return values != null ? values : type != null ? type : last(names);
  }

  private static @Nullable Node lastPart(Expr expr) {
    return switch (expr) {
      case Expr.BadExpr _, Expr.Name _, Expr.BasicLit _, Expr.CompositeLit _ -> null;
      case Expr.KeyValueExpr x -> x.value();
      case Expr.FuncLit x -> x.body();
      case Expr.ParenExpr x -> x.x();
      case Expr.SelectorExpr x -> x.sel();
      case Expr.IndexExpr x -> x.index();
      case Expr.SliceExpr x -> x.x(); // the compiler, too, leaves the indices out
      case Expr.TypeAssertExpr x -> x.type();
      case Expr.TypeSwitchGuard x -> x.x();
      case Expr.UnaryExpr x -> x.x();
      case Expr.BinaryExpr x -> x.y();
      case Expr.CallExpr x -> x.args().isEmpty() ? x.fun() : x.args().getLast();
      case Expr.ListExpr x -> last(x.elems());
      case Expr.ArrayType x -> x.elem();
      case Expr.SliceType x -> x.elem();
      case Expr.DotsType x -> x.elem();
      case Expr.StructType x -> last(x.fields());
      case Expr.InterfaceType x -> last(x.methods());
      case Expr.FuncType x -> x.results().isEmpty() ? last(x.params()) : x.results().getLast();
      case Expr.MapType x -> x.value();
      case Expr.ChanType x -> x.elem();
    };
  }

  private static @Nullable Node lastPart(Stmt stmt) {
    return switch (stmt) {
      case Stmt.EmptyStmt _, Stmt.BlockStmt _, Stmt.SwitchStmt _, Stmt.SelectStmt _ -> null;
      case Stmt.ExprStmt s -> s.x();
      case Stmt.SendStmt s -> s.value();
      case Stmt.AssignStmt s -> s.rhs() != null ? s.rhs() : s.lhs();
      case Stmt.RangeClause s -> s.x();
      case Stmt.LabeledStmt s -> s.stmt();
      case Stmt.DeclStmt s -> last(s.decls());
      case Stmt.BranchStmt s -> s.label();
      case Stmt.CallStmt s -> s.call();
      case Stmt.ReturnStmt s -> s.results();
      case Stmt.IfStmt s -> s.els() != null ? s.els() : s.then();
      case Stmt.ForStmt s -> s.body();
    };
  }

  private static @Nullable Node last(List<? extends Node> list) {
    return list.isEmpty() ? null : list.getLast();
  }
}
