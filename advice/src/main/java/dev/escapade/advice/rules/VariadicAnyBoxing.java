package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.ExprNode;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
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
    boolean always = true;
    boolean areNumbers = true;
    boolean hasNumbers = false;
    var report = ctx.report(this, call).warnInLoop();
    for (Boxes.Box box : boxes) {
      Type t = ((ExprNode) box.conversion().x).type();
      bytes += ctx.types().sizeBytes(t);
      always &= ctx.boxing().of(box.conversion()) == Boxing.Box.ALWAYS;
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
            (results > 0 ? "the result among them" : "")
                + (always
                    ? ""
                    : (results > 0 ? "; " : "") + "no box for integers below 256 and empty values"))
        .fix(edited != null ? edited : Fix.of(fix(ctx.types(), format), "0 or 1 allocation"))
        .message(
            (boxes.size() == 1 ? "an argument" : boxes.size() + " arguments")
                + " of "
                + callee
                + (boxes.size() == 1 ? " is" : " are")
                + " boxed on the heap"
                + (areNumbers ? (boxes.size() == 1 ? ", unless it is" : ", unless they are") : "")
                + (areNumbers ? " below 256" : "")
                + (hasNumbers && !areNumbers ? ", integers unless they are below 256" : ""));
  }

  private static String fix(Types types, @Nullable Format format) {
    if (format == null) {
      return "give the function typed parameters, or pass pointers that exist already";
    }
    Type t = types.of(format.args().getFirst());
    if (format.isAlone() && t != null) {
      if (Predicates.isInteger(t)) {
        return "use strconv.Itoa, or strconv.AppendInt into a buffer";
      }
      if (Predicates.isFloat(t)) {
        return "use strconv.FormatFloat, or strconv.AppendFloat into a buffer";
      }
      if (Types.isString(t)) {
        return "use the string itself";
      }
    }
    return "where it runs often, append with strconv to a buffer that is used again";
  }
}
