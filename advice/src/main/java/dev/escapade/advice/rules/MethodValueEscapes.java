package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;

/**
 * A method is bound to its receiver, and the binding is kept: a closure with the receiver in it.
 */
final class MethodValueEscapes extends SimpleRule {
  MethodValueEscapes() {
    super(
        "method-value-escapes",
        Question.WHO,
        Severity.INFO,
        "a bound method is kept, and its binding allocated");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.SelectorExpr e : ctx.tree().all(Expr.SelectorExpr.class)) {
      Site site = null;
      for (int pos : new int[] {e.pos(), e.sel().pos(), e.x().pos()}) {
        Site found = ctx.sites().at(pos, Site.Kind.METHOD_VALUE);
        site = found != null && found.text().endsWith("." + e.sel().value()) ? found : site;
      }
      if (site != null && site.onHeap()) {
        report(ctx, site, e);
      }
    }
  }

  private void report(RuleContext ctx, Site site, Expr.SelectorExpr e) {
    Way way = ctx.ways().of(site);
    Type receiver = ctx.types().of(e.x());
    boolean pointer =
        receiver != null && (receiver.underlying() instanceof Pointer || !isValueMethod(ctx, e));
    long size = pointer ? 8 : ctx.types().sizeBytes(receiver);
    ctx.report(this, e)
        .warnInLoop()
        .because(way.steps())
        .cost(1, 8 + size, pointer ? "" : "with a copy of the receiver in it")
        .fix(
            "where the same receiver is bound again and again, bind it once and use that function"
                + " value each time",
            "1 allocation in all")
        .message("method value " + RuleContext.text(e) + " is kept, so its binding is allocated");
  }

  private static boolean isValueMethod(RuleContext ctx, Expr.SelectorExpr e) {
    dev.escapade.types.Func f = ctx.types().function(e);
    dev.escapade.types.Var recv = f == null ? null : f.signature().recv();
    return recv != null && !(recv.type().unalias() instanceof Pointer);
  }
}
