package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing.Box;
import dev.escapade.advice.code.Results;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
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
    for (Boxes.Box box : ctx.boxes().all()) {
      if (box.call() == null
          && !isPanic(ctx, box.at())
          && !isSorted(ctx, box.at())
          && box.conversion().x instanceof ExprNode value) {
        report(ctx, box.site(), box.at(), box.conversion(), value.type());
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

  private void report(RuleContext ctx, Site site, Expr at, ConvExpr box, Type type) {
    Way way = ctx.ways().of(site);
    if (way.end() == Way.End.PANIC || Types.isError(box.type())) {
      return;
    }
    boolean freeIfSmall = ctx.boxing().of(box) == Box.UNLESS_SMALL;
    long size = ctx.types().sizeBytes(type);
    String name = ctx.types().text(type);
    String what =
        site.isInlined()
            ? "the inlined call boxes a " + name
            : RuleContext.text(at) + " (" + name + ") is boxed";
    ctx.report(this, at)
        .warnInLoop()
        .because(way.steps())
        .cost(1, size, freeIfSmall ? "none for integers below 256 and empty values" : "")
        .fix(fix(ctx, at, type, way), "no allocation")
        .message(
            what
                + " on the heap to become "
                + ctx.types().text(box.type())
                + (freeIfSmall && Predicates.isInteger(type) ? ", unless it is below 256" : ""));
  }

  private static String fix(RuleContext ctx, Expr at, Type type, Way way) {
    Results results = new Results(ctx.tree(), ctx.types());
    if (results.isUnboxed(at)) {
      return "hand on the interface of which the type was asked: it has the box";
    }
    if (ctx.tree().parentSkippingParens(at) instanceof Expr.CallExpr call
        && ctx.types().isCall(call, "sort", "Sort", "Stable")) {
      return "use slices.SortFunc or slices.SortStableFunc";
    }
    return switch (way.end()) {
      case GLOBAL, STORED ->
          "keep it in a variable or field of its own type, or store a pointer that exists already";
      case RETURNED ->
          switch (results.choice(at, type)) {
            case CONCRETE -> "return the concrete type";
            case CONCRETE_UNLESS_ASKED ->
                "return the concrete type, where no interface or test asks for this one";
            case SEVERAL ->
                "return a struct with a field for each kind of value, where callers can do with it";
            case NONE -> "return a pointer that exists already, or keep it in a field of its type";
          };
      case INTERFACE_CALL, FUNCTION_VALUE ->
          "pass a pointer that exists already, or take the concrete type in the callee";
      case SENT -> "make it a channel of the concrete type";
      default -> "take the concrete type on this path, or pass a pointer that exists already";
    };
  }
}
