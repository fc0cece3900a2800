package dev.escapade.advice.code;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the if statements on the way to a place have shown of a variable. */
public final class Guards {
  /**
   * A comparison.
   *
   * @param holds whether it was true or false
   */
  public record Fact(Expr.BinaryExpr test, boolean holds) {}

  private final Tree tree;
  private final Types types;

  /** Questions about a package. */
  public Guards(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /**
   * The comparisons that were made before a place, unless {@code v} was given another value since:
   * {@code if v < 1 { v = 255 }} counts as if it left the function for small values.
   */
  public List<Fact> before(Node place, Var v) {
    List<Fact> facts = new ArrayList<>();
    Node child = place;
    for (Node p = tree.parent(place); p != null; p = tree.parent(p)) {
      if (p instanceof Stmt.IfStmt f) {
        if (Tree.same(child, f.then())) {
          split(f.cond(), true, facts);
        } else if (f.els() != null && Tree.same(child, f.els())) {
          split(f.cond(), false, facts);
        }
      } else if (p instanceof Stmt.BlockStmt b) {
        earlier(b.list(), child, v, facts);
      } else if (p instanceof CaseClause c) {
        earlier(c.body(), child, v, facts);
      } else if (p instanceof Expr.BinaryExpr b
          && (b.op() == Operator.AND_AND || b.op() == Operator.OR_OR)
          && Tree.same(b.y(), child)) {
        split(b.x(), b.op() == Operator.AND_AND, facts);
      } else if (p instanceof Decl) {
        break;
      }
      child = p;
    }
    return facts;
  }

  private void earlier(List<Stmt> list, Node child, Var v, List<Fact> facts) {
    for (Stmt s : list) {
      if (Tree.same(s, child)) {
        return;
      }
      if (s instanceof Stmt.IfStmt f
          && f.els() == null
          && (leaves(f.then().list()) || replaces(f.then().list(), v))) {
        split(f.cond(), false, facts);
      }
    }
  }

  private boolean leaves(List<Stmt> list) {
    return !list.isEmpty()
        && switch (list.getLast()) {
          case Stmt.ReturnStmt _ -> true;
          case Stmt.BranchStmt b -> b.kind() != Stmt.BranchKind.FALLTHROUGH;
          case Stmt.ExprStmt s -> types.builtin(s.x()) == BuiltinId.PANIC;
          default -> false; // goes on
        };
  }

  private boolean replaces(List<Stmt> list, Var v) {
    return list.stream()
        .anyMatch(s ->
            s instanceof Stmt.AssignStmt a
                && Types.singleRight(a) != null
                && types.isUse(a.lhs(), v));
  }

  /** The comparisons of which a condition tells that they hold, or that they do not. */
  private static void split(@Nullable Expr condition, boolean holds, List<Fact> facts) {
    switch (condition == null ? null : Syntax.unparen(condition)) {
      case Expr.BinaryExpr b when b.op() == (holds ? Operator.AND_AND : Operator.OR_OR) -> {
        split(b.x(), holds, facts);
        split(b.y(), holds, facts);
      }
      case Expr.BinaryExpr b -> facts.add(new Fact(b, holds));
      case Expr.UnaryExpr u when u.op() == Operator.NOT -> split(u.x(), !holds, facts);
      case null, default -> {} // no comparison
    }
  }
}
