package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Channel.Kind;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a function can end while a goroutine that it has started still waits to send to it. On
 * the way to its end it must not wait for anything that may come from the goroutine: a function
 * that waits for the goroutine's end ends after it, or never.
 */
final class Departure {
  private static final String WITHOUT = "the function may return without receiving from it";

  private final RuleContext ctx;
  private final Channel channel;
  private final Node function;
  private final long room;

  /**
   * The ends of a function.
   *
   * @param channel what it makes
   * @param room for so many elements that nobody receives
   */
  Departure(RuleContext ctx, Channel channel, Node function, long room) {
    this.ctx = ctx;
    this.channel = channel;
    this.function = function;
    this.room = room;
  }

  /** Why a goroutine may be left that is to send, or null. */
  @Nullable String before(Channel.Use send) {
    Node go = send.goroutine();
    Stmt.BlockStmt body = Tree.body(function);
    if (go == null || body == null || channel.has(Kind.RETURN) || hasRoom(send, go)) {
      return null;
    }
    Expr.Name firstReceive = null;
    for (Channel.Use use : channel.uses()) {
      if (use.kind() != Kind.RECEIVE && use.kind() != Kind.RANGE) {
        continue;
      }
      if (use.goroutine() != null || !Tree.same(ctx.tree().function(use.name()), function)) {
        return null; // another goroutine receives, or a deferred function
      }
      if (room > 0 && Tree.same(ctx.tree().loop(go), ctx.tree().loop(use.name()))) {
        return null; // one may be started for each that is received
      }
      if (GoroutineLeakOnChannel.isOptional(ctx, use.name())) {
        return leavesWithout(use.name(), body) ? WITHOUT : null;
      }
      firstReceive = firstReceive == null ? use.name() : firstReceive;
    }
    int start = ctx.extents().end(go);
    if (firstReceive == null) {
      return waits(body, start, Integer.MAX_VALUE) ? null : WITHOUT;
    }
    if (returnsBetween(go, firstReceive, body)) {
      return WITHOUT;
    }
    return ctx.tree().isInLoop(go)
            && hasFewerReceives()
            && rounds(go) != 1
            && !waits(body, start, Integer.MAX_VALUE)
        ? "the function may return when it has received from one, and there may be more"
        : null;
  }

  /** All that are sent fit, or nobody knows whether they do. */
  private boolean hasRoom(Channel.Use send, Node go) {
    if (room == 0) {
      return false;
    }
    boolean isRepeated = ctx.tree().isInLoop(send.name()) || ctx.tree().isInLoop(go);
    long rounds = Math.max(rounds(send.name()), rounds(go));
    return room == Long.MAX_VALUE || !isRepeated || (rounds < 0 ? room > 1 : rounds <= room);
  }

  /** How often the loop around a node runs, or -1. */
  private long rounds(Node n) {
    Stmt.ForStmt loop = ctx.tree().loop(n);
    Loops.Bound bound = loop == null ? null : new Loops(ctx.tree(), ctx.types()).bound(loop);
    return bound == null ? -1 : bound.constant();
  }

