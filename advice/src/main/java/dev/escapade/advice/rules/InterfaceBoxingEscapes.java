package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Boxing.Box;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.syntax.Expr;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;

/**
 * A value that is no pointer becomes an interface that outlives the frame, so a box for it is made
 * on the heap. Arguments of variadic calls are left to {@link VariadicAnyBoxing}, errors and panics
 * to nobody.
 */
final class InterfaceBoxingEscapes implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "interface-boxing-escapes",
          "a value is boxed on the heap to become an interface",
          Question.WHERE,
          Severity.INFO);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(RuleContext ctx) {
    BoxRemedy remedy = new BoxRemedy(ctx);
    for (Boxes.Box box : ctx.boxes().all()) {
      if (box.call() == null
          && !isPanic(ctx, box.at())
          && !isSorted(ctx, box.at())
          && box.conversion().x instanceof ExprNode value) {
        report(ctx, box, value.type(), remedy);
      }
    }
  }

  private static boolean isPanic(RuleContext ctx, Expr at) {
    return ctx.tree().parentSkippingParens(at) instanceof Expr.CallExpr call
        && ctx.types().builtin(call) == BuiltinId.PANIC;
  }

  /** Another rule tells of the slice that sort.Slice boxes. */
  private static boolean isSorted(RuleContext ctx, Expr at) {
    return ctx.tree().parentSkippingParens(at) instanceof Expr.CallExpr call
        && SortSliceReflection.isReported(ctx, call);
  }

  private void report(RuleContext ctx, Boxes.Box box, Type type, BoxRemedy remedy) {
    Site site = box.site();
    ConvExpr conversion = box.conversion();
    Way way = ctx.ways().of(site);
    if (way.end() == Way.End.PANIC || Types.isError(conversion.type())) {
      return;
    }
    boolean hasFree = ctx.boxing().of(conversion) == Box.UNLESS_SMALL && !ctx.boxes().isFilled(box);
    // In code for all types of one shape, what is written is the type parameter.
    Type written = site.isInlined() ? null : ctx.types().of(box.at());
    boolean isParam = written != null && Types.hasTypeParam(written);
    String name = ctx.types().text(isParam ? written : type);
    String what =
        site.isInlined() && box.at() instanceof Expr.CallExpr call
            ? "in "
                + RuleContext.text(call.fun())
                + ", which is inlined here, "
                + name
                + " is boxed"
            : RuleContext.text(box.at()) + " (" + name + ") is boxed";
    ctx.report(this, box.at())
        .warnInLoop()
        .because(way.steps())
        .cost(
            1,
            isParam ? Cost.UNKNOWN : ctx.heapBytes(type),
            isParam
                ? "where values of the type argument need a box"
                : hasFree ? "none for " + Boxing.free(type) : "")
        .fix(isParam ? null : remedy.of(box, type, way))
        .message(
            what
                + " on the heap to become "
                + ctx.types().text(conversion.type())
                + (hasFree && !isParam && Predicates.isInteger(type)
                    ? ", unless it is 0 to 255"
                    : ""));
  }
}
