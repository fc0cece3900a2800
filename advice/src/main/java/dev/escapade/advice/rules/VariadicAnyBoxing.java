package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.ExprNode;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments of a variadic call become interfaces, and their boxes are on the heap. */
final class VariadicAnyBoxing extends SimpleRule {
  VariadicAnyBoxing() {
    super(
        "variadic-any-boxing",
        Question.HOW_MANY,
        Severity.INFO,
        "arguments of a variadic ...any call are boxed on the heap");
  }

  /** A text that is stored was on the heap as fmt made it. */
  @Override
  public Set<String> mayLeave() {
    return Set.of("stored-argument-escapes");
  }

  @Override
  public void check(RuleContext ctx) {
    Boxes boxes = ctx.boxes();
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      List<Boxes.Box> list = boxes.of(call);
      if (!list.isEmpty()) {
        Format format = Format.of(ctx.types(), call);
        List<Boxes.Box> left =
            list.stream()
                .filter(b -> format == null || !ReflectFormatting.isReported(ctx, format, b.at()))
                .toList();
        if (!left.isEmpty()) {
          report(ctx, call, left, format);
        }
      }
    }
  }

  private void report(
      RuleContext ctx, Expr.CallExpr call, List<Boxes.Box> boxes, @Nullable Format format) {
    long bytes = 0;
    Set<String> free = new LinkedHashSet<>();
    boolean areNumbers = true;
    boolean hasNumbers = false;
    var report = ctx.report(this, call).warnInLoop();
    for (Boxes.Box box : boxes) {
      Type t = ((ExprNode) box.conversion().x).type();
      bytes += ctx.heapBytes(t);
      if (ctx.boxing().of(box.conversion()) == Boxing.Box.UNLESS_SMALL
          && !ctx.boxes().isFilled(box)) {
        free.add(Boxing.free(t));
      }
      areNumbers &= Predicates.isInteger(t);
      hasNumbers |= Predicates.isInteger(t);
      report.because(
          box.at(), RuleContext.text(box.at()) + " (" + ctx.types().text(t) + ") is boxed");
    }
    int results = format == null ? 0 : format.resultAllocs();
    String callee = ExprPrinter.toString(call.fun());
    Fix edited =
        format == null ? null : FormatFix.of(ctx, call, format, ctx.boxes().of(call).size());
    report
        .cost(
            boxes.size() + results,
            results == 0 ? bytes : dev.escapade.advice.finding.Cost.UNKNOWN,
            (format == null ? "" : format.resultText())
                + (free.isEmpty()
                    ? ""
                    : (results > 0 ? "; " : "") + "no box for " + String.join(", ", free)))
        .fix(edited != null ? edited : Unboxed.of(ctx, call, format))
        .message(
            (boxes.size() == 1 ? "an argument" : boxes.size() + " arguments")
                + " of "
                + callee
                + (boxes.size() == 1 ? " is" : " are")
                + " boxed on the heap"
                + (areNumbers ? (boxes.size() == 1 ? ", unless it is" : ", unless they are") : "")
                + (areNumbers ? " 0 to 255" : "")
                + (hasNumbers && !areNumbers ? ", integers unless they are 0 to 255" : ""));
  }
}
