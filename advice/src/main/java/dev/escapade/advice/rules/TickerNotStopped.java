package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.RuleContext.Report;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.GoVersion;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticker or timer is made in a function that returns without stopping it. In modules of Go 1.23
 * and later it goes with the last reference to it, so that this is only a note there; in older ones
 * the runtime keeps it, a ticker for ever (package time, "NewTicker").
 */
final class TickerNotStopped extends SimpleRule {
  private static final String FOR_EVER = "the ticker and its channel, for ever";

  private static final GoVersion COLLECTED = GoVersion.parse("go1.23");

  TickerNotStopped() {
    super(
        "ticker-not-stopped",
        Question.WHO,
        Severity.WARNING,
        "a ticker or timer is left running when the function returns");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      if (s.op() == Operator.DEF
          && s.rhs() instanceof Expr.CallExpr call
          && ctx.types().isCall(call, "time", "NewTicker", "NewTimer")) {
        Var v = ctx.types().defined(s.lhs());
        Stmt.BlockStmt body = Tree.body(ctx.tree().function(s));
        if (v != null
            && body != null
            && isDropped(ctx, v, body)
            && mayEnd(ctx, s, body)
            && !(ctx.types().isCall(call, "time", "NewTimer") && hasFired(ctx, v, s))) {
          report(ctx, s, call, v);
        }
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().isCall(call, "time", "Tick") && mayEnd(ctx, call)) {
        reportTick(ctx, call);
      }
      if (ctx.types().isCall(call, "time", "After") && isInSelectOfLoop(ctx, call)) {
        reportAfter(ctx, call);
      }
    }
  }

  /**
   * Never stopped, nor given to anybody: only its channel, and Reset, are used, and in the function
   * itself, as a goroutine may go on when the function has returned.
   */
  private static boolean isDropped(RuleContext ctx, Var v, Stmt.BlockStmt body) {
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v) {
        Node p = ctx.tree().parent(name);
        if (!(p instanceof Expr.SelectorExpr s)
            || !Tree.same(Tree.body(ctx.tree().function(name)), body)
            || s.sel().value().equals("Stop")
            || (s.sel().value().equals("C") && isHandedOn(ctx, s))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The function cannot go on before the timer has fired: it waits for it, and for nothing else.
   */
  private static boolean hasFired(RuleContext ctx, Var v, Stmt.AssignStmt made) {
    for (Stmt s : ctx.tree().following(made)) {
      if ((s instanceof Stmt.ExprStmt e && isReceive(ctx, e, v)) || isLeftByTick(ctx, s, v)) {
        return true;
      }
      if (!Tree.belowInFunction(s, Stmt.ReturnStmt.class).isEmpty()) {
        return false;
      }
    }
    return false;
  }

  private static boolean isReceive(RuleContext ctx, Stmt.@Nullable Simple s, Var v) {
    Expr x =
        switch (s) {
          case Stmt.ExprStmt e -> e.x();
          case Stmt.AssignStmt a -> a.rhs();
          case null, default -> null; // receives nothing
        };
    return x != null
        && Syntax.unparen(x) instanceof Expr.UnaryExpr receive
        && receive.op() == Operator.RECV
        && Syntax.unparen(receive.x()) instanceof Expr.SelectorExpr channel
        && ctx.types().isUse(channel.x(), v);
  }

  /** A loop without an end that only the case of a select leaves which receives from the timer. */
  private static boolean isLeftByTick(RuleContext ctx, Stmt s, Var v) {
    return (s instanceof Stmt.LabeledStmt l ? l.stmt() : s) instanceof Stmt.ForStmt loop
        && loop.cond() == null
        && loop.init() == null
        && !Tree.any(loop, n -> n instanceof Expr.SelectorExpr r && r.sel().value().equals("Reset"))
        && Tree.belowInFunction(loop.body(), Stmt.class).stream()
            .filter(exit ->
                exit instanceof Stmt.ReturnStmt
                    || (exit instanceof Stmt.BranchStmt b
                        && b.kind() != Stmt.BranchKind.CONTINUE
                        && b.kind() != Stmt.BranchKind.FALLTHROUGH))
            .allMatch(exit -> isOnTick(ctx, exit, loop, v));
  }

  private static boolean isOnTick(RuleContext ctx, Stmt exit, Stmt.ForStmt loop, Var v) {
    CommClause clause = ctx.tree().enclosing(exit, CommClause.class);
    return clause != null && ctx.tree().isWithin(clause, loop) && isReceive(ctx, clause.comm(), v);
  }

  /** A channel that is returned, stored or passed keeps the timer in use. */
  private static boolean isHandedOn(RuleContext ctx, Expr.SelectorExpr channel) {
    Node p = ctx.tree().parentSkippingParens(channel);
    return !(p instanceof Expr.UnaryExpr) && !(p instanceof Stmt.RangeClause);
  }

  /** The channel of a ticker, which nobody closes. */
  private static boolean isTicks(RuleContext ctx, Expr e) {
    Expr x = Syntax.unparen(e);
    if (ctx.types().isCall(x, "time", "Tick")) {
      return true;
    }
    if (x instanceof Expr.SelectorExpr s) {
      Type t = ctx.types().of(s.x());
      return s.sel().value().equals("C")
          && t != null
          && Types.isNamed(Types.deref(t), "time", "Ticker");
    }
    Var v = ctx.types().variable(x);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    return v != null
        && body != null
        && Tree.belowInFunction(body, Stmt.AssignStmt.class).stream()
            .anyMatch(s ->
                ctx.types().defined(s.lhs()) == v
                    && ctx.types().isCall(Types.singleRight(s), "time", "Tick"));
  }

  /** What main leaves behind ends with the program. */
  private static boolean isMain(RuleContext ctx, Node n) {
    return ctx.tree().function(n) instanceof Decl.FuncDecl d
        && d.recv() == null
        && d.name().value().equals("main")
        && ctx.types().pkg().name().equals("main");
  }

  /** Reports whether the function can return after the timer has been made. */
  private static boolean mayEnd(RuleContext ctx, Stmt s, Stmt.BlockStmt body) {
    if (isMain(ctx, s)) {
      return false;
    }
    if (Tree.belowInFunction(body, Stmt.ReturnStmt.class).stream()
        .anyMatch(r -> r.pos() > s.pos())) {
      return true;
    }
    List<Stmt> list = body.list();
    return list.isEmpty()
        || !(list.getLast() instanceof Stmt.ForStmt loop
            && loop.cond() == null
            && (!(loop.init() instanceof Stmt.RangeClause range) || isTicks(ctx, range.x()))
            && !Tree.any(
                loop.body(),
                n -> n instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)
            && ctx.tree().isWithin(loop, body));
  }

  /** A ticker that cannot be stopped, in a function that may return. */
  private static boolean mayEnd(RuleContext ctx, Expr.CallExpr tick) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(tick));
    Stmt s = ctx.tree().listed(tick);
    return body != null
        && s != null
        && !isMain(ctx, s)
        && (Tree.belowInFunction(body, Stmt.ReturnStmt.class).stream()
                .anyMatch(r -> r.pos() > tick.pos())
            || (!(s instanceof Stmt.ForStmt) && mayEnd(ctx, s, body)));
  }

  /** A report at {@code n} that says what is kept: {@code kept}, unless it is collected. */
  private Report begun(RuleContext ctx, Node n, boolean collected, String kept) {
    return ctx.report(this, n)
        .notCold()
        .severity(collected ? Severity.NOTE : Severity.WARNING)
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            collected
                ? "it goes with the last reference, as the module asks for Go 1.23 or later"
                : kept);
  }

  private void reportTick(RuleContext ctx, Expr.CallExpr call) {
    boolean collected = isCollected(ctx, call);
    begun(ctx, call, collected, FOR_EVER)
        .fix("make it with time.NewTicker and defer its Stop", collected ? "" : "nothing is kept")
        .message("time.Tick makes a ticker that nobody can stop, and the function may return");
  }

  private static boolean isInSelectOfLoop(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().isInLoop(call)
        && ctx.tree().enclosing(call, CommClause.class) != null
        && ctx.tree().parent(call) instanceof Expr.UnaryExpr u
        && !(ctx.tree().parent(u) instanceof Stmt.BlockStmt);
  }

  private static boolean isCollected(RuleContext ctx, Node n) {
    for (dev.escapade.syntax.File file : ctx.tree().files()) {
      if (file.source().contains(n.pos())) {
        GoVersion v = ctx.types().info().fileVersion(file);
        return v.equals(GoVersion.NONE) || v.compareTo(COLLECTED) >= 0;
      }
    }
    return true;
  }

  private void report(RuleContext ctx, Stmt.AssignStmt s, Expr.CallExpr call, Var v) {
    boolean isTicker = ctx.types().isCall(call, "time", "NewTicker");
    boolean collected = isCollected(ctx, s);
    Report report =
        begun(ctx, s, collected, isTicker ? FOR_EVER : "the timer and its channel, until it fires");
    Rewrite rewrite = ctx.rewrite(s);
    boolean isForRound = ctx.tree().isInLoop(s);
    if (rewrite.isListed(s) && !isForRound) {
      rewrite.lineAfter(s, "defer " + v.name() + ".Stop()");
    }
    report
        .fix(
            new Fix(
                isForRound
                    ? v.name() + ".Stop() on each way out of the round"
                    : "defer " + v.name() + ".Stop()",
                collected ? "" : "nothing is kept",
                "",
                rewrite.edits()))
        .message(
            (isTicker ? "ticker " : "timer ")
                + v.name()
                + (collected
                    ? " is not stopped when the function returns; modules before Go 1.23 would keep"
                        + (isTicker ? " it" : " it until it fires")
                    : " is kept by the runtime: it is not stopped when the function returns"));
  }

  private void reportAfter(RuleContext ctx, Expr.CallExpr call) {
    boolean collected = isCollected(ctx, call);
    boolean kept = !collected && mayGoOnBefore(ctx, call);
    ctx.report(this, call)
        .notCold()
        .severity(kept ? Severity.WARNING : Severity.INFO)
        .cost(
            3,
            Cost.UNKNOWN,
            kept ? "kept until it fires, however often the loop goes round before" : "")
        .fix(
            "make one timer before the loop and Reset it before each wait"
                + (collected ? "" : ", stopped and drained if it has not fired"),
            "no allocation in the loop")
        .message("time.After makes a new timer each time that the loop gets here");
  }

  /** Another case of the select may go on to the next round. */
  private static boolean mayGoOnBefore(RuleContext ctx, Expr.CallExpr call) {
    CommClause clause = ctx.tree().enclosing(call, CommClause.class);
    return clause != null
        && ctx.tree().parent(clause) instanceof Stmt.SelectStmt select
        && select.body().stream()
            .anyMatch(other ->
                !Tree.same(other, clause)
                    && (other.body().isEmpty()
                        || !(other.body().getLast() instanceof Stmt.ReturnStmt)
                        || Tree.any(
                            other,
                            n ->
                                n instanceof Stmt.BranchStmt b
                                    && b.kind() == Stmt.BranchKind.CONTINUE)));
  }
}
