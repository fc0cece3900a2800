package dev.escapade.advice.code;

import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.syntax.Walk;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Tells functions that allocate whatever way is taken through them: by an object on the heap, or a
 * call of such a function, before the first branch that may return.
 */
public final class AlwaysAllocates {
  private final Types types;
  private final BiPredicate<Func, Trait> known;
  private final Set<Integer> inlined = new HashSet<>();
  private final Set<Integer> onHeap = new HashSet<>();

  /**
   * The functions of a package.
   *
   * @param decisions what escapes in it
   * @param known what is known of functions, also of other packages
   */
  public AlwaysAllocates(Types types, List<Decision> decisions, BiPredicate<Func, Trait> known) {
    this.types = types;
    this.known = known;
    for (Decision d : decisions) {
      if (d instanceof Decision.EscapesToHeap e) {
        onHeap.add(e.pos());
      } else if (d instanceof Decision.MovedToHeap v) {
        onHeap.add(v.pos());
      } else if (d instanceof Decision.InliningCall c) {
        inlined.add(c.pos());
      }
    }
  }

  /** Reports whether a function allocates whatever happens; in a call if {@code byCall}. */
  public boolean test(Decl.FuncDecl d, boolean byCall) {
    Stmt.BlockStmt body = d.body();
    if (body == null) {
      return false;
    }
    for (Stmt s : body.list()) {
      if (isBranch(s)) {
        if (mayReturn(s)) {
          return false;
        }
      } else if (allocates(s, byCall)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reports whether a function allocates unless it fails or has nothing to do: after ways out that
   * return only what they were given, parts of it, constants or errors; in a call if {@code
   * byCall}.
   */
  public boolean testMostly(Decl.FuncDecl d, boolean byCall) {
    Stmt.BlockStmt body = d.body();
    if (body == null) {
      return false;
    }
    for (Stmt s : body.list()) {
      if (!isBranch(s) && allocatesMostly(s, byCall)) {
        return true;
      }
      boolean isChoice = s instanceof Stmt.IfStmt || s instanceof Stmt.SwitchStmt;
      if (isBranch(s)
          && (isChoice
              ? Tree.belowInFunction(s, Stmt.ReturnStmt.class).stream().anyMatch(r -> !isWayOut(r))
              : mayReturn(s))) {
        return false;
      }
    }
    return false;
  }

  private boolean isWayOut(Stmt.ReturnStmt r) {
    List<Expr> results = Syntax.unpackList(r.results());
    if (!results.isEmpty()) {
      Expr last = results.getLast();
      if (Types.isError(types.of(last)) && !types.isNil(last)) {
        return true;
      }
    }
    for (Expr e : results) {
      Expr x = Syntax.unparen(e);
      Var v = types.variable(x);
      boolean given =
          types.isConstant(x)
              || types.isNil(x)
              || (v != null && v.kind() == VarKind.PARAM)
              || x instanceof Expr.SliceExpr
              || (x instanceof Expr.CompositeLit lit && lit.elems().isEmpty())
              || (x instanceof Expr.CallExpr call && isMostlyCall(call));
      if (!given) {
        return false;
      }
    }
    return true;
  }

  private boolean allocatesMostly(Stmt s, boolean byCall) {
    boolean[] found = new boolean[1];
    Walk.preorder(
        s,
        n -> {
          found[0] =
              found[0]
                  || (!byCall && (isObject(n) || isSum(n)))
                  || (n instanceof Expr.CallExpr call
                      && (isMostlyCall(call) || isRoom(call) || (!byCall && isMade(call))));
          return !found[0] && !(n instanceof Expr.FuncLit) && !isConditional(n);
        });
    return found[0];
  }

  private boolean isSum(Node n) {
    return n instanceof Expr.BinaryExpr b
        && b.op() == Operator.ADD
        && onHeap.contains(b.pos())
        && !types.isConstant(b);
  }

  /** Slices, maps, channels and copies of some size. */
  private boolean isMade(Expr.CallExpr call) {
    return onHeap.contains(call.pos())
        && types.builtin(call) == BuiltinId.MAKE
        && call.args().size() > 1
        && types.intOr(call.args().getLast(), 1) > 0;
  }

  /** Room in a buffer, which the runtime makes on the heap. */
  private boolean isRoom(Expr.CallExpr call) {
    return types.isMethodCall(call, "strings", "Builder", "Grow");
  }

  private boolean isMostlyCall(Expr.CallExpr call) {
    if (isCall(call)) {
      return true;
    }
    Func f = types.isConversion(call) ? null : types.callee(call);
    return f != null
        && !Types.isInterfaceMethod(f)
        && known.test(
            f.origin(),
            inlined.contains(call.pos()) ? Trait.ALLOCATES_MOSTLY_IN_CALL : Trait.ALLOCATES_MOSTLY);
  }

  private static boolean isBranch(Stmt s) {
    return switch (s) {
      case Stmt.IfStmt _, Stmt.ForStmt _, Stmt.SwitchStmt _, Stmt.SelectStmt _ -> true;
      case Stmt.LabeledStmt _, Stmt.BranchStmt _, Stmt.CallStmt _ -> true;
      default -> false; // done one after the other
    };
  }

  private boolean mayReturn(Stmt s) {
    return Tree.any(
        s,
        n ->
            n instanceof Stmt.ReturnStmt
                || n instanceof Stmt.BranchStmt
                || (n instanceof Expr e && types.builtin(e) == BuiltinId.PANIC));
  }

  private boolean allocates(Stmt s, boolean byCall) {
    boolean[] found = new boolean[1];
    Walk.preorder(
        s,
        n -> {
          found[0] = found[0] || (byCall ? isCall(n) : isObject(n) || isCall(n));
          return !found[0] && !(n instanceof Expr.FuncLit) && !isConditional(n);
        });
    return found[0];
  }

  private static boolean isConditional(Node n) {
    return n instanceof Expr.BinaryExpr b
        && (b.op() == Operator.AND_AND || b.op() == Operator.OR_OR);
  }

  private boolean isObject(Node n) {
    return switch (n) {
      case Expr.UnaryExpr u ->
          u.op() == Operator.AND
              && Syntax.unparen(u.x()) instanceof Expr.CompositeLit lit
              && onHeap.contains(u.pos())
              && types.sizeBytes(types.of(lit)) > 0;
      case Expr.CallExpr call -> isObject(call);
      case Expr.Name name -> onHeap.contains(name.pos()) && types.info().def(name) != null;
      default -> false; // allocates nothing, or not always
    };
  }

  private boolean isObject(Expr.CallExpr call) {
    BuiltinId builtin = types.builtin(call);
    return onHeap.contains(call.pos())
        && (builtin == BuiltinId.NEW
            || (builtin == BuiltinId.MAKE
                && call.args().size() > 1
                && types.intOr(call.args().getLast(), 0) > 0));
  }

  private boolean isCall(Node n) {
    if (!(n instanceof Expr.CallExpr call) || types.isConversion(call)) {
      return false;
    }
    Func f = types.callee(call);
    return f != null
        && !Types.isInterfaceMethod(f)
        && known.test(
            f.origin(), inlined.contains(call.pos()) ? Trait.ALLOCATES_IN_CALL : Trait.ALLOCATES);
  }
}
