package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Slice;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice or map is made on the heap, and then a check that has nothing to do with it may return an
 * error.
 */
final class MakeBeforeErrorCheck extends SimpleRule {
  MakeBeforeErrorCheck() {
    super(
        "make-before-error-check",
        Question.HOW_MANY,
        Severity.INFO,
        "a slice or map is made before a check that may return early");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = s.op() == null || s.op() == Operator.DEF ? s.rhs() : null;
      Var v = value == null ? null : ctx.types().variable(s.lhs());
      if (v != null && value != null && isOfCall(v) && isAllocated(ctx, value)) {
        Stmt.IfStmt check = check(ctx, s, v);
        if (check != null && isSame(ctx, value, s, check)) {
          report(ctx, value, v, check);
        }
      }
    }
  }

  /** Nobody but the function, and who gets its results, sees what is in the variable. */
  private static boolean isOfCall(Var v) {
    return v.kind() == VarKind.LOCAL || v.kind() == VarKind.RESULT;
  }

  /** What the size is made of does not change before the check. */
  private static boolean isSame(RuleContext ctx, Expr value, Stmt s, Stmt check) {
    return Syntax.unparen(value) instanceof Expr.CallExpr make
        && make.args().stream().skip(1).allMatch(n -> ctx.hoist().isSame(n, s, check));
  }

  private static boolean isAllocated(RuleContext ctx, Expr value) {
    if (ctx.types().builtin(value) != BuiltinId.MAKE || isEmpty(ctx, value)) {
      return false;
    }
    for (Site site : ctx.sites().at(Syntax.unparen(value).pos())) {
      if (site.onHeap()
          && (site.kind() == Site.Kind.MAKE_SLICE || site.kind() == Site.Kind.MAKE_MAP)) {
        return true;
      }
    }
    return false;
  }

  /** A slice without elements takes no memory. */
  private static boolean isEmpty(RuleContext ctx, Expr value) {
    return Syntax.unparen(value) instanceof Expr.CallExpr make
        && make.args().size() > 1
        && ctx.types().underlying(make) instanceof Slice
        && ctx.types().intOr(make.args().getLast(), -1) == 0;
  }

  /** The first statement that may return an error, if nothing before it uses the variable. */
  private static Stmt.@Nullable IfStmt check(RuleContext ctx, Stmt s, Var v) {
    for (Stmt next : ctx.tree().following(s)) {
      if (next instanceof Stmt.IfStmt f
          && f.els() == null
          && isCheck(ctx, f)
          && !usesOutside(ctx, f, v)) {
        return f;
      }
      if (uses(ctx, next, v) || !isPlain(next)) {
        return null;
      }
    }
    return null;
  }

  /** The condition compares an error with nil, or the body gives up. */
  private static boolean isCheck(RuleContext ctx, Stmt.IfStmt f) {
    List<Stmt> body = f.then().list();
    if (body.isEmpty() || !(body.getLast() instanceof Stmt.ReturnStmt r)) {
      return false;
    }
    boolean comparesError =
        Syntax.unparen(f.cond()) instanceof Expr.BinaryExpr b
            && b.op() == Operator.NEQ
            && ctx.types().isNil(b.y())
            && dev.escapade.advice.code.Types.isError(ctx.types().of(b.x()));
    return comparesError || ctx.coldness().returnsError(r);
  }

  /** A return in the check may hand the empty value on; that is no use that needs it. */
  private static boolean usesOutside(RuleContext ctx, Stmt.IfStmt f, Var v) {
    return (f.init() != null && uses(ctx, f.init(), v))
        || uses(ctx, f.cond(), v)
        || f.then().list().stream().anyMatch(x -> uses(ctx, x, v));
  }

  private static boolean uses(RuleContext ctx, dev.escapade.syntax.Node n, Var v) {
    return Tree.any(n, x -> x instanceof Expr.Name name && ctx.types().info().use(name) == v);
  }

  /** What may stand between: declarations, assignments and calls that do not use the variable. */
  private static boolean isPlain(Stmt s) {
    return s instanceof Stmt.AssignStmt
        || s instanceof Stmt.DeclStmt
        || s instanceof Stmt.ExprStmt
        || s instanceof Stmt.CallStmt;
  }

  /** A map of more than one group has a directory, tables and groups. */
  private static boolean hasHint(RuleContext ctx, Expr value) {
    return ctx.types().underlying(value) instanceof MapType && size(value) != null;
  }

  private static @Nullable Expr size(Expr value) {
    return Syntax.unparen(value) instanceof Expr.CallExpr make && make.args().size() > 1
        ? make.args().getLast()
        : null;
  }

  private static String cost(RuleContext ctx, Expr value) {
    boolean isConstant = ctx.types().isConstant(size(value));
    return hasHint(ctx, value)
        ? "at least 1 allocation in vain when the check fails"
        : "in vain when the check fails"
            + (size(value) == null || isConstant ? "" : "; none if the size is 0");
  }

  private void report(RuleContext ctx, Expr value, Var v, Stmt.IfStmt check) {
    ctx.report(this, value)
        .because(check, "this check may return, and does not need " + v.name())
        .cost(hasHint(ctx, value) ? Cost.UNKNOWN : 1, Cost.UNKNOWN, cost(ctx, value))
        .fix(
            new Fix(
                "make it after the check",
                "no allocation when the check fails",
                v.kind() == VarKind.RESULT ? v.name() + " is nil when the check fails" : "",
                List.of()))
        .message(v.name() + " is made before a check that may return without using it");
  }
}
