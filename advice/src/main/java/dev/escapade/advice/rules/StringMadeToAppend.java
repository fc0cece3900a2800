package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.AppendedText;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;

/** A string is made only to be appended to bytes: {@code append(b, strconv.Itoa(n)...)}. */
final class StringMadeToAppend extends SimpleRule {
  StringMadeToAppend() {
    super(
        "string-made-to-append",
        Question.HOW_MANY,
        Severity.INFO,
        "a string is made only to be appended to bytes");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr append : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().builtin(append) != BuiltinId.APPEND
          || !append.hasDots()
          || append.args().size() != 2
          || !(Syntax.unparen(append.args().get(1)) instanceof Expr.CallExpr text)) {
        continue;
      }
      Func f = ctx.types().callee(text);
      if (f != null && AppendedText.isKnown(f) && !Types.isFunction(f, "strconv", "FormatBool")) {
        report(ctx, append, text, f);
      }
    }
  }

  /** The texts that package strconv has already; and a string of one byte is never made anew. */
  private static String free(Expr.CallExpr text, Func f) {
    boolean isInteger = f.name().equals("FormatInt") || f.name().equals("FormatUint");
    boolean isDecimal =
        isInteger
            && text.args().size() == 2
            && ExprPrinter.toString(text.args().get(1)).equals("10");
    return f.name().equals("Itoa") || isDecimal
        ? "; none for 0 to 99"
        : isInteger || f.name().equals("FormatFloat") ? "; none for one digit" : "";
  }

  /** What appends the text itself. */
  private static String appender(Func f) {
    boolean isFormat = Types.isFunction(f, "fmt", "Sprintf", "Sprint", "Sprintln");
    return "append the text itself, with "
        + (isFormat
            ? "fmt.Append" + f.name().substring("Sprint".length()) + " (Go 1.19)"
            : f.name().equals("Itoa")
                ? "strconv.AppendInt"
                : "strconv.Append" + f.name().replace("Format", ""));
  }

  private void report(RuleContext ctx, Expr.CallExpr append, Expr.CallExpr text, Func f) {
    Rewrite rewrite = ctx.rewrite(append);
    String changed = new AppendedText(ctx.types(), rewrite).change(append, text);
    boolean isFloat = f.name().equals("FormatFloat");
    ctx.report(this, append)
        .warnInLoop()
        .cost(1, Cost.UNKNOWN, "the string" + free(text, f))
        .fix(
            new Fix(
                changed != null ? changed : appender(f),
                "no string",
                isFloat
                    ? "digits are appended one by one, so that a full buffer may grow twice"
                    : "",
                rewrite.edits()))
        .message(ExprPrinter.toString(text.fun()) + " makes a string that is only appended");
  }
}
