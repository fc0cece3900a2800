package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.edit.Unformatted;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** Takes package fmt out where strconv and concatenation give the same text for less. */
final class FormatFix {
  private FormatFix() {}

  /**
   * What to write in the place of a call, or null if that would be no better.
   *
   * @param boxes how many of its arguments are boxed on the heap
   */
  static @Nullable Fix of(RuleContext ctx, Expr.CallExpr call, Format format, int boxes) {
    return switch (format.callee().name()) {
      case "Sprintf", "Sprint" -> text(ctx, call, format, boxes + format.resultAllocs());
      case "Fprintf", "Fprint" -> written(ctx, call);
      default -> null; // logs and errors are not put together by hand
    };
  }

  private static @Nullable Fix text(
      RuleContext ctx, Expr.CallExpr call, Format format, int before) {
    Rewrite rewrite = ctx.rewrite(call);
    if (rewrite.source(call).contains("\n")) {
      return null; // laid out with care
    }
    Expr sum = call;
    while (ctx.tree().parent(sum) instanceof Expr.BinaryExpr b && b.op() == Operator.ADD) {
      sum = b;
    }
    Unformatted text = Unformatted.of(ctx.types(), rewrite, call, rewrite.depth(sum));
    if (text == null || text.allocs() >= before) {
      return null;
    }
    String spelled = text.text();
    if (text.parts() > 1 && isOperand(ctx.tree().parent(call), call)) {
      spelled = "(" + spelled + ")";
    }
    rewrite.replace(call, spelled);
    if (rewrite.edits().isEmpty()) {
      return null;
    }
    return new Fix(
        text.text(),
        text.allocs() == 0
            ? "no allocation"
            : "at most "
                + text.allocs()
                + (text.allocs() == 1 ? " allocation" : " allocations")
                + (isMadeOfCalls(ctx, format) ? " of its own" : ""),
        "",
        rewrite.edits());
  }

  /** What is called for an argument may allocate as well, as before. */
  private static boolean isMadeOfCalls(RuleContext ctx, Format format) {
    return format.args().stream()
        .anyMatch(a ->
            Tree.any(
                a,
                n ->
                    n instanceof Expr.CallExpr c
                        && ctx.types().builtin(c) == null
                        && !isNumber(ctx, c)));
  }

  /** A conversion of one number to another. */
  private static boolean isNumber(RuleContext ctx, Expr.CallExpr call) {
    Type t = ctx.types().of(call);
    return t != null && ctx.types().isConversion(call) && Predicates.isNumeric(t);
  }

  /** A string and nothing else that goes to a writer. */
  private static @Nullable Fix written(RuleContext ctx, Expr.CallExpr call) {
    Rewrite rewrite = ctx.rewrite(call);
    Unformatted text = Unformatted.of(ctx.types(), rewrite, call, rewrite.depth(call) + 1);
    if (text == null || text.parts() != 1 || text.allocs() > 0) {
      return null;
    }
    String written =
        rewrite.use("io")
            + ".WriteString("
            + rewrite.source(call.args().getFirst())
            + ", "
            + text.text()
            + ")";
    rewrite.replace(call, written);
    if (rewrite.edits().isEmpty()) {
      return null;
    }
    Type writer = ctx.types().of(call.args().getFirst());
    boolean isKnown = writer != null && ctx.types().hasMethod(writer, "WriteString");
    return new Fix(
        written,
        "no box",
        isKnown ? "" : "the string is copied where the writer has no WriteString method",
        rewrite.edits());
  }

  /** Reports whether what stands around binds closer than a sum. */
  private static boolean isOperand(@Nullable Node around, Expr e) {
    return switch (around) {
      case Expr.IndexExpr x -> Tree.same(x.x(), e);
      case Expr.SliceExpr x -> Tree.same(x.x(), e);
      case Expr.SelectorExpr _, Expr.TypeAssertExpr _, Expr.UnaryExpr _ -> true;
      case null, default -> false; // a list, an assignment, a comparison
    };
  }
}
