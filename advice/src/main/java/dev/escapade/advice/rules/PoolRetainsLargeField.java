package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Pools;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object goes back to a pool with a field that may be very large: a slice or map that some code
 * of the package fills, and that is neither dropped nor looked at before the Put.
 */
final class PoolRetainsLargeField extends SimpleRule {
  PoolRetainsLargeField() {
    super(
        "pool-retains-large-field",
        Question.WHO,
        Severity.WARNING,
        "an object goes back to a pool with a field that may be very large");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Pools.Put put : new Pools(ctx.tree(), ctx.types()).puts()) {
      Type t = Types.deref(put.object().type());
      if (Types.isNamed(t, "bytes", "Buffer")) {
        if (isFilledWithoutBound(ctx, put) && !isMeasured(ctx, put)) {
          report(ctx, put);
        }
        continue;
      }
      if (t.underlying() instanceof Struct s && !isReplaced(ctx, put)) {
        List<Var> kept = new ArrayList<>();
        for (Var f : s.fields()) {
          if (mayBeLarge(f.type()) && isFilled(ctx, f) && !isTouched(ctx, put, f)) {
            kept.add(f);
          }
        }
        if (!kept.isEmpty()) {
          report(ctx, put, kept);
        }
      }
    }
  }

  /** The buffer takes all that a reader has. */
  private static boolean isFilledWithoutBound(RuleContext ctx, Pools.Put put) {
    return Tree.any(
        put.body(),
        n ->
            n instanceof Expr.CallExpr call
                && ((ctx.types().isCall(call, "io", "Copy")
                        && ctx.types().isUse(call.args().getFirst(), put.object()))
                    || (ctx.types().isMethodCall(call, "bytes", "Buffer", "ReadFrom")
                        && ctx.types().isUse(ctx.types().receiver(call), put.object()))));
  }

  private static boolean isMeasured(RuleContext ctx, Pools.Put put) {
    return Tree.any(
        put.body(),
        n ->
            n instanceof Expr.CallExpr call
                && ctx.types().isMethodCall(call, "bytes", "Buffer", "Cap", "Len")
                && ctx.types().isUse(ctx.types().receiver(call), put.object())
                && ctx.tree().parentSkippingParens(call) instanceof Expr.BinaryExpr);
  }

  private void report(RuleContext ctx, Pools.Put put) {
    String object = put.object().name();
    ctx.report(this, put.call())
        .notCold()
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "as large as the largest that was read, for as long as the buffer is used again")
        .fix(
            "put it back only if " + object + ".Cap() is not larger than usual; Reset keeps it all",
            "what is large is collected")
        .message(object + " goes back to the pool with all the room that what it has read took");
  }

  private static boolean mayBeLarge(Type t) {
    return t.underlying() instanceof Slice || t.underlying() instanceof MapType;
  }

  /**
   * Something other than nil, an empty slice or a new map is assigned to the field, by a function
   * that does not watch how long it gets.
   */
  private static boolean isFilled(RuleContext ctx, Var field) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Stmt.BlockStmt body = Tree.body(ctx.tree().function(s));
      if (body != null && Tree.any(body, n -> measures(ctx, n, field))) {
        continue;
      }
      for (Expr target : Syntax.unpackList(s.lhs())) {
        if (ctx.types().field(target) == field
            && s.rhs() != null
            && !isReset(ctx, s, target)
            && !isShared(ctx, Types.right(s, target))
            && !(ctx.types().variable(Types.right(s, target)) != null && isReused(ctx, field))) {
          return true;
        }
        if (Syntax.unparen(target) instanceof Expr.IndexExpr x
            && ctx.types().field(x.x()) == field
            && ctx.types().underlying(x.x()) instanceof MapType) {
          return true;
        }
      }
    }
    return false;
  }

  /** Some code fills the room again that the field has: it is kept on purpose. */
  private static boolean isReused(RuleContext ctx, Var field) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      if (value != null && ctx.types().field(s.lhs()) == field && isReuse(ctx, value)) {
        return true;
      }
    }
    return false;
  }

  /** Some code of the package uses the room of the field again, which is what the pool is for. */
  private static boolean isKeptOnPurpose(RuleContext ctx, Var field) {
    return isReused(ctx, field)
        || ctx.tree().all(Stmt.AssignStmt.class).stream()
            .anyMatch(s -> ctx.types().field(s.lhs()) == field && isWindow(ctx, s, field));
  }

  /** {@code x.f[:n]} is assigned. */
  private static boolean isWindow(RuleContext ctx, Stmt.AssignStmt s, Var field) {
    Expr value = Types.singleRight(s);
    return value != null
        && Syntax.unparen(value) instanceof Expr.SliceExpr window
        && ctx.types().field(window.x()) == field;
  }

  /** The field of something else, which has it anyway. */
  private static boolean isShared(RuleContext ctx, @Nullable Expr value) {
    return ctx.types().field(value) != null;
  }

  private static boolean isReset(RuleContext ctx, Stmt.AssignStmt s, Expr target) {
    Expr value = Types.right(s, target);
    return value != null
        && (ctx.types().isNil(value)
            || Syntax.unparen(value) instanceof Expr.SliceExpr
            || isReuse(ctx, value)
            || ctx.types().builtin(value) == BuiltinId.MAKE);
  }

  /** {@code append(x.f[:0], …)}, or another call that appends: the room is kept on purpose. */
  private static boolean isReuse(RuleContext ctx, Expr value) {
    return Syntax.unparen(value) instanceof Expr.CallExpr call
        && !call.args().isEmpty()
        && Syntax.unparen(call.args().getFirst()) instanceof Expr.SliceExpr s
        && ctx.types().field(s.x()) != null;
  }

  /** {@code *x = T{}}, or a method of x that has Reset in its name. */
  private static boolean isReplaced(RuleContext ctx, Pools.Put put) {
    return Tree.any(
        put.body(),
        n ->
            switch (n) {
              case Stmt.AssignStmt s ->
                  s.lhs() instanceof Expr.UnaryExpr u && ctx.types().isUse(u.x(), put.object());
              case Expr.CallExpr call -> isResetCall(ctx, call, put.object());
              default -> false; // resets nothing
            });
  }

  private static boolean isResetCall(RuleContext ctx, Expr.CallExpr call, Var object) {
    Expr receiver = ctx.types().receiver(call);
    dev.escapade.types.Func f = ctx.types().callee(call);
    if (f == null) {
      return false;
    }
    String name = f.name().toLowerCase(java.util.Locale.ROOT);
    boolean resets =
        name.contains("reset")
            || name.contains("clear")
            || name.contains("free")
            || name.contains("release")
            || name.contains("recycle")
            || name.contains("init");
    return resets
        && ((receiver != null && ctx.types().isUse(receiver, object))
            || call.args().stream().anyMatch(a -> ctx.types().isUse(a, object)));
  }

  /** The field is assigned, cleared or measured in the function that puts the object back. */
  private static boolean isTouched(RuleContext ctx, Pools.Put put, Var field) {
    return Tree.any(put.body(), n -> touches(ctx, n, field));
  }

  private static boolean touches(RuleContext ctx, Node n, Var field) {
    return switch (n) {
      case Stmt.AssignStmt s ->
          Syntax.unpackList(s.lhs()).stream()
              .anyMatch(e -> ctx.types().field(e) == field && isReset(ctx, s, e));
      case Expr.CallExpr call ->
          switch (ctx.types().builtin(call)) {
            case CLEAR -> ctx.types().field(call.args().getFirst()) == field;
            case CAP, LEN -> measures(ctx, call, field);
            case null, default -> false; // another function
          };
      default -> false; // neither
    };
  }

  /** {@code len(x.f) > n}. */
  private static boolean measures(RuleContext ctx, Node n, Var field) {
    return n instanceof Expr.CallExpr call
        && (ctx.types().builtin(call) == BuiltinId.LEN
            || ctx.types().builtin(call) == BuiltinId.CAP)
        && ctx.types().field(call.args().getFirst()) == field
        && ctx.tree().parentSkippingParens(call) instanceof Expr.BinaryExpr b
        && b.op().isComparison();
  }

  private void report(RuleContext ctx, Pools.Put put, List<Var> fields) {
    String names = String.join(", ", fields.stream().map(Var::name).toList());
    String object = put.object().name();
    Rewrite rewrite = ctx.rewrite(put.call());
    boolean onPurpose = fields.stream().anyMatch(f -> isKeptOnPurpose(ctx, f));
    if (!onPurpose
        && ctx.tree().parentSkippingParens(put.call()) instanceof Stmt.ExprStmt s
        && put.deferred() == null
        && rewrite.isListed(s)
        && fields.stream().allMatch(f -> f.type().underlying() instanceof Slice)) {
      rewrite.lineBefore(
          s,
          rewrite.indent(s),
          fields.stream().map(f -> object + "." + f.name() + " = nil").toArray(String[]::new));
    }
    ctx.report(this, put.call())
        .notCold()
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "as large as they ever were, for as long as the object is used again and again")
        .fix(
            new Fix(
                "before the Put"
                    + (onPurpose ? ", if it has more room than is usual: " : ": ")
                    + String.join(
                        "; ",
                        fields.stream().map(f -> object + "." + f.name() + " = nil").toList()),
                "what is large is collected",
                "who takes the object out of the pool finds nothing to use again in the field",
                rewrite.edits()))
        .message(
            object + " goes back to the pool with " + names + ", however large that has become");
  }
}
