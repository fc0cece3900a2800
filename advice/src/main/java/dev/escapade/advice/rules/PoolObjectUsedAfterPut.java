package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Pools;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * Memory of an object is used after the object went back to its pool: somebody else may write to
 * it. With a deferred Put, that is what the function returns.
 */
final class PoolObjectUsedAfterPut extends SimpleRule {
  PoolObjectUsedAfterPut() {
    super(
        "pool-object-used-after-put",
        Question.WHO,
        Severity.WARNING,
        "memory of a pooled object is used or returned after Put");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Pools.Put put : new Pools(ctx.tree(), ctx.types()).puts()) {
      if (put.deferred() != null) {
        returned(ctx, put);
      } else {
        following(ctx, put);
      }
    }
  }

  private void returned(RuleContext ctx, Pools.Put put) {
    for (Stmt.ReturnStmt r : Tree.belowInFunction(put.body(), Stmt.ReturnStmt.class)) {
      for (Expr e : Syntax.unpackList(r.results())) {
        Expr part = sharedPart(ctx, e, put.object(), put.body());
        if (part != null && r.pos() > put.object().pos()) {
          report(ctx, e, put, "is returned, but the deferred Put gives it to others");
        }
      }
    }
  }

  private void following(RuleContext ctx, Pools.Put put) {
    Stmt s = ctx.tree().listed(put.call());
    if (s == null) {
      return;
    }
    for (Stmt next : ctx.tree().following(s)) {
      if (next instanceof Stmt.AssignStmt a && ctx.types().isUse(a.lhs(), put.object())) {
        return;
      }
      for (Expr.Name name : Tree.below(next, Expr.Name.class)) {
        if (ctx.types().info().use(name) == put.object() && !isAnotherPut(ctx, name)) {
          report(ctx, name, put, "is used after it went back to the pool");
          return;
        }
      }
      if (next instanceof Stmt.ReturnStmt r) {
        for (Expr e : Syntax.unpackList(r.results())) {
          if (sharedPart(ctx, e, put.object(), put.body()) != null) {
            report(ctx, e, put, "is returned after its object went back to the pool");
          }
        }
      }
    }
  }

  private static boolean isAnotherPut(RuleContext ctx, Expr.Name name) {
    return ctx.tree().parentSkippingParens(name) instanceof Expr.CallExpr call
        && ctx.types().isMethodCall(call, "sync", "Pool", "Put");
  }

  /** The part of {@code object} that {@code e} shares memory with, or null if it shares none. */
  private static @Nullable Expr sharedPart(
      RuleContext ctx, Expr e, Var object, Stmt.BlockStmt body) {
    Expr x = Syntax.unparen(e);
    Type t = ctx.types().underlying(x);
    if (t == null || !(t instanceof Slice || t instanceof Pointer)) {
      return null;
    }
    if (isPart(ctx, x, object)) {
      return x;
    }
    Var v = ctx.types().variable(x);
    if (v != null && v != object) {
      for (Stmt.AssignStmt s : Tree.belowInFunction(body, Stmt.AssignStmt.class)) {
        Expr value = Types.singleRight(s);
        if (value != null && ctx.types().isUse(s.lhs(), v) && isPart(ctx, value, object)) {
          return value;
        }
      }
    }
    return null;
  }

  /** The object, a field, a slice or the bytes of a buffer. */
  private static boolean isPart(RuleContext ctx, Expr e, Var object) {
    Node x = Syntax.unparen(e);
    while (true) {
      switch (x) {
        case Expr.SelectorExpr s when ctx.types().field(s) != null -> x = Syntax.unparen(s.x());
        case Expr.SliceExpr s -> x = Syntax.unparen(s.x());
        case Expr.UnaryExpr u -> x = Syntax.unparen(u.x());
        case Expr.CallExpr call
            when ctx.types().isMethodCall(call, "bytes", "Buffer", "Bytes", "Next") -> {
          Expr receiver = ctx.types().receiver(call);
          if (receiver == null) {
            return false;
          }
          x = Syntax.unparen(receiver);
        }
        case Expr.Name n -> {
          return ctx.types().isUse(n, object);
        }
        default -> {
          return false;
        }
      }
    }
  }

  private void report(RuleContext ctx, Expr e, Pools.Put put, String what) {
    ctx.report(this, e)
        .notCold()
        .because(
            put.deferred() != null ? put.deferred() : put.call(),
            put.object().name() + " goes back to the pool here")
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "the next user of the object overwrites it")
        .fix(
            "copy what is needed before the Put, as bytes.Clone does, or return a string",
            "1 allocation, which is what the result costs without a pool as well")
        .message(RuleContext.text(e) + " " + what);
  }
}
