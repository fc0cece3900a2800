package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.RegexpVariables;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression whose pattern is constant is compiled in each call of a function. What is
 * kept for later calls, in a package variable or a field, or made by a function literal, which may
 * be called once, is left alone.
 */
final class RegexpCompiledPerCall extends SimpleRule {
  RegexpCompiledPerCall() {
    super(
        "regexp-compiled-per-call",
        Question.HOW_MANY,
        Severity.WARNING,
        "a regular expression with a constant pattern is compiled in each call");
  }

  @Override
  public void check(RuleContext ctx) {
    var variables = new RegexpVariables(ctx.tree(), ctx.types(), ctx.extents());
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Func callee = ctx.types().callee(call);
      if (callee == null || call.args().isEmpty()) {
        continue;
      }
      String pattern = ctx.types().stringOf(call.args().getFirst());
      if (pattern == null || !runsPerCall(ctx, call)) {
        continue;
      }
      if (Types.isFunction(callee, "regexp", "MustCompile", "MustCompilePOSIX")) {
        if (isUsedHere(ctx, call)) {
          report(ctx, call, moved(ctx, call, pattern, variables));
        }
      } else if (Types.isFunction(callee, "regexp", "Match", "MatchString", "MatchReader")) {
        report(ctx, call, null);
      }
    }
  }

  private static boolean runsPerCall(RuleContext ctx, Expr.CallExpr call) {
    Decl.FuncDecl f = ctx.tree().declaration(call);
    if (f == null || ctx.tree().enclosing(call, Expr.FuncLit.class) != null) {
      return false;
    }
    String name = f.name().value();
    return !(f.recv() == null && name.equals("init"))
        && (ctx.tree().isInLoop(call) || !ctx.calls().isRunOnce(f));
  }

  /** A method is called on it at once, or it is the value of a new variable that is not changed. */
  private static boolean isUsedHere(RuleContext ctx, Expr.CallExpr call) {
    return switch (ctx.tree().parentSkippingParens(call)) {
      case Expr.SelectorExpr s -> !s.sel().value().equals("Longest");
      case Stmt.AssignStmt s -> s.op() == Operator.DEF && isOnlyCalled(ctx, s, s.lhs());
      case Decl.VarDecl d -> d.names().size() == 1 && isOnlyCalled(ctx, d, d.names().getFirst());
      case null, default -> false; // kept, or changed by somebody
    };
  }

  private static boolean isOnlyCalled(RuleContext ctx, Node declared, Expr lhs) {
    Var v = ctx.types().defined(lhs);
    Decl.FuncDecl f = ctx.tree().declaration(declared);
    if (v == null || f == null) {
      return false;
    }
    for (Expr.Name name : dev.escapade.advice.code.Tree.below(f, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v
          && !(ctx.tree().parent(name) instanceof Expr.SelectorExpr s
              && !s.sel().value().equals("Longest"))) {
        return false;
      }
    }
    return true;
  }

  private static Fix moved(
      RuleContext ctx, Expr.CallExpr call, String pattern, RegexpVariables variables) {
    Rewrite rewrite = ctx.rewrite(call);
    variables.move(rewrite, call, pattern);
    return new Fix(
        "compile it once, in a package variable",
        "nothing is compiled in a call",
        "the pattern is compiled when the program starts, whether it is needed or not, and panics"
            + " there if it is wrong",
        rewrite.edits());
  }

  private void report(RuleContext ctx, Expr.CallExpr call, @Nullable Fix fix) {
    ctx.report(this, call)
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "10 allocations and more, for the parsed pattern and its program")
        .fix(
            fix != null
                ? fix
                : Fix.of(
                    "compile it once, in a package variable, and call its method",
                    "nothing is compiled in a call"))
        .message(RuleContext.text(call) + " compiles the same pattern each time");
  }
}
