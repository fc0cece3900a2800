package dev.escapade.ir.build;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions with a known value and statements that control does not pass, so that dead code
 * is never built (noder/writer.go: staticBool, terminates; Go 1.26).
 */
final class StaticConditions {
  /**
   * A condition as it is to be built.
   *
   * @param truth positive if it is always true, negative if always false, 0 if unknown
   * @param expr the condition without operands that do not matter
   * @param changed whether {@code expr} differs from the condition
   */
  record Result(int truth, Expr expr, boolean changed) {}

  private final Facts facts;

  StaticConditions(Facts facts) {
    this.facts = facts;
  }

  /** Analyses a condition. */
  Result simplify(Expr e) {
    Constant v = facts.value(e);
    if (v != null) {
      return new Result(Constants.boolVal(v) ? 1 : -1, e, false);
    }
    return switch (e) {
      case Expr.UnaryExpr u when u.op() == Operator.NOT -> not(u);
      case Expr.BinaryExpr b when b.op() == Operator.AND_AND -> and(b);
      case Expr.BinaryExpr b when b.op() == Operator.OR_OR -> or(b);
      default -> new Result(0, e, false);
    };
  }

  /** As the compiler has it (Go 1.26), the truth is that of the operand, not of the negation. */
  private Result not(Expr.UnaryExpr u) {
    Result x = simplify(u.x());
    Expr e = x.changed ? new Expr.UnaryExpr(u.id(), u.pos(), u.op(), x.expr) : u;
    return new Result(x.truth, e, x.changed);
  }

  private Result and(Expr.BinaryExpr b) {
    Result x = simplify(b.x());
    if (x.truth < 0) {
      return new Result(x.truth, x.expr, true);
    }
    Result y = simplify(b.y());
    return both(b, x, y, x.truth > 0 || y.truth < 0);
  }

  private Result or(Expr.BinaryExpr b) {
    Result x = simplify(b.x());
    if (x.truth > 0) {
      return new Result(x.truth, x.expr, true);
    }
    Result y = simplify(b.y());
    return both(b, x, y, x.truth < 0 || y.truth > 0);
  }

  /**
   * The operation on the simplified operands; its facts are found by its id.
   *
   * @param decided whether the second operand decides
   */
  private Result both(Expr.BinaryExpr b, Result x, Result y, boolean decided) {
    if (decided && facts.value(x.expr) != null) {
      return new Result(y.truth, y.expr, true);
    }
    boolean changed = x.changed || y.changed;
    Expr e = changed ? new Expr.BinaryExpr(b.id(), b.pos(), b.op(), x.expr, y.expr) : b;
    return new Result(decided ? y.truth : 0, e, changed);
  }

  /** Reports whether control never goes on after {@code s}. */
  boolean terminates(@Nullable Stmt s) {
    return switch (s) {
      case Stmt.BranchStmt b -> b.kind() == Stmt.BranchKind.GOTO;
      case Stmt.ReturnStmt _ -> true;
      case Stmt.ExprStmt x ->
          Exprs.unparen(x.x()) instanceof Expr.CallExpr call && isPanic(call.fun());
      case Stmt.IfStmt i -> {
        int cond = simplify(i.cond()).truth;
        yield (cond < 0 || terminates(i.then())) && (cond > 0 || terminates(i.els()));
      }
      case Stmt.BlockStmt b -> terminates(lastNonEmpty(b.list()));
      case null, default -> false;
    };
  }

  private boolean isPanic(Expr fun) {
    return Exprs.unparen(fun) instanceof Expr.Name name
        && name.value().equals("panic")
        && facts.isBuiltin(name);
  }

  static @Nullable Stmt lastNonEmpty(List<Stmt> list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!(list.get(i) instanceof Stmt.EmptyStmt)) {
        return list.get(i);
      }
    }
    return null;
  }
}
