package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Trait;
import dev.escapade.advice.code.Traits;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small window of a large array is returned or kept: the array is kept as a whole. Large is what
 * a file, reader or buffer gives, and what is made with a large size.
 */
final class SubslicePinsArray extends SimpleRule {
  private static final long LARGE_BYTES = 4096;

  /** A window of no more than this part of what is large is small. */
  private static final long SMALL_PART = 4;

  SubslicePinsArray() {
    super(
        "subslice-pins-array",
        Question.WHO,
        Severity.WARNING,
        "a small window keeps a large array alive");
  }

  @Override
  public void check(RuleContext ctx) {
    Traits traits = new Traits(ctx.tree(), ctx.types(), List.of(), f -> ctx.facts().of(f).traits());
    Uses uses = new Uses(ctx.tree(), ctx.types());
    for (Expr.SliceExpr e : ctx.tree().all(Expr.SliceExpr.class)) {
      String source = e.high() == null ? null : source(ctx, traits, e);
      if (source != null
          && isSmall(ctx, e)
          && !isKeptAnyway(ctx, uses, e)
          && (uses.mayBeKept(e) || isAppended(ctx, uses, e))) {
        report(ctx, e, source);
      }
    }
  }

  /** Reports whether the window has a constant end: it is much smaller than what may be there. */
  private static boolean isSmall(RuleContext ctx, Expr.SliceExpr e) {
    long high = ctx.types().intOr(e.high(), -1);
    Type t = ctx.types().underlying(e.x());
    long elem = t instanceof Slice s ? Math.max(1, ctx.types().sizeBytes(s.elem())) : 1;
    return high > 0
        && high <= LARGE_BYTES / SMALL_PART / elem
        && (t instanceof Slice || Types.isString(t));
  }

  /** Another use keeps the array, or another part of it, too. */
  private static boolean isKeptAnyway(RuleContext ctx, Uses uses, Expr.SliceExpr e) {
    Var v = ctx.types().variable(e.x());
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    return v != null
        && body != null
        && Tree.below(body, Expr.Name.class).stream()
            .anyMatch(name ->
                ctx.types().info().use(name) == v
                    && !ctx.tree().isWithin(name, e)
                    && !(ctx.tree().parentSkippingParens(name) instanceof Expr.SliceExpr)
                    && uses.isKept(name));
  }

  /** Where the array comes from, if it is large; or null. */
  private static @Nullable String source(RuleContext ctx, Traits traits, Expr.SliceExpr e) {
    Expr x = Syntax.unparen(e.x());
    if (isLarge(ctx, traits, x)) {
      return RuleContext.text(x);
    }
    Var v = ctx.types().variable(x);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    if (v == null || body == null || (v.kind() != VarKind.LOCAL && v.kind() != VarKind.RESULT)) {
      return null;
    }
    Expr assigned = traits.assigned(v, body);
    return assigned != null && isLarge(ctx, traits, assigned) ? RuleContext.text(assigned) : null;
  }

  private static boolean isLarge(RuleContext ctx, Traits traits, Expr x) {
    if (ctx.types().builtin(x) == BuiltinId.MAKE
        && Syntax.unparen(x) instanceof Expr.CallExpr call
        && ctx.types().underlying(call) instanceof Slice s
        && call.args().size() > 1) {
      long count = ctx.types().intOr(call.args().get(1), -1);
      return count >= 0 && count * ctx.types().sizeBytes(s.elem()) >= LARGE_BYTES;
    }
    if (traits.isLargeSource(x)) {
      return true;
    }
    if (!(Syntax.unparen(x) instanceof Expr.CallExpr call)) {
      return false;
    }
    if (ctx.types().isConversion(call)) {
      Expr from = call.args().getFirst();
      Var v = ctx.types().variable(from);
      Stmt.BlockStmt body = Tree.body(ctx.tree().function(x));
      Expr value = v == null || body == null ? from : traits.assigned(v, body);
      return value != null && traits.isLargeSource(value);
    }
    dev.escapade.types.Func f = ctx.types().callee(call);
    return f != null && ctx.facts().has(f, Trait.RETURNS_LARGE_BUFFER);
  }

  /** {@code list = append(list, e)}. */
  private static boolean isAppended(RuleContext ctx, Uses uses, Expr.SliceExpr e) {
    return uses.isKept(e)
        || (ctx.tree().parentSkippingParens(e) instanceof Expr.CallExpr call
            && ctx.types().builtin(call) == BuiltinId.APPEND
            && !call.hasDots());
  }

  private void report(RuleContext ctx, Expr.SliceExpr e, String source) {
    boolean text = Types.isString(ctx.types().of(e));
    String library = text ? "strings" : Types.isBytes(ctx.types().of(e)) ? "bytes" : "slices";
    Rewrite rewrite = ctx.rewrite(e);
    String clone = "append([]…(nil), " + rewrite.source(e) + "...)";
    if (rewrite.hasGo(library.equals("slices") ? 21 : 20)) {
      clone = rewrite.use(library) + ".Clone(" + rewrite.source(e) + ")";
      rewrite.replace(e, clone);
    }
    ctx.report(this, e)
        .because(e.x(), "the array comes from " + source)
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "the whole array lives as long as the window; a third index does not help")
        .fix(
            new Fix(
                "copy the window: " + clone,
                "the array can be collected",
                text
                    ? ""
                    : "changes of the window no longer show in the array, nor the other way round",
                rewrite.edits()))
        .message(
            "the window "
                + RuleContext.text(e)
                + " keeps all of "
                + RuleContext.text(e.x())
                + " alive");
  }
}
