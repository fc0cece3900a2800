package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.MapType;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A large struct or array is copied in each round of a loop: as an argument, receiver or result of
 * a call that is not inlined, or as the value of a range.
 */
final class LargeValueCopy extends SimpleRule {
  /** What is copied in some ten nanoseconds; below, a copy is no worse than the pointer. */
  private static final long LARGE_BYTES = 256;

  LargeValueCopy() {
    super(
        "large-value-copy",
        Question.OTHER,
        Severity.INFO,
        "a large struct is copied in each round of a loop");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.RangeClause range : ctx.tree().all(Stmt.RangeClause.class)) {
      List<Expr> targets = Syntax.unpackList(range.lhs());
      if (targets.size() == 2
          && !(targets.get(1) instanceof Expr.Name n && n.isBlank())
          && isLarge(ctx, ctx.types().of(targets.get(1)))) {
        report(
            ctx,
            targets.get(1),
            ctx.types().of(targets.get(1)),
            "each element is copied to " + RuleContext.text(targets.get(1)),
            ctx.types().underlying(range.x()) instanceof MapType
                ? "let the map have pointers as values"
                : "range over the index and take the address of the element");
      }
    }
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      Func f = ctx.calls().function(d);
      if (f != null
          && d.body() != null
          && !ctx.calls().isInlinable(d)
          && ctx.calls().isCalledInLoop(f)) {
        check(ctx, d.recv(), "receiver");
        d.type().params().forEach(p -> check(ctx, p, "parameter"));
      }
    }
  }

  private void check(RuleContext ctx, @Nullable Field param, String role) {
    Expr.Name name = param == null ? null : param.name();
    Type t = name == null ? null : ctx.types().of(name);
    if (name != null && !name.isBlank() && isLarge(ctx, t)) {
      report(
          ctx,
          name,
          t,
          role + " " + name.value() + " is copied in each call, and calls are made in a loop",
          "take a pointer");
    }
  }

  private static boolean isLarge(RuleContext ctx, @Nullable Type t) {
    return t != null
        && (t.underlying() instanceof Struct || t.underlying() instanceof Array)
        && ctx.types().sizeBytes(t) >= LARGE_BYTES;
  }

  private void report(RuleContext ctx, Expr at, @Nullable Type t, String message, String fix) {
    long size = ctx.types().sizeBytes(t);
    ctx.report(this, at)
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "a copy of " + size + " bytes each time; no allocation")
        .fix(fix, "no copy")
        .message(message + ": " + size + " bytes of " + ctx.types().text(t));
  }
}
