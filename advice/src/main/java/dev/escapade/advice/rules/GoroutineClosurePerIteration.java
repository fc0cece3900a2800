package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine is started for each element. Each start allocates a closure with what it captures or
 * is given, and the goroutine; that is much for little work. Loops that start a fixed number of
 * workers are left out. Fewer workers are advised only where the function waits for the goroutines,
 * and these for nobody.
 */
final class GoroutineClosurePerIteration extends SimpleRule {
  /** So many workers nobody means. */
  private static final long MANY = 1000;

  /** Code, group and function. */
  private static final long GROUP_BYTES = 24;

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
      if (loop != null
          && Syntax.unparen(s.call()) instanceof Expr.CallExpr call
          && isForEach(ctx, s, loop)) {
        report(ctx, s, loop, StatementClosures.of(ctx, s), new Started(ctx, call.fun()));
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Stmt.ForStmt loop = Channel.isGroup(ctx.types(), call) ? ctx.tree().loop(call) : null;
      if (loop != null && isForEach(ctx, call, loop)) {
        Expr f = call.args().getFirst();
        StatementClosures given = StatementClosures.at(ctx, f.pos());
        if (given.count() > 0) {
          // which it wraps in a literal of its own, with the group and the function
          report(
              ctx,
              call,
              loop,
              given.plus(new StatementClosures(1, GROUP_BYTES)),
              new Started(ctx, f));
        }
      }
    }
  }

  private static boolean isForEach(RuleContext ctx, Node go, Stmt.ForStmt loop) {
    return isOverData(ctx, loop) && ctx.tree().isRunAgain(go, loop) && !isForOne(ctx, go, loop);
  }

  /** {@code if n == limit} or {@code case n == limit} of what the loop counts: holds once. */
  private static boolean isForOne(RuleContext ctx, Node go, Stmt.ForStmt loop) {
    Node child = go;
    for (Node p = ctx.tree().parent(go);
        p != null && !Tree.same(p, loop);
        child = p, p = ctx.tree().parent(p)) {
      Expr test = test(p, child);
      if (test != null && isOfOneRound(ctx, test, loop)) {
        return true;
      }
    }
    return false;
  }

  /** What is asked before the statements of a branch, or null. */
  private static @Nullable Expr test(Node p, Node branch) {
    return switch (p) {
      case Stmt.IfStmt f when Tree.same(branch, f.then()) -> f.cond();
      case CaseClause c when !Tree.same(branch, c.cases()) -> c.cases();
      default -> null; // nothing is asked
    };
  }

  private static boolean isOfOneRound(RuleContext ctx, Expr test, Stmt.ForStmt loop) {
    return switch (Syntax.unparen(test)) {
      case Expr.BinaryExpr b when b.op() == Operator.AND_AND ->
          isOfOneRound(ctx, b.x(), loop) || isOfOneRound(ctx, b.y(), loop);
      case Expr.BinaryExpr b when b.op() == Operator.EQL ->
          isCounted(ctx, b.x(), loop) || isCounted(ctx, b.y(), loop);
      default -> false; // may hold again
    };
  }

  /** Each round has another value of it: the key of the range, or what is counted up. */
  private static boolean isCounted(RuleContext ctx, Expr e, Stmt.ForStmt loop) {
    Var v = ctx.types().variable(e);
    boolean isKey =
        v != null
            && loop.init() instanceof Stmt.RangeClause range
            && range.lhs() != null
            && ctx.types().defined(Syntax.unpackList(range.lhs()).getFirst()) == v;
    return isKey
        || (v != null
            && Tree.any(
                loop,
                n ->
                    n instanceof Stmt.AssignStmt s
                        && s.rhs() == null
                        && ctx.types().isUse(s.lhs(), v)));
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

  private void report(
      RuleContext ctx, Node s, Stmt.ForStmt loop, StatementClosures closures, Started started) {
    if (closures.count() == 0) {
      return;
    }
    ctx.report(this, s)
        .because(loop, "in this loop")
        .cost(
            closures.count(),
            closures.bytes(),
            (closures.count() == 1 ? "the closure" : "the closure and one around it")
                + ", besides a goroutine and its stack")
        .fix(
            started.isWorkForFew(s, loop)
                ? Fix.of(
                    "where they need not all run at once, start a few workers that take elements"
                        + " from a channel or a range of indices",
                    closures.count() == 1
                        ? "a closure for each worker, not for each element"
                        : "closures for each worker, not for each element")
                : null)
        .message("a goroutine and its closure are made in a loop over data");
  }
}
