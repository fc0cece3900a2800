package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.MapType;
import dev.escapade.types.Var;

/** A local map is filled in a loop and then asked once: the loop could have looked itself. */
final class MapForSingleLookup extends SimpleRule {
  MapForSingleLookup() {
    super(
        "map-for-single-lookup",
        Question.HOW_MANY,
        Severity.INFO,
        "a map is built, and asked once");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      Var v = s.op() == Operator.DEF && value != null ? ctx.types().defined(s.lhs()) : null;
      Stmt.BlockStmt body = Tree.body(ctx.tree().function(s));
      if (v != null && value != null && body != null && isMade(ctx, value)) {
        check(ctx, value, v, body);
      }
    }
  }

  private static boolean isMade(RuleContext ctx, Expr value) {
    return ctx.types().underlying(value) instanceof MapType
        && (ctx.sites().at(Syntax.unparen(value).pos(), Site.Kind.MAKE_MAP) != null
            || ctx.sites().at(Syntax.unparen(value).pos(), Site.Kind.MAP_LITERAL) != null);
  }

  private void check(RuleContext ctx, Expr value, Var v, Stmt.BlockStmt body) {
    Stmt.ForStmt filled = null;
    Expr lookup = null;
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) != v) {
        continue;
      }
      if (!(ctx.tree().parent(name) instanceof Expr.IndexExpr x) || !Tree.same(x.x(), name)) {
        return;
      }
      if (isTarget(ctx, x)) {
        Stmt.ForStmt loop = ctx.tree().loop(x);
        if (loop == null || (filled != null && !Tree.same(filled, loop))) {
          return;
        }
        filled = loop;
      } else if (lookup != null || ctx.tree().isInLoop(x) || isInLiteral(ctx, x, value)) {
        return;
      } else {
        lookup = x;
      }
    }
    if (filled != null
        && lookup instanceof Expr.IndexExpr x
        && isKnownBefore(ctx, x.index(), filled, x, body)
        && !ctx.tree().isInLoop(value)) {
      report(ctx, value, v, filled, lookup);
    }
  }

  /**
   * The loop could ask for the key: it is made of what has its value before the loop, and keeps it
   * up to the lookup.
   */
  private static boolean isKnownBefore(
      RuleContext ctx, Expr key, Stmt.ForStmt loop, Expr lookup, Stmt.BlockStmt body) {
    return !Tree.any(
        key,
        n ->
            switch (n) {
              case Expr.CallExpr call ->
                  !ctx.types().isConversion(call) && ctx.types().builtin(call) == null;
              case Expr.UnaryExpr u -> u.op() == Operator.RECV;
              case Expr.FuncLit _ -> true;
              case Expr.Name name -> {
                Var v = ctx.types().variable(name);
                yield v != null && isSetBetween(ctx, v, loop.pos(), lookup.pos(), body);
              }
              default -> false; // made of what is below it
            });
  }

  private static boolean isSetBetween(
      RuleContext ctx, Var v, int from, int to, Stmt.BlockStmt body) {
    return (v.pos() > from && v.pos() < to)
        || Tree.any(
            body,
            n -> {
              Expr targets = Types.targets(n);
              return targets != null
                  && n.pos() < to
                  && targets.pos() > from
                  && Syntax.unpackList(targets).stream().anyMatch(e -> ctx.types().isPartOf(e, v));
            });
  }

  private static boolean isTarget(RuleContext ctx, Expr.IndexExpr x) {
    Node p = ctx.tree().parent(x);
    return p instanceof Stmt.AssignStmt s && Tree.same(s.lhs(), x) && s.op() == null;
  }

  private static boolean isInLiteral(RuleContext ctx, Expr x, Expr value) {
    return !Tree.same(ctx.tree().function(x), ctx.tree().function(value));
  }

  private void report(RuleContext ctx, Expr value, Var v, Stmt.ForStmt loop, Expr lookup) {
    ctx.report(this, value)
        .because(loop, "filled in this loop")
        .because(lookup, "and asked only here: " + RuleContext.text(lookup))
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "the tables of the map in each call; nothing for up to 8 entries")
        .fix(
            "look for the entry in the loop itself, or build the map once and keep it",
            "no allocation")
        .message("map " + v.name() + " is built for a single lookup");
  }
}
