package dev.escapade.advice.edit;

import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Pointer;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether an expression means the same at an earlier place of the same list of statements. */
public final class Hoist {
  private final Tree tree;
  private final Types types;

  /** Questions about a package. */
  public Hoist(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /**
   * Reports whether {@code e}, which {@code later} evaluates first, can be evaluated at {@code
   * earlier} as well: its variables are there and do not change in between, and where it might
   * panic nothing in between could have left or been seen.
   */
  public boolean isSame(Expr e, Stmt earlier, Stmt later) {
    Set<Var> vars = new HashSet<>();
    for (Expr.Name name : Tree.below(e, Expr.Name.class)) {
      if (types.info().use(name) instanceof Var v) {
        if (v.pos() >= earlier.pos() && !isField(name)) {
          return false;
        }
        vars.add(v);
      }
    }
    boolean mayPanic = mayPanic(e);
    for (Stmt s : between(earlier, later)) {
      if (Tree.any(s, n -> changes(n, vars)) || (mayPanic && !isPlain(s))) {
        return false;
      }
    }
    return true;
  }

  private boolean isField(Expr.Name name) {
    return tree.parent(name) instanceof Expr.SelectorExpr s && Tree.same(s.sel(), name);
  }

  private List<Stmt> between(Stmt earlier, Stmt later) {
    List<Stmt> list = new ArrayList<>();
    for (Stmt s : tree.following(earlier)) {
      if (tree.isWithin(later, s)) {
        break;
      }
      list.add(s);
    }
    return list;
  }

  /** A dereference that a test in between might keep from happening. */
  private boolean mayPanic(Expr e) {
    return Tree.any(
        e,
        n ->
            switch (n) {
              case Expr.UnaryExpr u -> u.op() == Operator.MUL;
              case Expr.SelectorExpr s ->
                  types.field(s) != null && types.underlying(s.x()) instanceof Pointer;
              case Expr.IndexExpr _, Expr.SliceExpr _, Expr.TypeAssertExpr _ -> true;
              case Expr.CallExpr call ->
                  types.builtin(call) != BuiltinId.LEN && types.builtin(call) != BuiltinId.CAP;
              default -> false; // cannot
            });
  }

  private boolean changes(Node n, Set<Var> vars) {
    return switch (n) {
      case Stmt.AssignStmt s ->
          Syntax.unpackList(s.lhs()).stream().anyMatch(lhs -> vars.contains(assigned(lhs)));
      case Stmt.RangeClause r ->
          r.lhs() != null
              && Syntax.unpackList(r.lhs()).stream().anyMatch(lhs -> vars.contains(assigned(lhs)));
      case Expr.UnaryExpr u -> u.op() == Operator.AND && vars.contains(assigned(u.x()));
      default -> false; // not by name
    };
  }

  /** The variable or field that an assignment to {@code lhs} changes, or null. */
  private @org.jspecify.annotations.Nullable Var assigned(Expr lhs) {
    Var field = types.field(lhs);
    return field != null ? field : types.variable(lhs);
  }

  /** A declaration or assignment that calls nothing. */
  private boolean isPlain(Stmt s) {
    return (s instanceof Stmt.DeclStmt || s instanceof Stmt.AssignStmt)
        && !Tree.any(
            s,
            n ->
                n instanceof Expr.CallExpr call
                    && !types.isConversion(call)
                    && types.builtin(call) == null);
  }

  /**
   * Reports whether somebody may tell a nil slice from an empty one: it is returned, stored, passed
   * or compared, and not only measured, indexed, ranged over and appended to.
   */
  public boolean tellsNil(Var slice, Node at) {
    Stmt.BlockStmt body = Tree.body(tree.function(at));
    if (body == null) {
      return true;
    }
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(name) == slice && !isBlind(name, slice)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBlind(Expr.Name name, Var slice) {
    return switch (tree.parentSkippingParens(name)) {
      case Expr.IndexExpr x -> Tree.same(Syntax.unparen(x.x()), name);
      case Stmt.RangeClause r -> Tree.same(Syntax.unparen(r.x()), name);
      case Stmt.AssignStmt s -> Tree.same(s.lhs(), name);
      case Expr.CallExpr call -> isBlind(call, name, slice);
      case null, default -> false; // goes somewhere
    };
  }

  private boolean isBlind(Expr.CallExpr call, Expr.Name name, Var slice) {
    BuiltinId builtin = types.builtin(call);
    if (builtin == BuiltinId.APPEND) {
      return Tree.same(Syntax.unparen(call.args().getFirst()), name)
          ? tree.parentSkippingParens(call) instanceof Stmt.AssignStmt s
              && types.isUse(s.lhs(), slice)
          : call.hasDots();
    }
    return builtin == BuiltinId.LEN
        || builtin == BuiltinId.CAP
        || builtin == BuiltinId.COPY
        || (types.isConversion(call) && Types.isString(types.of(call)))
        || types.isCall(call, "strings", "Join")
        || types.isCall(call, "bytes", "Join")
        || types.isCall(call, "sort")
        || types.isCall(call, "slices", "Sort", "SortFunc", "SortStableFunc");
  }
}
