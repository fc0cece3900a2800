package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a value, as far as names tell. */
public final class Uses {
  private final Tree tree;
  private final Types types;

  /** Uses in a package. */
  public Uses(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /**
   * Reports whether a value, or the local variable that it is assigned to, is returned, stored,
   * sent or made an element; calls do not count.
   */
  public boolean mayBeKept(Expr value) {
    if (isKept(value)) {
      return true;
    }
    Var v = variable(value);
    return v != null && isKept(v, value);
  }

  /** The local variable that a value is assigned to, or that is declared there; or null. */
  public @Nullable Var variable(Expr value) {
    Var declared = types.defined(value);
    if (declared != null) {
      return declared;
    }
    return switch (tree.parentSkippingParens(value)) {
      case Stmt.AssignStmt s when Types.singleRight(s) != null -> types.variable(s.lhs());
      case Decl.VarDecl d when d.names().size() == 1 -> types.defined(d.names().getFirst());
      case null, default -> null; // used at once
    };
  }

  /** Reports whether some use of a variable keeps its value, or a part of it. */
  public boolean isKept(Var v, Node at) {
    Stmt.BlockStmt body = Tree.body(tree.function(at));
    if (body == null) {
      return true;
    }
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(name) == v && isKept(name)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether the value of an expression, or a slice or pointer to it, is kept. */
  public boolean isKept(Expr e) {
    Node child = e;
    Node p = tree.parent(e);
    while (p != null) {
      switch (p) {
        case Expr.ParenExpr _, Expr.SliceExpr _ -> {}
        case Expr.UnaryExpr u when u.op() == Operator.AND -> {}
        case Expr.CompositeLit _, Expr.KeyValueExpr _, Stmt.ReturnStmt _, Stmt.SendStmt _ -> {
          return true;
        }
        case Expr.ListExpr l when tree.parent(l) instanceof Stmt.ReturnStmt -> {
          return true;
        }
        case Stmt.AssignStmt s -> {
          return s.rhs() != null && Tree.same(s.rhs(), child) && keeps(s.lhs());
        }
        case Expr.CallExpr call when types.builtin(call) == BuiltinId.APPEND -> {
          int index = indexOf(call.args(), child);
          if (index > 0) {
            return !call.hasDots();
          }
        }
        default -> {
          return false;
        }
      }
      child = p;
      p = tree.parent(p);
    }
    return false;
  }

  /** Reports whether elements of a slice are changed in {@code body} by the variable's name. */
  public boolean isWrittenThrough(Var v, Stmt.BlockStmt body) {
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(name) == v && isWritten(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@code s[i] = x}, {@code s[i]++}, {@code &s[i]}, {@code copy(s, x)}, {@code append(s[:0], x)}.
   */
  private boolean isWritten(Expr slice) {
    Node child = slice;
    Node p = tree.parent(slice);
    while (p != null && isPartOf(p, child)) {
      child = p;
      p = tree.parent(p);
    }
    boolean isElement = !Tree.same(child, slice);
    return switch (p) {
      case Expr.UnaryExpr u -> isElement && u.op() == Operator.AND;
      case Stmt.AssignStmt s -> isElement && Tree.same(s.lhs(), child);
      case Expr.CallExpr call -> {
        BuiltinId id = types.builtin(call);
        yield (id == BuiltinId.COPY || id == BuiltinId.CLEAR || id == BuiltinId.APPEND)
            && Tree.same(call.args().getFirst(), child);
      }
      case null, default -> false; // only looks, or nobody knows
    };
  }

  private static boolean isPartOf(Node p, Node child) {
    return switch (p) {
      case Expr.ParenExpr _, Expr.ListExpr _ -> true;
      case Expr.SliceExpr part -> Tree.same(part.x(), child);
      case Expr.IndexExpr x -> Tree.same(x.x(), child);
      default -> false; // something else is made of it
    };
  }

  private static int indexOf(List<Expr> list, Node n) {
    for (int i = 0; i < list.size(); i++) {
      if (Tree.same(list.get(i), n)) {
        return i;
      }
    }
    return -1;
  }

  /** Reports whether what is assigned to {@code target} may be seen from elsewhere. */
  private boolean keeps(Expr target) {
    Expr e = Syntax.unparen(target);
    if (e instanceof Expr.Name n) {
      Var v = types.variable(n);
      return v != null && (v.kind() == VarKind.PACKAGE || v.kind() == VarKind.RESULT);
    }
    return true;
  }
}
