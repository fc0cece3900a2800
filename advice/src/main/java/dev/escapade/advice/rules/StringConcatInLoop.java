package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;

/** A string grows by concatenation in a loop: all of it is copied in each round. */
final class StringConcatInLoop extends SimpleRule {
  StringConcatInLoop() {
    super(
        "string-concat-in-loop",
        Question.HOW_MANY,
        Severity.WARNING,
        "a string is built by repeated concatenation");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Stmt.ForStmt loop = ctx.tree().loop(s);
      Var v = loop == null ? null : ctx.types().variable(s.lhs());
      if (loop != null
          && v != null
          && Types.isString(v.type())
          && isGrowth(ctx, s, v)
          && !isDeclaredIn(ctx, v, loop)
          && !isLastRound(ctx, s)) {
        report(ctx, s, v, loop);
      }
    }
  }

  private static boolean isGrowth(RuleContext ctx, Stmt.AssignStmt s, Var v) {
    Expr value = Types.singleRight(s);
    if (value == null || v.kind() == VarKind.FIELD) {
      return false;
    }
    return s.op() == Operator.ADD || (s.op() == null && hasOperand(ctx, value, v));
  }

  private static boolean hasOperand(RuleContext ctx, Expr value, Var v) {
    Expr e = Syntax.unparen(value);
    boolean isSum = false;
    while (e instanceof Expr.BinaryExpr b && b.op() == Operator.ADD) {
      isSum = true;
      if (ctx.types().isUse(b.y(), v)) {
        return true;
      }
      e = Syntax.unparen(b.x());
    }
    return isSum && ctx.types().isUse(e, v);
  }

  private static boolean isDeclaredIn(RuleContext ctx, Var v, Stmt.ForStmt loop) {
    int end = ctx.extents().end(loop);
    return v.pos() >= loop.pos() && v.pos() < end;
  }

  /** What is followed by leaving the loop happens once. */
  private static boolean isLastRound(RuleContext ctx, Stmt s) {
    for (Stmt next : ctx.tree().following(s)) {
      if (next instanceof Stmt.ReturnStmt
          || (next instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)) {
        return true;
      }
    }
    return false;
  }

  private void report(RuleContext ctx, Stmt.AssignStmt s, Var v, Stmt.ForStmt loop) {
    ctx.report(this, s)
        .because(loop, "in this loop")
        .cost(1, Cost.UNKNOWN, "all of " + v.name() + " is copied: quadratic in its length")
        .fix(
            "write to a strings.Builder, with Grow if the length is known, and take its String"
                + " after the loop",
            "a few allocations in all; one with Grow")
        .message(v.name() + " is concatenated anew in each round of a loop");
  }
}
