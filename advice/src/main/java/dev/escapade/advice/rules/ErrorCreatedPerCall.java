package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.ErrorVariables;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Func;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error whose text is fixed is made in a function instead of once in a package variable. Also
 * found on cold paths: the variable costs nothing, and callers can compare with it.
 */
final class ErrorCreatedPerCall implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "error-created-per-call",
          "an error with a fixed text is made anew in each call",
          Question.HOW_MANY,
          Severity.INFO);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(RuleContext ctx) {
    Types types = ctx.types();
    var variables = new ErrorVariables(ctx.tree(), types, ctx.extents());
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Func callee = types.callee(call);
      if (callee == null || call.args().size() != 1 || call.hasDots()) {
        continue;
      }
      boolean isNew = Types.isFunction(callee, "errors", "New");
      boolean isFormat = Types.isFunction(callee, "fmt", "Errorf");
      String text = isNew || isFormat ? types.stringOf(call.args().getFirst()) : null;
      if (text != null
          && !(isFormat && text.contains("%"))
          && runsPerCall(ctx, call)
          && !staysInFrame(ctx, call)) {
        report(ctx, call, isNew, text, variables);
      }
    }
  }

  private static boolean runsPerCall(RuleContext ctx, Expr.CallExpr call) {
    Decl.FuncDecl f = ctx.tree().declaration(call);
    return f != null && !isStart(f) && !isLast(ctx, call) && !isOnce(ctx, call);
  }

  /** In a function literal that package sync calls once. */
  private static boolean isOnce(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().function(call) instanceof Expr.FuncLit f
        && ctx.tree().parentSkippingParens(f) instanceof Expr.CallExpr outer
        && (ctx.types().isMethodCall(outer, "sync", "Once", "Do")
            || ctx.types().isCall(outer, "sync", "OnceFunc", "OnceValue", "OnceValues"));
  }

  /** The error of a call that is inlined, as both are, goes nowhere. */
  private static boolean staysInFrame(RuleContext ctx, Expr.CallExpr call) {
    List<Site> made =
        ctx.sites().inlinedAt(call.pos()).stream().filter(s -> s.kind() == Site.Kind.NEW).toList();
    return !made.isEmpty() && made.stream().noneMatch(Site::onHeap);
  }

  private static boolean isStart(Decl.@Nullable FuncDecl f) {
    return f != null
        && f.recv() == null
        && (f.name().value().equals("init") || f.name().value().equals("main"));
  }

  /** It is made once, as the program ends with it. */
  private static boolean isLast(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().parentSkippingParens(call) instanceof Expr.CallExpr around
        && ctx.coldness().isGivingUp(around);
  }

  private void report(
      RuleContext ctx, Expr.CallExpr call, boolean isNew, String text, ErrorVariables variables) {
    Rewrite rewrite = ctx.rewrite(call);
    String declaration = variables.move(rewrite, call, text);
    Decl.FuncDecl around = ctx.tree().declaration(call);
    boolean isInlinable =
        around != null
            && ctx.tree().enclosing(call, Stmt.ReturnStmt.class) != null
            && ctx.calls().isInlinable(around);
    String made = isNew ? "errors.New" : "fmt.Errorf";
    ctx.report(this, call)
        .warnInLoop()
        .notCold()
        .cost(
            1,
            16,
            "the error value"
                + (isInlinable
                    ? "; none where the function is inlined and the caller keeps it to itself"
                    : ""))
        .fix(
            new Fix(
                "make it once: " + declaration + " at package level",
                "no allocation",
                "errors of different calls are one and the same value",
                rewrite.edits()))
        .message(made + " makes the same error anew in each call");
  }
}
