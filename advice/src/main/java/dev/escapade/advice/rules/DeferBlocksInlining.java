package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.BuiltinId;
import java.util.List;

/**
 * A function is not inlined because it has a defer, and would be without it: what it does is small
 * enough. A defer that recovers is needed, and left alone.
 */
final class DeferBlocksInlining extends SimpleRule {
  DeferBlocksInlining() {
    super(
        "defer-blocks-inlining",
        Question.OTHER,
        Severity.INFO,
        "a small function is not inlined because it contains a defer");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      Stmt.BlockStmt body = d.body();
      String refusal = body == null ? null : ctx.calls().refusal(d);
      if (body == null || refusal == null || !refusal.contains("unhandled op DEFER")) {
        continue;
      }
      List<Stmt.CallStmt> calls =
          Tree.belowInFunction(body, Stmt.CallStmt.class).stream()
              .filter(Stmt.CallStmt::defer)
              .toList();
      if (calls.size() == 1
          && !ctx.tree().isInLoop(calls.getFirst())
          && !recovers(ctx, body)
          && ctx.inlineCost().of(body) <= ctx.inlineCost().budget()) {
        report(ctx, d, calls.getFirst());
      }
    }
  }

  private static boolean recovers(RuleContext ctx, Stmt.BlockStmt body) {
    return Tree.any(body, n -> n instanceof Expr e && ctx.types().builtin(e) == BuiltinId.RECOVER);
  }

  private void report(RuleContext ctx, Decl.FuncDecl d, Stmt.CallStmt defer) {
    dev.escapade.types.Func f = ctx.calls().function(d);
    boolean inLoop = f != null && ctx.calls().isCalledInLoop(f);
    ctx.report(this, d.name())
        .severity(inLoop ? Severity.WARNING : Severity.INFO)
        .because(defer, "functions with a defer are never inlined")
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "a call each time; no allocation")
        .fix(
            "where nothing between can panic, do by hand at the end what is deferred",
            "the function can be inlined")
        .message(Calls.name(d) + " would be small enough to be inlined, but for its defer");
  }
}
