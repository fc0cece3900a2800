package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.CompilerPromise;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.diag.SourceFile;
import dev.escapade.ir.ConvExpr;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.types.Func;
import java.util.HashSet;
import java.util.Set;

/**
 * A comment {@code //gcassert:inline,noescape} promises what the compiler does not do. Promises
 * about whole functions and what they call are kept by who counts, those about bounds checks by who
 * makes machine code.
 */
final class ContractViolated extends SimpleRule {
  ContractViolated() {
    super(
        "contract-violated",
        Question.OTHER,
        Severity.ERROR,
        "a comment promises what the compiler does not do");
  }

  @Override
  public void check(RuleContext ctx) {
    for (File file : ctx.tree().files()) {
      byte[] content = ctx.extents().content(file.source().name());
      if (content != null) {
        CompilerPromise.in(content).forEach(promise -> check(ctx, file.source(), promise));
      }
    }
  }

  private void check(RuleContext ctx, SourceFile file, CompilerPromise promise) {
    if (promise.kinds().contains(CompilerPromise.INLINE)) {
      inline(ctx, file, promise.line());
    }
    if (promise.kinds().contains(CompilerPromise.NOESCAPE)) {
      noescape(ctx, file, promise.line());
    }
  }

  private static boolean isIn(SourceFile file, int line, int pos) {
    return pos > 0 && file.contains(pos) && file.line(pos) == line;
  }

  private void inline(RuleContext ctx, SourceFile file, int line) {
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      if (isIn(file, line, d.pos())) {
        String why = ctx.calls().refusal(d);
        if (!ctx.calls().isInlinable(d)) {
          ctx.report(this, d.name())
              .notCold()
              .message(
                  Calls.name(d)
                      + " is to be inlined, but cannot be"
                      + (why == null ? "" : ": " + why));
        }
        return;
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (isIn(file, line, call.pos())
          && ctx.types().builtin(call) == null
          && !ctx.types().isConversion(call)
          && !ctx.calls().isInlined(call)) {
        Func f = ctx.types().callee(call);
        String why =
            f == null
                ? ": it is a call of a function value"
                : Types.isInterfaceMethod(f) ? ": it is a call of an interface method" : "";
        ctx.report(this, call)
            .notCold()
            .message("the call of " + RuleContext.text(call.fun()) + " is not inlined" + why);
      }
    }
  }

  private void noescape(RuleContext ctx, SourceFile file, int line) {
    Set<String> seen = new HashSet<>();
    for (Site site : ctx.sites().all()) {
      boolean free =
          site.node() instanceof ConvExpr c
              && site.kind() == Site.Kind.BOX
              && ctx.boxing().of(c) == Boxing.Box.NEVER;
      if (site.onHeap()
          && !free
          && isIn(file, line, site.outerPos())
          && seen.add(site.outerPos() + site.text())) {
        Expr at = ctx.tree().at(site.outerPos(), Expr.class);
        if (at != null) {
          Place place = ctx.extents().of(at);
          ctx.report(this, at, place)
              .notCold()
              .because(site)
              .cost(1, Cost.UNKNOWN, "")
              .message(
                  (site.kind() == Site.Kind.VARIABLE
                          ? site.text() + " is moved to the heap"
                          : site.text() + " escapes to the heap")
                      + ", though it is not to escape");
        }
      }
    }
  }
}
