package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Slice;

/**
 * A very large buffer is made when the program starts. All of it counts for the heap and for the
 * memory limit, also what is never touched.
 */
final class EagerLargeReservation extends SimpleRule {
  private static final long LARGE_BYTES = 32L << 20;

  EagerLargeReservation() {
    super(
        "eager-large-reservation",
        Question.OTHER,
        Severity.INFO,
        "a very large buffer is made long before it is used");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().builtin(call) == BuiltinId.MAKE
          && ctx.types().underlying(call) instanceof Slice s
          && call.args().size() > 1
          && isAtStart(ctx, call)) {
        long count = ctx.types().intOr(call.args().getLast(), 0);
        long elem = ctx.types().sizeBytes(s.elem());
        if (elem > 0 && count > LARGE_BYTES / elem) {
          report(ctx, call, count * elem);
        }
      }
    }
  }

  private static boolean isAtStart(RuleContext ctx, Expr.CallExpr call) {
    Node function = ctx.tree().function(call);
    if (function == null) {
      return true;
    }
    return function instanceof Decl.FuncDecl d
        && d.recv() == null
        && (d.name().value().equals("init")
            || (d.name().value().equals("main") && !isUsedAtOnce(ctx, call)))
        && !ctx.tree().isInLoop(call);
  }

  private static boolean isUsedAtOnce(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().parentSkippingParens(call) instanceof Expr.CallExpr;
  }

  private void report(RuleContext ctx, Expr.CallExpr call, long size) {
    ctx.report(this, call)
        .notCold()
        .cost(1, size, "counted for the heap goal and GOMEMLIMIT even where it is never touched")
        .fix(
            "make it when it is needed, and let it grow with what is really used",
            "the collector paces on what the program uses")
        .message((size >> 20) + " MiB are reserved when the program starts");
  }
}