  /** There is a sender for each round of a loop, but one receive, or a loop that may be left. */
  private boolean hasFewerReceives() {
    for (Channel.Use use : channel.uses()) {
      if (use.kind() == Kind.RANGE) {
        return false;
      }
      Stmt.ForStmt loop = use.kind() == Kind.RECEIVE ? ctx.tree().loop(use.name()) : null;
      if (loop != null && Tree.belowInFunction(loop.body(), Stmt.ReturnStmt.class).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Another case of the select leaves the function, which then does not receive any more. */
  private boolean leavesWithout(Expr.Name receive, Stmt.BlockStmt body) {
    CommClause clause = ctx.tree().enclosing(receive, CommClause.class);
    if (clause == null || !(ctx.tree().parent(clause) instanceof Stmt.SelectStmt s)) {
      return false;
    }
    boolean mayGoOn =
        !receives(ctx.tree().following(s))
            && !ctx.tree().isInLoop(s)
            && !waits(body, ctx.extents().end(s), Integer.MAX_VALUE);
    for (CommClause other : s.body()) {
      if (Tree.same(other, clause)
          || receives(other.body())
          || !isIndependent(other.comm())
          || other.body().stream().anyMatch(this::isWaiting)) {
        continue;
      }
      boolean returns =
          other.body().stream()
              .anyMatch(b -> !Tree.belowInFunction(b, Stmt.ReturnStmt.class).isEmpty());
      if ((returns && !isDeferredToWait(body)) || mayGoOn) {
        return true;
      }
    }
    return false;
  }

  private boolean receives(List<Stmt> list) {
    for (Channel.Use use : channel.uses()) {
      if ((use.kind() == Kind.RECEIVE || use.kind() == Kind.RANGE)
          && list.stream().anyMatch(s -> ctx.tree().isWithin(use.name(), s))) {
        return true;
      }
    }
    return false;
  }

  private boolean returnsBetween(Node go, Expr.Name receive, Stmt.BlockStmt body) {
    int start = ctx.extents().end(go);
    for (Stmt.ReturnStmt r : Tree.belowInFunction(body, Stmt.ReturnStmt.class)) {
      if (r.pos() > start
          && r.pos() < receive.pos()
          && !ctx.tree().isWithin(receive, r)
          && isReachedFrom(go, r)
          && !waits(body, start, r.pos())) {
        return true;
      }
    }
    return false;
  }

  /** It is in a statement that follows the other, and not in another branch. */
  private boolean isReachedFrom(Node go, Node r) {
    for (Stmt s = ctx.tree().listed(go);
        s != null && ctx.tree().isWithin(s, function);
        s = outer(s)) {
      if (ctx.tree().following(s).stream().anyMatch(f -> ctx.tree().isWithin(r, f))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Stmt outer(Stmt s) {
    Node p = ctx.tree().parent(s);
    return p == null ? null : ctx.tree().listed(p);
  }

  /** Something between two positions, or at the end of the function, waits for a goroutine. */
  private boolean waits(Stmt.BlockStmt body, int from, int to) {
    boolean[] found = new boolean[1];
    for (Stmt.Simple s : Tree.belowInFunction(body, Stmt.Simple.class)) {
      found[0] |= s.pos() >= from && s.pos() < to && isWait(s);
    }
    for (Expr e : Tree.belowInFunction(body, Expr.class)) {
      found[0] |= e.pos() >= from && e.pos() < to && isWait(e);
    }
    return found[0] || isDeferredToWait(body);
  }

  private boolean isDeferredToWait(Stmt.BlockStmt body) {
    return Tree.belowInFunction(body, Stmt.CallStmt.class).stream()
        .anyMatch(s -> s.defer() && Tree.any(s, this::isWait));
  }

  private boolean isWaiting(Stmt s) {
    return Tree.any(s, this::isWait);
  }

  private boolean isWait(Node n) {
    Expr chan = Channel.received(ctx.types(), n);
    if (chan != null) {
      return !isOwn(chan) && !isOutside(chan);
    }
    return switch (n) {
      case Stmt.SendStmt _ -> true;
      case Expr.CallExpr call ->
          Syntax.unparen(call.fun()) instanceof Expr.SelectorExpr s
              && s.sel().value().startsWith("Wait");
      default -> false; // goes on
    };
  }

  private boolean isOwn(Expr chan) {
    return channel.uses().stream().anyMatch(use -> Tree.same(use.name(), Syntax.unparen(chan)));
  }

  /** What a case of a select waits for does not come from a goroutine of the function. */
  private boolean isIndependent(Stmt.@Nullable Simple comm) {
    return switch (comm) {
      case null -> true;
      case Stmt.SendStmt s -> isOutside(s.chan());
      case Stmt.ExprStmt e -> isOutsideReceive(e.x());
      case Stmt.AssignStmt a -> a.rhs() != null && isOutsideReceive(a.rhs());
      case Stmt.EmptyStmt _, Stmt.RangeClause _ -> false;
    };
  }

  private boolean isOutsideReceive(Expr e) {
    return Syntax.unparen(e) instanceof Expr.UnaryExpr u
        && u.op() == Operator.RECV
        && isOutside(u.x());
  }

  /** A channel that others send on or close: of a context, a timer, or whoever made it. */
  private boolean isOutside(Expr chan) {
    Expr e = Syntax.unparen(chan);
    if (e instanceof Expr.CallExpr) {
      return true;
    }
    Var v = ctx.types().variable(e);
    Var field = ctx.types().field(e);
    if (field != null) {
      return isOfTimer(e) || !isUsedByLiteral(field);
    }
    return v != null
        && !isUsedByLiteral(v)
        && (v.kind() == VarKind.PARAM || v.kind() == VarKind.PACKAGE || isGiven(v));
  }

  private boolean isOfTimer(Expr e) {
    Type t = e instanceof Expr.SelectorExpr s ? ctx.types().of(s.x()) : null;
    return t != null
        && (Types.isNamed(Types.deref(t), "time", "Timer")
            || Types.isNamed(Types.deref(t), "time", "Ticker"));
  }

  /** A local variable that a call has given its value, as {@code ctx.Done()}. */
  private boolean isGiven(Var v) {
    Stmt.BlockStmt body = Tree.body(function);
    return body != null
        && Tree.belowInFunction(body, Stmt.AssignStmt.class).stream()
            .anyMatch(s -> ctx.types().defined(s.lhs()) == v && isCall(Types.singleRight(s)));
  }

  private boolean isCall(@Nullable Expr e) {
    return e != null
        && Syntax.unparen(e) instanceof Expr.CallExpr call
        && ctx.types().builtin(call) == null;
  }

  /** Some function literal here has to do with it. */
  private boolean isUsedByLiteral(Var v) {
    Stmt.BlockStmt body = Tree.body(function);
    return body != null
        && Tree.below(body, Expr.FuncLit.class).stream()
            .anyMatch(f ->
                Tree.any(
                    f,
                    n ->
                        n instanceof Expr e
                            && (v.isField()
                                ? ctx.types().field(e) == v
                                : ctx.types().isUse(e, v))));
  }
}
