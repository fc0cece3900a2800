package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Range;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Op;
import dev.escapade.syntax.Expr;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Slice;
import dev.escapade.types.Var;
import dev.escapade.unit.ConstantInts;
import java.util.List;

/**
 * A slice that does not escape is allocated all the same, because its size is known only when it is
 * made. The compiler prints "does not escape", and keeps a buffer of 32 bytes in the frame: what is
 * larger is on the heap (cmd/compile/internal/walk, Go 1.25 and later).
 */
final class NonConstantMakeSize extends SimpleRule {
  /** Larger bounds than that many bytes are no advice. */
  private static final long MAX_BOUND = 1024;

  NonConstantMakeSize() {
    super(
        "non-constant-make-size",
        Question.WHERE,
        Severity.INFO,
        "a local slice is on the heap only because its size is not constant");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.kind() == Site.Kind.MAKE_SLICE
          && !site.isInlined()
          && ctx.sites().isInFrame(site)
          && site.node() instanceof MakeExpr m
          && m.op() == Op.MAKESLICE
          && !ConstantInts.isSmall(m.cap != null ? m.cap : m.len)
          && m.type().underlying() instanceof Slice s) {
        Expr.CallExpr call = ctx.tree().at(site.pos(), Expr.CallExpr.class);
        if (call != null
            && ctx.types().builtin(call) == BuiltinId.MAKE
            && !isRoom(ctx, call)
            && ctx.types().sizeBytes(s.elem()) > 0) {
          check(ctx, call, ctx.types().sizeBytes(s.elem()));
        }
      }
    }
  }

  /** {@code append(s, make([]T, n)...)}, which only grows (cmd/compile/internal/walk). */
  private static boolean isRoom(RuleContext ctx, Expr.CallExpr make) {
    return make.args().size() == 2
        && ctx.tree().parentSkippingParens(make) instanceof Expr.CallExpr append
        && ctx.types().builtin(append) == BuiltinId.APPEND
        && append.hasDots();
  }

  /** What is known of the size may leave nothing to tell, or no case without an allocation. */
  private void check(RuleContext ctx, Expr.CallExpr make, long elemBytes) {
    long fits = ctx.unit().release().allocation().variableMakeBytes() / elemBytes;
    Expr size = make.args().getLast();
    Range range = ctx.ranges().of(size);
    if (range.high() > fits) {
      long most = range.high() <= MAX_BOUND / elemBytes ? range.high() : -1;
      report(ctx, make, fits, Math.max(0, range.low()), most);
    }
  }

  /**
   * With a capacity of its own and a constant length, what is too small only grows.
   *
   * @param most the most elements, or -1 if that is not known, or much
   */
  private static Fix fix(RuleContext ctx, Expr.CallExpr make, long most) {
    if (most >= 0) {
      return Fix.of(
          "make it with the constant capacity " + most + ", which its size never exceeds",
          "no allocation");
    }
    boolean grows = make.args().size() > 2 && ctx.types().isConstant(make.args().get(1));
    if (!grows) {
      return new Fix(
          "if a bound is known, make it with that constant as its capacity",
          "no allocation up to 64 KiB",
          "make panics where the length is larger than that",
          List.of());
    }
    return isAppendedTo(ctx, make)
        ? Fix.of(
            "make it with a constant capacity that is enough in most calls",
            "no allocation while that is enough, for up to 64 KiB; append grows it otherwise")
        : Fix.of(
            "make it with a constant capacity that is enough in most calls",
            "no allocation while that is enough, for up to 64 KiB");
  }

  /** {@code s = append(s, x)}. */
  private static boolean isAppendedTo(RuleContext ctx, Expr.CallExpr make) {
    Var v = new Uses(ctx.tree(), ctx.types()).variable(make);
    return v != null
        && ctx.tree().all(Expr.CallExpr.class).stream()
            .anyMatch(call ->
                ctx.types().builtin(call) == BuiltinId.APPEND
                    && ctx.types().isUse(call.args().getFirst(), v));
  }

  private void report(RuleContext ctx, Expr.CallExpr call, long fits, long least, long most) {
    boolean always = least > fits;
    ctx.report(this, call)
        .warnInLoop()
        .cost(
            1,
            Cost.UNKNOWN,
            always
                ? ""
                : fits > 0
                    ? "none for up to " + fits + (fits == 1 ? " element" : " elements")
                    : "none if the size is 0")
        .fix(fix(ctx, call, most))
        .message(
            RuleContext.text(call)
                + " does not escape, but its size is not constant: "
                + (always
                    ? ""
                    : fits > 0
                        ? "above " + fits + (fits == 1 ? " element " : " elements ")
                        : "unless it is 0, ")
                + "it is allocated on the heap");
  }
}
