package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Trait;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nothing that a function itself makes escapes, so that its decision lines are clean; but in a loop
 * it calls a function of another package that allocates whatever happens.
 */
final class TransitiveAllocation extends SimpleRule {
  TransitiveAllocation() {
    super(
        "transitive-allocation",
        Question.HOW_MANY,
        Severity.INFO,
        "a loop in a clean function calls what allocates in another package");
  }

  @Override
  public void check(RuleContext ctx) {
    Set<Func> dirty = new HashSet<>();
    Set<Integer> dirtyPos = new HashSet<>();
    for (Site site : ctx.sites().all()) {
      if (site.onHeap() && !isFree(ctx, site) && dirty.add(site.fn())) {
        dirtyPos.add(site.fn().pos);
        dirtyPos.add(site.fn().nname.pos);
      }
    }
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      if (d.body() != null && !dirtyPos.contains(d.pos()) && !dirtyPos.contains(d.name().pos())) {
        check(ctx, d);
      }
    }
  }

  /** A box that is not needed. */
  private static boolean isFree(RuleContext ctx, Site site) {
    return site.node() instanceof ConvExpr c
        && site.kind() == Site.Kind.BOX
        && ctx.boxing().of(c) == Boxing.Box.NEVER;
  }

  /** What is made in the call is wanted: it goes to a field or an element. */
  private static boolean isStored(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().parentSkippingParens(call) instanceof Stmt.AssignStmt s
        && Types.singleRight(s) != null
        && (Syntax.unparen(s.lhs()) instanceof Expr.SelectorExpr
            || Syntax.unparen(s.lhs()) instanceof Expr.IndexExpr);
  }

  /** Nothing that the call mentions changes in the loop by its name. */
  private static boolean isSame(RuleContext ctx, Expr.CallExpr call) {
    Stmt.ForStmt loop = ctx.tree().loop(call);
    return loop != null
        && new Loops(ctx.tree(), ctx.types()).hasOnlyOuter(call, loop)
        && Tree.below(call, Expr.CallExpr.class).size() <= 1;
  }

  /** Only what is made of the same in each round could be made before. */
  private static @Nullable Fix fix(RuleContext ctx, Expr.CallExpr call) {
    return isSame(ctx, call)
        ? Fix.of(
            "if it does nothing but return the same in each round, call it before the loop",
            "1 call in all, also if there is no round")
        : null;
  }

  private void check(RuleContext ctx, Decl.FuncDecl d) {
    for (Expr.CallExpr call : Tree.belowInFunction(d, Expr.CallExpr.class)) {
      dev.escapade.types.Func f = ctx.tree().isInLoop(call) ? ctx.types().callee(call) : null;
      if (f == null
          || f.pkg() == ctx.types().pkg()
          || ctx.coldness().isCold(call)
          || isStored(ctx, call)) {
        continue;
      }
      boolean always =
          ctx.facts()
              .has(f, ctx.calls().isInlined(call) ? Trait.ALLOCATES_IN_CALL : Trait.ALLOCATES);
      if (always || ctx.facts().has(f, Trait.ALLOCATES_MOSTLY)) {
        ctx.report(this, call)
            .because(
                d.name(),
                "escape analysis puts nothing on the heap that " + Calls.name(d) + " itself makes")
            .cost(
                Cost.UNKNOWN,
                Cost.UNKNOWN,
                always
                    ? "at least 1 allocation for each call, in the callee"
                    : "1 allocation or more in the callee, for each call that does not return"
                        + " early")
            .fix(fix(ctx, call))
            .message(
                ExprPrinter.toString(call.fun())
                    + ", called in a loop, allocates"
                    + (always ? " whatever happens" : " unless it returns early")
                    + "; escape analysis shows nothing of it in "
                    + Calls.name(d));
        return;
      }
    }
  }
}
