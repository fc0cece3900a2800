package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Node;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.unit.ConstantInts;
import java.util.List;

/** A local object goes to the heap only because it is larger than a frame may hold. */
final class ObjectTooLargeForStack extends SimpleRule {
  ObjectTooLargeForStack() {
    super(
        "object-too-large-for-stack",
        Question.WHERE,
        Severity.INFO,
        "a local object is larger than the limit for frames");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.onHeap() && !site.isInlined()) {
        Way way = ctx.ways().of(site);
        Expr at = ctx.tree().at(site.pos(), Expr.class);
        if (at != null
            && way.end() == Way.End.SIZE
            && way.steps().stream().anyMatch(s -> s.text().startsWith("too large"))
            && !new Uses(ctx.tree(), ctx.types()).mayBeKept(at)) {
          report(ctx, site, at);
        }
      }
    }
  }

  private void report(RuleContext ctx, Site site, Expr at) {
    long limit =
        site.kind() == Site.Kind.VARIABLE
            ? ctx.unit().release().escape().maxStackVarSizeBytes()
            : ctx.unit().release().escape().maxImplicitStackVarSizeBytes();
    long size = size(ctx, site);
    ctx.report(this, at)
        .warnInLoop()
        .cost(1, size, "")
        .fix(
            runsOnce(ctx, at) || isMissing(ctx, at)
                ? null
                : new Fix(
                    "make it once, and use it again",
                    "one allocation for all calls",
                    "what was in it is still there, and two calls must not use it at once",
                    List.of()))
        .message(
            (site.kind() == Site.Kind.VARIABLE ? site.text() : RuleContext.text(at))
                + (size >= 0 ? " has " + size + " bytes" : " is large")
                + ", and a frame takes up to "
                + limit
                + (site.kind() == Site.Kind.VARIABLE ? " for a variable" : " for this"));
  }

  /** {@code if !ok { v = … }}, {@code if v == nil { v = … }}: it is used again where it can be. */
  private static boolean isMissing(RuleContext ctx, Expr at) {
    Stmt.IfStmt f = ctx.tree().enclosing(at, Stmt.IfStmt.class);
    return f != null
        && ctx.tree().isWithin(at, f.then())
        && ctx.tree().parentSkippingParens(at) instanceof Stmt.AssignStmt s
        && s.op() == null
        && switch (Syntax.unparen(f.cond())) {
          case Expr.UnaryExpr u -> u.op() == Operator.NOT;
          case Expr.BinaryExpr b -> b.op() == Operator.EQL && ctx.types().isNil(b.y());
          default -> false; // another question
        };
  }

  /** Nobody calls main or init again. */
  private static boolean runsOnce(RuleContext ctx, Expr at) {
    Decl.FuncDecl d = ctx.tree().declaration(at);
    String name = d == null || d.recv() != null ? "" : d.name().value();
    return !ctx.tree().isInLoop(at)
        && ctx.tree().function(at) instanceof Decl.FuncDecl
        && (name.equals("init")
            || (name.equals("main") && ctx.types().pkg().name().equals("main")));
  }

  private static long size(RuleContext ctx, Site site) {
    Node n = site.node();
    Type t = Sites.type(site);
    if (n instanceof MakeExpr m && t != null && t.underlying() instanceof Slice s) {
      Node count = m.cap != null ? m.cap : m.len;
      return ConstantInts.isSmall(count)
          ? ctx.types().sizeBytes(s.elem()) * ConstantInts.value(count)
          : Cost.UNKNOWN;
    }
    if (site.kind() == Site.Kind.NEW && t instanceof Pointer p) {
      return ctx.types().sizeBytes(p.elem());
    }
    return site.kind() == Site.Kind.VARIABLE ? ctx.types().sizeBytes(t) : Cost.UNKNOWN;
  }
}
