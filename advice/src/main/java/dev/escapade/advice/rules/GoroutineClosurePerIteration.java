package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;

/**
 * A goroutine is started for each element. Each start allocates a closure with what it captures or
 * is given, and the goroutine; that is much for little work. Loops that start a fixed number of
 * workers are left out.
 */
final class GoroutineClosurePerIteration extends SimpleRule {
  /** So many workers nobody means. */
  private static final long MANY = 1000;

  GoroutineClosurePerIteration() {
    super(
        "goroutine-closure-per-iteration",
        Question.HOW_MANY,
        Severity.INFO,
        "a goroutine is started, and a closure made, for each element");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.CallStmt s : ctx.tree().all(Stmt.CallStmt.class)) {
      Stmt.ForStmt loop = s.defer() ? null : ctx.tree().loop(s);
      if (loop != null && isOverData(ctx, loop) && needsClosure(ctx, s)) {
        report(ctx, s, loop);
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Stmt.ForStmt loop = Channel.isGroup(ctx.types(), call) ? ctx.tree().loop(call) : null;
      if (loop != null
          && isOverData(ctx, loop)
          && ctx.sites()
              .isOnHeap(call.args().getFirst().pos(), dev.escapade.advice.code.Site.Kind.CLOSURE)) {
        report(ctx, call, loop);
      }
    }
  }

  private static boolean isOverData(RuleContext ctx, Stmt.ForStmt loop) {
    if (loop.init() instanceof Stmt.RangeClause range) {
      Type t = ctx.types().underlying(range.x());
      return t != null
          && !isFew(range.x(), t)
          && (!Predicates.isInteger(t) || ctx.types().intOr(range.x(), 0) >= MANY);
    }
    Loops.Bound bound = new Loops(ctx.tree(), ctx.types()).bound(loop);
    return bound != null
        && (bound.constant() < 0 ? bound.text().startsWith("len(") : bound.constant() >= MANY);
  }

  /** A list that is written there, or an array, has so many elements each time. */
  private static boolean isFew(Expr x, Type t) {
    return Syntax.unparen(x) instanceof Expr.CompositeLit
        || ((t instanceof Pointer p ? p.elem().underlying() : t) instanceof Array a
            && a.len() < MANY);
  }

  /** A function without arguments, receiver and captured variables is started as it is. */
  private static boolean needsClosure(RuleContext ctx, Stmt.CallStmt s) {
    if (!(Syntax.unparen(s.call()) instanceof Expr.CallExpr call)) {
      return false;
    }
    return ctx.sites().isOnHeap(call.fun().pos(), dev.escapade.advice.code.Site.Kind.CLOSURE)
        || !call.args().isEmpty()
        || ctx.types().receiver(call) != null;
  }

  private void report(RuleContext ctx, Node s, Stmt.ForStmt loop) {
    ctx.report(this, s)
        .because(loop, "in this loop")
        .cost(1, Cost.UNKNOWN, "the closure, besides a goroutine and its stack")
        .fix(
            "where they need not all run at once, start a few workers that take elements from a"
                + " channel or a range of indices; passing arguments instead of capturing saves"
                + " nothing",
            "a closure for each worker, not for each element")
        .message("a goroutine and its closure are made in a loop over data");
  }
}
