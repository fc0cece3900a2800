package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Pragma;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Func;
import java.util.List;

/** A directive forbids to inline a function that is small, and called in a loop. */
final class NoinlineOnHotPath extends SimpleRule {
  NoinlineOnHotPath() {
    super(
        "noinline-on-hot-path",
        Question.HOW_MANY,
        Severity.INFO,
        "a small function that is called in a loop is marked go:noinline");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      Pragma pragma = d.pragma();
      Func f = ctx.calls().function(d);
      Stmt.BlockStmt body = d.body();
      if (pragma == null
          || body == null
          || f == null
          || !pragma.has(Pragma.Flag.NOINLINE)
          || body.list().isEmpty()
          || looksAtFrames(ctx, body)
          || ctx.inlineCost().of(body) > ctx.inlineCost().budget()) {
        continue;
      }
      for (Expr.CallExpr call : ctx.calls().of(f)) {
        if (ctx.tree().isInLoop(call)) {
          report(ctx, d, pragma, call);
          break;
        }
      }
    }
  }

  /** What asks for its callers, or recovers, has to have a frame. */
  private static boolean looksAtFrames(RuleContext ctx, Stmt.BlockStmt body) {
    return Tree.any(
        body,
        n ->
            n instanceof Expr.CallExpr call
                && (ctx.types().isCall(call, "runtime")
                    || ctx.types().builtin(call) == dev.escapade.types.BuiltinId.RECOVER));
  }

  private void report(RuleContext ctx, Decl.FuncDecl d, Pragma pragma, Expr.CallExpr call) {
    Place name = ctx.extents().of(d.name());
    List<TextEdit> edits = List.of();
    for (Pragma.Use use : pragma.uses()) {
      byte[] content = ctx.extents().content(name.file());
      if (use.flag() == Pragma.Flag.NOINLINE && content != null) {
        int offset = ctx.unit().sources().file(use.pos()).offset(use.pos());
        int start = offset;
        while (start > 0 && content[start - 1] != '\n') {
          start--;
        }
        int end = offset;
        while (end < content.length && content[end] != '\n') {
          end++;
        }
        edits = List.of(new TextEdit(name.file(), start, Math.min(end + 1, content.length), ""));
      }
    }
    ctx.report(this, d.name())
        .because(call, "called in a loop")
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "a call each time, and what inlining would make possible")
        .fix(
            new Fix(
                "remove the directive, unless it is there for a reason",
                "the body takes the place of the call",
                "stack traces and profiles show the function as inlined",
                edits))
        .message(d.name().value() + " is small and called in a loop, but marked go:noinline");
  }
}
