package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.edit.LoopBody;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A defer in a loop: nothing of it happens before the function returns, and each round takes a
 * record from the pool and, if there are arguments, a closure from the heap.
 */
final class DeferInLoop extends SimpleRule {
  private static final Set<String> RELEASES =
      Set.of("Close", "Stop", "Release", "Free", "Unlock", "RUnlock", "Cancel");

  DeferInLoop() {
    super(
        "defer-in-loop",
        Question.HOW_MANY,
        Severity.WARNING,
        "a defer in a loop, which is held until the function returns");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.CallStmt s : ctx.tree().all(Stmt.CallStmt.class)) {
      Stmt.ForStmt loop = s.defer() ? ctx.tree().loop(s) : null;
      if (loop != null
          && ctx.tree().isInLoop(s)
          && !isOverOne(loop)
          && !leaves(ctx, s, loop)
          && !waits(ctx, s, loop)) {
        report(ctx, s, loop);
      }
    }
  }

  /** {@code range []string{name}}. */
  private static boolean isOverOne(Stmt.ForStmt loop) {
    return loop.init() instanceof Stmt.RangeClause range
        && Syntax.unparen(range.x()) instanceof Expr.CompositeLit list
        && list.elems().size() <= 1;
  }

  /** Reports whether the round in which the defer is met is the last one. */
  private static boolean leaves(RuleContext ctx, Stmt s, Stmt.ForStmt loop) {
    Stmt at = s;
    while (true) {
      List<Stmt> following = ctx.tree().following(at);
      if (!following.isEmpty()) {
        Stmt last = following.getLast();
        if (last instanceof Stmt.ReturnStmt
            || (last instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)) {
          return true;
        }
      }
      Stmt outer = ctx.tree().listed(ctx.tree().parent(at) instanceof Stmt p ? p : loop);
      if (outer == null || Tree.same(outer, loop) || !ctx.tree().isWithin(outer, loop.body())) {
        return false;
      }
      at = outer;
    }
  }

  /** Nothing follows in the round: who defers there means the end of the function. */
  private static boolean endsRound(RuleContext ctx, Stmt s, Stmt.ForStmt loop) {
    Node at = s;
    while (at != null && !Tree.same(at, loop.body())) {
      if (at instanceof Stmt listed && !ctx.tree().following(listed).isEmpty()) {
        return false;
      }
      at = ctx.tree().parent(at);
    }
    return true;
  }

  /**
   * What is released belongs to the round: made and closed by it, and neither stored nor given to a
   * goroutine or a function literal, as far as names tell.
   */
  private static boolean isOfRound(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    Var v = released(ctx, s);
    Stmt.AssignStmt made =
        v == null
            ? null
            : Tree.belowInFunction(loop.body(), Stmt.AssignStmt.class).stream()
                .filter(a ->
                    a.op() == Operator.DEF
                        && Syntax.unpackList(a.lhs()).stream()
                            .anyMatch(lhs -> ctx.types().defined(lhs) == v))
                .findFirst()
                .orElse(null);
    return made != null
        && Tree.same(ctx.tree().loop(made), loop)
        && Syntax.unpackList(made.lhs()).stream()
            .map(ctx.types()::defined)
            .allMatch(d -> d == null || isDoneWith(ctx, d, s, loop));
  }

  /** {@code x.Close()}, {@code cancel()}: the variable, or null. */
  private static @Nullable Var released(RuleContext ctx, Stmt.CallStmt s) {
    if (!(Syntax.unparen(s.call()) instanceof Expr.CallExpr call) || !call.args().isEmpty()) {
      return null;
    }
    return switch (Syntax.unparen(call.fun())) {
      case Expr.SelectorExpr m when RELEASES.contains(m.sel().value()) ->
          ctx.types().variable(m.x());
      case Expr.Name f when f.value().equals("cancel") -> ctx.types().variable(f);
      default -> null; // does something else
    };
  }

  private static boolean isDoneWith(RuleContext ctx, Var v, Stmt.CallStmt s, Stmt.ForStmt loop) {
    Uses uses = new Uses(ctx.tree(), ctx.types());
    return Tree.below(loop.body(), Expr.Name.class).stream()
        .filter(name -> ctx.types().info().use(name) == v && !ctx.tree().isWithin(name, s))
        .allMatch(name ->
            Tree.same(ctx.tree().function(name), ctx.tree().function(s))
                && !isStarted(ctx, name)
                && (Types.isError(v.type()) || !isKept(ctx, uses, name)));
  }

  private static boolean isStarted(RuleContext ctx, Expr.Name name) {
    Stmt.CallStmt go = ctx.tree().enclosing(name, Stmt.CallStmt.class);
    return go != null && Tree.same(ctx.tree().function(go), ctx.tree().function(name));
  }

  /** It, or what a call makes of it, is stored. */
  private static boolean isKept(RuleContext ctx, Uses uses, Expr e) {
    if (uses.isKept(e)) {
      return true;
    }
    Node p = ctx.tree().parentSkippingParens(e);
    return p instanceof Expr.CallExpr call
        && call.args().contains(e)
        && mayHold(ctx.types().of(call))
        && uses.mayBeKept(call);
  }

  private static boolean mayHold(@Nullable Type t) {
    return t != null && !(t.underlying() instanceof Basic) && !Types.isError(t);
  }

  /** What is deferred looks at a variable that gets its value after the loop. */
  private static boolean waits(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(loop));
    int end = ctx.extents().end(loop);
    return body != null
        && Tree.belowInFunction(body, Stmt.AssignStmt.class).stream()
            .filter(a -> a.pos() >= end)
            .flatMap(a -> Syntax.unpackList(a.lhs()).stream())
            .map(ctx.types()::variable)
            .anyMatch(v -> v != null && isSeenByLiteral(ctx, s, v));
  }

  private static boolean isSeenByLiteral(RuleContext ctx, Stmt.CallStmt s, Var v) {
    return Tree.below(s.call(), Expr.FuncLit.class).stream()
        .anyMatch(f -> Tree.any(f, n -> n instanceof Expr e && ctx.types().isUse(e, v)));
  }

  private void report(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    StatementClosures closures = StatementClosures.of(ctx, s);
    ctx.report(this, s)
        .notCold()
        .because(loop, "each round of this loop defers one more call")
        .cost(
            closures.count() > 0 ? closures.count() : Cost.UNKNOWN,
            closures.count() > 0 ? closures.bytes() : Cost.UNKNOWN,
            switch (closures.count()) {
              case 0 -> "a pooled record each time";
              case 1 -> "the closure for the deferred call";
              default -> "the closure for the deferred call and the one in it";
            })
        .fix(endsRound(ctx, s, loop) || !isOfRound(ctx, s, loop) ? null : fix(ctx, s, loop))
        .message(
            "deferred in a loop: runs only when the function returns, once for each round that gets"
                + " here");
  }

  private static Fix fix(RuleContext ctx, Stmt.CallStmt s, Stmt.ForStmt loop) {
    Rewrite rewrite = ctx.rewrite(loop);
    if (Tree.same(ctx.tree().parent(s), loop.body())) {
      new LoopBody(ctx.tree(), ctx.types(), ctx.extents(), rewrite).enclose(loop);
    }
    return new Fix(
        "where nothing needs it after the round, move the body of the loop to a function of its"
            + " own, or release by hand at the end of the round",
        "released in each round, no allocation for the defer",
        "what is deferred runs at the end of each round, not of the function",
        rewrite.edits());
  }
}
