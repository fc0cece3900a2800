package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Slice;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Memory is asked back from the runtime while a variable that was made in the same function, or a
 * package variable that it has just used, still refers to much of it.
 */
final class LiveReferenceAtRelease extends SimpleRule {
  private static final long LARGE_BYTES = 64 << 10;

  LiveReferenceAtRelease() {
    super(
        "live-reference-at-release",
        Question.WHO,
        Severity.WARNING,
        "memory is asked back while it is still referenced");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      boolean releases =
          ctx.types().isCall(call, "runtime/debug", "FreeOSMemory")
              || ctx.types().isCall(call, "runtime", "GC");
      Stmt.BlockStmt body = releases ? Tree.body(ctx.tree().function(call)) : null;
      if (body != null) {
        for (Var v : large(ctx, body, call)) {
          report(ctx, call, v, body);
        }
      }
    }
  }

  /** The variables that refer to something large before the call, and are used after it. */
  private static Set<Var> large(RuleContext ctx, Stmt.BlockStmt body, Expr.CallExpr release) {
    Set<Var> live = new LinkedHashSet<>();
    for (Stmt.AssignStmt s : Tree.belowInFunction(body, Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      if (s.pos() < release.pos() && value != null) {
        Var v = ctx.types().variable(s.lhs());
        if (v != null && isLarge(ctx, value)) {
          live.add(v);
        } else if (v != null) {
          live.remove(v); // it refers to something else now
        }
      } else if (s.pos() < release.pos() && s.rhs() != null && isLarge(ctx, s.rhs())) {
        Var v = ctx.types().variable(Syntax.unpackList(s.lhs()).getFirst());
        if (v != null) {
          live.add(v);
        }
      }
    }
    live.removeIf(v -> !isUsedAfter(ctx, v, body, release));
    return live;
  }

  private static boolean isLarge(RuleContext ctx, Expr value) {
    if (ctx.types().builtin(value) == BuiltinId.MAKE
        && Syntax.unparen(value) instanceof Expr.CallExpr call) {
      if (ctx.types().underlying(call) instanceof MapType) {
        return true;
      }
      return ctx.types().underlying(call) instanceof Slice s
          && call.args().size() > 1
          && isLarge(ctx, call.args().getLast(), ctx.types().sizeBytes(s.elem()));
    }
    return ctx.types().isCall(value, "os", "ReadFile")
        || ctx.types().isCall(value, "io", "ReadAll");
  }

  private static boolean isLarge(RuleContext ctx, Expr count, long elemBytes) {
    long n = ctx.types().intOr(count, Long.MAX_VALUE);
    return elemBytes > 0 && n >= LARGE_BYTES / elemBytes;
  }

  /** A local variable that is not used any more refers to nothing, for the collector. */
  private static boolean isUsedAfter(
      RuleContext ctx, Var v, Stmt.BlockStmt body, Expr.CallExpr release) {
    if (v.kind() == VarKind.PACKAGE) {
      return true;
    }
    List<Expr.Name> names = Tree.below(body, Expr.Name.class);
    Stmt.ForStmt loop = ctx.tree().loop(release);
    for (Expr.Name name : names) {
      if (ctx.types().info().use(name) == v
          && (name.pos() > release.pos()
              || (loop != null && ctx.tree().isWithin(name, loop) && v.pos() < loop.pos()))) {
        return !isOverwritten(ctx, name);
      }
    }
    return false;
  }

  /** The next that happens to the variable is that it gets another value. */
  private static boolean isOverwritten(RuleContext ctx, Expr.Name name) {
    return ctx.tree().parent(name) instanceof Stmt.AssignStmt s
        && s.op() == null
        && Tree.same(s.lhs(), name);
  }

  private void report(RuleContext ctx, Expr.CallExpr call, Var v, Stmt.BlockStmt body) {
    var report = ctx.report(this, call).notCold();
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v && name.pos() > call.pos()) {
        report.because(name, v.name() + " is used again here");
        break;
      }
    }
    report
        .cost(
            Cost.UNKNOWN, Cost.UNKNOWN, "nothing of what " + v.name() + " refers to is given back")
        .fix(
            "drop the reference before: " + v.name() + " = nil",
            "the collection, which the call does itself, finds it free")
        .message(
            RuleContext.text(call)
                + " gives nothing of "
                + v.name()
                + " back: it is still referenced");
  }
}
