package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import org.jspecify.annotations.Nullable;

/**
 * A string or slice that is built as an argument is kept by the callee: nothing at the call says
 * so, and every call allocates.
 */
final class StoredArgumentEscapes extends SimpleRule {
  StoredArgumentEscapes() {
    super(
        "stored-argument-escapes",
        Question.WHO,
        Severity.INFO,
        "a value built for a call is kept by the callee");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      boolean built =
          switch (site.kind()) {
            case CONCATENATION, BYTES_TO_STRING, STRING_TO_BYTES, SLICE_LITERAL -> true;
            default -> false; // said by other rules
          };
      if (built && site.onHeap() && !site.isInlined()) {
        Expr at = ctx.expression(site);
        Expr.CallExpr call = at == null ? null : call(ctx, at);
        Way way = call == null ? Way.UNKNOWN : ctx.ways().of(site);
        if (at != null
            && call != null
            && !(at instanceof Expr.CompositeLit lit && lit.elems().isEmpty())
            && (way.end() == Way.End.STORED || way.end() == Way.End.GLOBAL)) {
          report(ctx, at, call, way);
        }
      }
    }
  }

  /** The call of a function whose argument {@code at} is, or null. */
  private static Expr.@Nullable CallExpr call(RuleContext ctx, Expr at) {
    Node child = at;
    Node p = ctx.tree().parent(at);
    while (p instanceof Expr.ParenExpr
        || (p instanceof Expr.BinaryExpr && child instanceof Expr.BinaryExpr)) {
      child = p;
      p = ctx.tree().parent(p);
    }
    return p instanceof Expr.CallExpr call
            && ctx.types().builtin(call) == null
            && !ctx.types().isConversion(call)
            && call.args().contains(child)
        ? call
        : null;
  }

  private void report(RuleContext ctx, Expr at, Expr.CallExpr call, Way way) {
    String callee = ExprPrinter.toString(call.fun());
    ctx.report(this, at)
        .warnInLoop()
        .because(way.steps())
        .cost(1, Cost.UNKNOWN, "")
        .fix(
            "say in the documentation of "
                + callee
                + " that it keeps its argument, or hand over the"
                + " parts",
            "callers know what they pay for")
        .message(RuleContext.text(at) + " is built for " + callee + ", which may keep it");
  }
}
