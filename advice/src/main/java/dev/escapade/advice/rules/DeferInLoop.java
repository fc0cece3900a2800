package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.edit.LoopBody;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;

/**
 * A defer in a loop: nothing of it happens before the function returns, and each round takes a
 * record from the pool and, if there are arguments, a closure from the heap.
 */
final class DeferInLoop extends SimpleRule {
  DeferInLoop() {
    super(
        "defer-in-loop",
        Question.HOW_MANY,
        Severity.WARNING,
        "a defer in a loop, which is held until the function returns");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.CallStmt s : ctx.tree().all(Stmt.CallStmt.class)) {
      Stmt.ForStmt loop = s.defer() ? ctx.tree().loop(s) : null;
      if (loop != null && !leaves(ctx, s, loop) && !waits(ctx, s, loop)) {
        report(ctx, s, loop);
      }
    }
  }

  /** Reports whether the round in which the defer is met is the last one. */
  private static boolean leaves(RuleContext ctx, Stmt s, Stmt.ForStmt loop) {
    Stmt at = s;
    while (true) {
      List<Stmt> following = ctx.tree().following(at);
      if (!following.isEmpty()) {
        Stmt last = following.getLast();
        if (last instanceof Stmt.ReturnStmt
            || (last instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)) {
          return true;
        }
      }
      Stmt outer = ctx.tree().listed(ctx.tree().parent(at) instanceof Stmt p ? p : loop);
      if (outer == null || Tree.same(outer, loop) || !ctx.tree().isWithin(outer, loop.body())) {
        return false;
      }
      at = outer;
    }
  }

  /** Nothing follows in the round: who defers there means the end of the function. */
  private static boolean endsRound(RuleContext ctx, Stmt s, Stmt.ForStmt loop) {
    Node at = s;
    while (at != null && !Tree.same(at, loop.body())) {
      if (at instanceof Stmt listed && !ctx.tree().following(listed).isEmpty()) {
        return false;
      }
      at = ctx.tree().parent(at);
    }
    return true;
  }

  /** What is released lives on after the round: a variable outside, or an element, has it too. */
  private static boolean isOfKept(RuleContext ctx, Stmt.CallStmt s) {
    Uses uses = new Uses(ctx.tree(), ctx.types());
    return Tree.below(s.call(), Expr.Name.class).stream()
        .map(ctx.types()::variable)
        .anyMatch(v -> v != null && v.kind() == VarKind.LOCAL && uses.isKept(v, s));
  }

  /** What is deferred looks at a variable that gets its value after the loop. */
  private static boolean waits(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(loop));
    int end = ctx.extents().end(loop);
    return body != null
        && Tree.belowInFunction(body, Stmt.AssignStmt.class).stream()
            .filter(a -> a.pos() >= end)
            .flatMap(a -> Syntax.unpackList(a.lhs()).stream())
            .map(ctx.types()::variable)
            .anyMatch(v -> v != null && isSeenByLiteral(ctx, s, v));
  }

  private static boolean isSeenByLiteral(RuleContext ctx, Stmt.CallStmt s, Var v) {
    return Tree.below(s.call(), Expr.FuncLit.class).stream()
        .anyMatch(f -> Tree.any(f, n -> n instanceof Expr e && ctx.types().isUse(e, v)));
  }

  /** A literal that uses no variable of what is around it is no object. */
  private static boolean captures(RuleContext ctx, Expr.FuncLit f) {
    return Tree.any(
        f.body(),
        n ->
            n instanceof Expr.Name name
                && ctx.types().info().use(name) instanceof Var v
                && !v.isField()
                && v.kind() != VarKind.PACKAGE
                && (v.pos() < f.pos() || v.pos() >= ctx.extents().end(f)));
  }

  private void report(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    boolean hasClosure =
        Syntax.unparen(s.call()) instanceof Expr.CallExpr call
            && (!call.args().isEmpty()
                || ctx.types().receiver(call) != null
                || (Syntax.unparen(call.fun()) instanceof Expr.FuncLit f && captures(ctx, f)));
    Rewrite rewrite = ctx.rewrite(loop);
    boolean isForEnd = endsRound(ctx, s, loop) || isOfKept(ctx, s);
    if (!isForEnd && Tree.same(ctx.tree().parent(s), loop.body())) {
      new LoopBody(ctx.tree(), ctx.types(), ctx.extents(), rewrite).enclose(loop);
    }
    ctx.report(this, s)
        .notCold()
        .because(loop, "each round of this loop defers one more call")
        .cost(
            hasClosure ? 1 : Cost.UNKNOWN,
            hasClosure ? 16 : Cost.UNKNOWN,
            hasClosure
                ? "the closure for the deferred call, at least"
                : "a pooled record each time")
        .fix(
            isForEnd
                ? new Fix(
                    "defer one function literal before the loop, which does it for all rounds that"
                        + " got here",
                    "1 deferred call instead of one for each round",
                    "",
                    List.of())
                : new Fix(
                    "move the body of the loop to a function of its own, or release by hand at the"
                        + " end of the round",
                    "released in each round, no allocation for the defer",
                    "what is deferred runs at the end of each round, not of the function",
                    rewrite.edits()))
        .message(
            "deferred in a loop: runs only when the function returns, once for each round that gets"
                + " here");
  }
}
