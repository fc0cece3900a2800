package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
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
import org.jspecify.annotations.Nullable;

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

  /** The variables and fields that refer to something large at the call, and are used after it. */
  private static Set<Var> large(RuleContext ctx, Stmt.BlockStmt body, Expr.CallExpr release) {
    Set<Var> live = new LinkedHashSet<>();
    for (Node n : Tree.belowInFunction(body, Node.class)) {
      if (n.pos() >= release.pos()) {
        continue;
      }
      if (n instanceof Decl.VarDecl d && d.values() != null && d.names().size() == 1) {
        note(ctx, live, ctx.types().defined(d.names().getFirst()), d.values());
      } else if (n instanceof Stmt.AssignStmt s && s.rhs() != null) {
        List<Expr> targets = Syntax.unpackList(s.lhs());
        for (int i = 0; i < targets.size(); i++) {
          Expr value = Types.right(s, targets.get(i));
          if (value != null || i == 0) {
            note(ctx, live, target(ctx, targets.get(i)), value == null ? s.rhs() : value);
          }
        }
      }
    }
    live.removeIf(v -> !isUsedAfter(ctx, v, body, release));
    return live;
  }

  private static @Nullable Var target(RuleContext ctx, Expr e) {
    Var field = ctx.types().field(e);
    return field != null ? field : ctx.types().variable(e);
  }

  private static void note(RuleContext ctx, Set<Var> live, @Nullable Var v, Expr value) {
    if (v != null && isLarge(ctx, value)) {
      live.add(v);
    } else if (v != null && !isPartOf(ctx, value, v)) {
      live.remove(v); // it refers to something else now
    }
  }

  /** {@code x = x[:n]} and {@code x = append(x, y)}. */
  private static boolean isPartOf(RuleContext ctx, Expr value, Var v) {
    return switch (Syntax.unparen(value)) {
      case Expr.SliceExpr s -> target(ctx, s.x()) == v;
      case Expr.CallExpr call ->
          ctx.types().builtin(call) == BuiltinId.APPEND && target(ctx, call.args().getFirst()) == v;
      default -> false; // another value
    };
  }

  private static boolean isLarge(RuleContext ctx, Expr value) {
    if (!(Syntax.unparen(value) instanceof Expr.CallExpr call)) {
      return false;
    }
    BuiltinId builtin = ctx.types().builtin(call);
    if (builtin == BuiltinId.MAKE) {
      return ctx.types().underlying(call) instanceof MapType
          || (ctx.types().underlying(call) instanceof Slice s
              && call.args().size() > 1
              && isLarge(ctx, call.args().getLast(), ctx.types().sizeBytes(s.elem())));
    }
    if (builtin == BuiltinId.NEW) {
      return ctx.types().sizeBytes(ctx.types().of(call.args().getFirst())) >= LARGE_BYTES;
    }
    return (builtin == BuiltinId.APPEND && ctx.tree().isInLoop(call))
        || ctx.types().isCall(call, "os", "ReadFile")
        || ctx.types().isCall(call, "io", "ReadAll")
        || ctx.types().isCall(call, "bytes", "Repeat")
        || ctx.types().isCall(call, "strings", "Repeat");
  }

  private static boolean isLarge(RuleContext ctx, Expr count, long elemBytes) {
    long n = ctx.types().intOr(count, Long.MAX_VALUE);
    return elemBytes > 0 && n >= LARGE_BYTES / elemBytes;
  }

  /** A local variable that is not used any more refers to nothing, for the collector. */
  private static boolean isUsedAfter(
      RuleContext ctx, Var v, Stmt.BlockStmt body, Expr.CallExpr release) {
    if (v.kind() == VarKind.PACKAGE || v.isField()) {
      return true; // its owner lives on
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
            "drop the reference before: "
                + v.name()
                + " = nil, as far as what follows can do without what it has",
            "the collection, which the call does itself, finds it free")
        .message(
            RuleContext.text(call)
                + " gives nothing of "
                + v.name()
                + " back: it is still referenced");
  }
}
