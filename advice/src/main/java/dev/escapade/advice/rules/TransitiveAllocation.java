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
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nothing that a function itself makes escapes, so that its decision lines are clean; but in a loop
 * it calls a function of another package that allocates whatever happens.
 */
final class TransitiveAllocation extends SimpleRule {
  /** What functions of these packages return depends on nothing but their arguments. */
  private static final Set<String> PURE = Set.of("strings", "strconv", "path", "html");

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

  /** Only what is made of the same strings and numbers in each round could be made before. */
  private static @Nullable Fix fix(
      RuleContext ctx, Expr.CallExpr call, dev.escapade.types.Func callee) {
    boolean isPure =
        callee.signature().recv() == null
            && callee.pkg() != null
            && PURE.contains(callee.pkg().path())
            && call.args().stream().allMatch(a -> isPlain(ctx.types().of(a)));
    if (!isPure || !isSame(ctx, call)) {
      return null;
    }
    boolean isText =
        callee.signature().results().len() == 1
            && isPlain(callee.signature().results().at(0).type());
    boolean mayChange =
        Tree.any(
            call,
            n ->
                n instanceof Expr e
                    && (ctx.types().field(e) != null || ctx.types().global(e) != null));
    List<String> conditions = new ArrayList<>();
    if (mayChange) {
      conditions.add("changes what it is given");
    }
    if (!isText) {
      conditions.add("keeps or changes what it returns");
    }
    return Fix.of(
        (conditions.isEmpty() ? "" : "if no round " + String.join(", or ", conditions) + ", ")
            + "call it before the loop",
        "1 call in all, also if there is no round");
  }

  private static boolean isPlain(@Nullable Type t) {
    return t != null && t.underlying() instanceof Basic;
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
      boolean isInlined = ctx.calls().isInlined(call);
      boolean always = ctx.facts().has(f, isInlined ? Trait.ALLOCATES_IN_CALL : Trait.ALLOCATES);
      boolean mostly =
          ctx.facts().has(f, isInlined ? Trait.ALLOCATES_MOSTLY_IN_CALL : Trait.ALLOCATES_MOSTLY);
      if (always || mostly) {
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
            .fix(fix(ctx, call, f))
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
