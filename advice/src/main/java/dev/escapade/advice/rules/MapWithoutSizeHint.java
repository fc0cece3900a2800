package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/** A map is made without a size, and a loop whose length is known fills it. */
final class MapWithoutSizeHint extends SimpleRule {
  /** A map of that many entries is one group, whatever the hint (internal/runtime/maps). */
  private static final int ONE_GROUP = 8;

  MapWithoutSizeHint() {
    super(
        "map-without-size-hint",
        Question.HOW_MANY,
        Severity.INFO,
        "a map is filled in a loop whose length is known, but made without a size");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      Var v = value == null ? null : ctx.types().variable(s.lhs());
      if (v != null && value != null && isEmpty(ctx, value)) {
        check(ctx, s, value, v);
      }
    }
  }

  /** {@code make(map[K]V)} or {@code map[K]V{}}. */
  private static boolean isEmpty(RuleContext ctx, Expr e) {
    if (!(ctx.types().underlying(e) instanceof MapType)) {
      return false;
    }
    return switch (Syntax.unparen(e)) {
      case Expr.CompositeLit lit -> lit.elems().isEmpty();
      case Expr.CallExpr call ->
          ctx.types().builtin(call) == BuiltinId.MAKE && call.args().size() == 1;
      default -> false; // made elsewhere
    };
  }

  private void check(RuleContext ctx, Stmt s, Expr value, Var v) {
    for (Stmt next : ctx.tree().following(s)) {
      boolean uses =
          Tree.any(next, n -> n instanceof Expr.Name name && ctx.types().info().use(name) == v);
      if (uses && next instanceof Stmt.ForStmt loop) {
        Loops.Bound bound = new Loops(ctx.tree(), ctx.types()).bound(loop);
        Stmt fill = bound == null ? null : fill(ctx, loop, v);
        if (bound != null
            && fill != null
            && (bound.constant() < 0 || bound.constant() > ONE_GROUP)) {
          report(ctx, s, value, v, bound, loop, fill);
        }
      }
      if (uses) {
        return;
      }
    }
  }

  /** The only statement of the loop that puts something in the map, or null. */
  private static @Nullable Stmt fill(RuleContext ctx, Stmt.ForStmt loop, Var v) {
    Stmt fill = null;
    for (Stmt.AssignStmt s : Tree.belowInFunction(loop.body(), Stmt.AssignStmt.class)) {
      for (Expr target : Syntax.unpackList(s.lhs())) {
        if (Syntax.unparen(target) instanceof Expr.IndexExpr x && ctx.types().isUse(x.x(), v)) {
          if (fill != null || !Tree.same(ctx.tree().loop(s), loop)) {
            return null;
          }
          fill = s;
        }
        if (ctx.types().isUse(target, v)) {
          return null;
        }
      }
    }
    return fill;
  }

  private void report(
      RuleContext ctx, Stmt s, Expr value, Var v, Loops.Bound bound, Stmt.ForStmt loop, Stmt fill) {
    boolean always = Loops.isEachRound(ctx.tree(), fill, loop);
    Rewrite rewrite = ctx.rewrite(s);
    Expr type =
        Syntax.unparen(value) instanceof Expr.CallExpr call
            ? call.args().getFirst()
            : ((Expr.CompositeLit) Syntax.unparen(value)).type();
    String made =
        "make("
            + (type == null ? ctx.types().text(v.type()) : rewrite.source(type))
            + ", "
            + bound.text()
            + ")";
    if (always && ctx.hoist().isSame(bound.count(), s, loop)) {
      rewrite.replace(value, made);
    }
    Fix fix =
        new Fix(
            made,
            "a few allocations instead of some for each doubling",
            always ? "" : "room is taken for entries that are left out",
            rewrite.edits());
    ctx.report(this, value)
        .because(loop, "the loop runs at most " + bound.text() + " times")
        .because(fill, "and puts one entry into " + v.name())
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "tables are made and filled again with each doubling; nothing for up to 8 entries")
        .fix(fix)
        .message(
            v.name()
                + " is made without a size and filled in a loop of at most "
                + bound.text()
                + " rounds");
  }
}
