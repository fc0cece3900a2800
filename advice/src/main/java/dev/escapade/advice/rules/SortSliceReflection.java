package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.edit.SortFunction;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Slice;
import dev.escapade.types.Var;

/**
 * {@code sort.Slice} boxes the slice and makes a function that swaps elements of unknown type
 * (reflect.Swapper); {@code slices.SortFunc} knows the type and needs neither.
 */
final class SortSliceReflection extends SimpleRule {
  /** The release with package slices. */
  private static final int GO_WITH_SLICES = 21;

  /** Elements that are copied piece by piece. */
  private static final long LARGE_BYTES = 64;

  SortSliceReflection() {
    super(
        "sort-slice-reflection",
        Question.HOW_MANY,
        Severity.INFO,
        "a slice is sorted by reflection: sort.Slice allocates in each call");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (!isReported(ctx, call)) {
        continue;
      }
      Rewrite rewrite = ctx.rewrite(call);
      new SortFunction(ctx.types(), rewrite).change(call);
      String callee = ExprPrinter.toString(call.fun());
      ctx.report(this, call)
          .warnInLoop()
          .cost(
              isSwappedInPlace(ctx, call) ? 2 : 3,
              Cost.UNKNOWN,
              "the box of the slice unless it is nil, and from 2 elements on a swapping function"
                  + (isSwappedInPlace(ctx, call) ? "" : " and its room for an element"))
          .fix(
              new Fix(
                  (comparesElements(ctx, call)
                          ? ""
                          : "where the order is that of two elements, whatever their places are: ")
                      + "use slices."
                      + (callee.endsWith("Stable") ? "SortStableFunc" : "SortFunc"),
                  "no allocation" + (callsOthers(ctx, call) ? " but by what compares" : ""),
                  copied(ctx, call),
                  rewrite.edits()))
          .message(callee + " boxes the slice and swaps by reflection");
    }
  }

  /** What compares may allocate, as before. */
  private static boolean callsOthers(RuleContext ctx, Expr.CallExpr call) {
    return !(Syntax.unparen(call.args().get(1)) instanceof Expr.FuncLit f)
        || Tree.below(f.body(), Expr.CallExpr.class).stream()
            .anyMatch(c -> ctx.types().builtin(c) == null && !ctx.types().isConversion(c));
  }

  /** What a function that compares two elements is given. */
  private static String copied(RuleContext ctx, Expr.CallExpr call) {
    long bytes =
        ctx.types().underlying(call.args().getFirst()) instanceof Slice s
            ? ctx.types().sizeBytes(s.elem())
            : 0;
    return bytes > LARGE_BYTES
        ? "each comparison copies two elements of "
            + bytes
            + " bytes, where a slice of pointers would copy 8"
        : "";
  }

  /** Pointers, strings, and numbers of the usual sizes (internal/reflectlite, Swapper). */
  private static boolean isSwappedInPlace(RuleContext ctx, Expr.CallExpr call) {
    if (!(ctx.types().underlying(call.args().getFirst()) instanceof Slice s)) {
      return false;
    }
    long size = ctx.types().sizeBytes(s.elem());
    return ctx.types().facts().hasPointers(s.elem())
        ? size == 8 || Types.isString(s.elem())
        : size == 8 || size == 4 || size == 2 || size == 1;
  }

  /** The function that compares asks for nothing at its indices but elements of the slice. */
  private static boolean comparesElements(RuleContext ctx, Expr.CallExpr call) {
    if (!(Syntax.unparen(call.args().get(1)) instanceof Expr.FuncLit f)) {
      return false;
    }
    String slice = ExprPrinter.toString(Syntax.unparen(call.args().getFirst()));
    for (Field param : f.type().params()) {
      Var index = param.name() == null ? null : ctx.types().defined(param.name());
      if (index == null
          || Tree.any(
              f.body(),
              n ->
                  n instanceof Expr.Name name
                      && ctx.types().isUse(name, index)
                      && !(ctx.tree().parent(name) instanceof Expr.IndexExpr x
                          && Tree.same(x.index(), name)
                          && ExprPrinter.toString(Syntax.unparen(x.x())).equals(slice)))) {
        return false;
      }
    }
    return true;
  }

  /** Reports whether a call is one that this rule tells of. */
  static boolean isReported(RuleContext ctx, Expr.CallExpr call) {
    return ctx.types().isCall(call, "sort", "Slice", "SliceStable")
        && call.args().size() == 2
        && ctx.types().underlying(call.args().getFirst()) instanceof Slice
        && ctx.rewrite(call).hasGo(GO_WITH_SLICES);
  }
}
