package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    Var recv = receiver(ctx, e);
    Type bound = recv == null ? ctx.types().of(e.x()) : recv.type();
    boolean copied = bound != null && !isPointerShaped(bound);
    var report =
        ctx.report(this, e)
            .warnInLoop()
            .because(way.steps())
            .cost(
                1,
                8 + ctx.types().sizeBytes(bound),
                copied ? "with a copy of the receiver in it" : "");
    if (isSameInEachRound(ctx, e)) {
      report.fix(
          new Fix(
              "bind it before the loop, and use that function value in each round"
                  + (copied ? ", where the receiver stays as it is" : ""),
              "1 allocation for all rounds",
              "it is bound also if there is no round",
              List.of()));
    }
    report.message("method value " + RuleContext.text(e) + " is kept, so its binding is allocated");
  }

  /** What is bound: for a method that is promoted, what it is promoted from. */
  private static @Nullable Var receiver(RuleContext ctx, Expr.SelectorExpr e) {
    Func f = ctx.types().function(e);
    return f == null || Types.isInterfaceMethod(f) ? null : f.signature().recv();
  }

  private static boolean isPointerShaped(Type t) {
    return t.underlying() instanceof Pointer || t.underlying() instanceof Interface;
  }

  /** Nothing in the loop makes or sets the receiver: what is bound is always the same. */
  private static boolean isSameInEachRound(RuleContext ctx, Expr.SelectorExpr e) {
    Stmt.ForStmt loop = ctx.tree().loop(e);
    return loop != null
        && ctx.tree().isInLoop(e)
        && new Loops(ctx.tree(), ctx.types()).hasOnlyOuter(e.x(), loop)
        && !Tree.any(e.x(), n -> n instanceof Expr.CallExpr || n instanceof Expr.IndexExpr)
        && Tree.below(loop.body(), Stmt.AssignStmt.class).stream()
            .flatMap(s -> Syntax.unpackList(s.lhs()).stream())
            .noneMatch(target -> RuleContext.text(e.x()).startsWith(RuleContext.text(target)));
  }
}
