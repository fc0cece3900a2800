package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Channel.Kind;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A goroutine waits for ever on a channel that its function has made: it sends though the function
 * may return without receiving, or receives though nobody sends or closes. The channel must not be
 * handed to anybody who might.
 */
final class GoroutineLeakOnChannel extends SimpleRule {
  GoroutineLeakOnChannel() {
    super(
        "goroutine-leak-on-channel",
        Question.WHO,
        Severity.WARNING,
        "a goroutine may wait for ever on a channel");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      Var v = s.op() == Operator.DEF && value != null ? ctx.types().defined(s.lhs()) : null;
      Node function = ctx.tree().function(s);
      if (v != null
          && value != null
          && function != null
          && !isMain(ctx, function)
          && isChannel(ctx, value)) {
        long room =
            ((Expr.CallExpr) Syntax.unparen(value)).args().size() > 1
                ? ctx.types()
                    .intOr(((Expr.CallExpr) Syntax.unparen(value)).args().get(1), Long.MAX_VALUE)
                : 0;
        check(
            ctx, v, function, new Channel(ctx.tree(), ctx.types(), ctx.calls(), v, function), room);
      }
    }
  }

  /** When main returns, the program ends, and all goroutines with it. */
  private static boolean isMain(RuleContext ctx, Node function) {
    return function instanceof Decl.FuncDecl d
        && d.recv() == null
        && d.name().value().equals("main")
        && ctx.types().pkg().name().equals("main");
  }

  private static boolean isChannel(RuleContext ctx, Expr value) {
    return ctx.types().builtin(value) == BuiltinId.MAKE
        && ctx.types().underlying(value) instanceof Chan;
  }

  private void check(RuleContext ctx, Var v, Node function, Channel channel, long room) {
    if (channel.has(Kind.OTHER)) {
      return;
    }
    for (Channel.Use use : channel.uses()) {
      if (use.goroutine() == null || isOptional(ctx, use.name())) {
        continue;
      }
      switch (use.kind()) {
        case SEND -> {
          if (sendMayBlock(ctx, use, channel, function, room)) {
            report(
                ctx,
                use,
                v,
                "the function may return without receiving from it",
                room == 0 && !ctx.tree().isInLoop(use.name())
                    ? "give the channel room for one element, or send in a select with a context"
                    : "send in a select with a context that the function cancels");
            return;
          }
        }
        case RECEIVE, RANGE -> {
          if (isNeverEnded(ctx, use, channel, function)) {
            report(
                ctx,
                use,
                v,
                "nobody closes it" + (channel.has(Kind.SEND) ? "" : " or sends on it"),
                "close it when there is nothing more to send, or receive in a select with a"
                    + " context");
            return;
          }
        }
        case CLOSE, RETURN, OTHER -> {}
      }
    }
  }

  /** In a select that has another way out. */
  private static boolean isOptional(RuleContext ctx, Expr.Name name) {
    CommClause clause = ctx.tree().enclosing(name, CommClause.class);
    return clause != null
        && clause.comm() != null
        && ctx.tree().isWithin(name, clause.comm())
        && ctx.tree().parent(clause) instanceof Stmt.SelectStmt s
        && s.body().size() > 1;
  }

  /** Reports whether the function can end while a goroutine is still to send. */
  private static boolean sendMayBlock(
      RuleContext ctx, Channel.Use send, Channel channel, Node function, long room) {
    if (channel.has(Kind.RETURN)
        || (room > 0 && (!ctx.tree().isInLoop(send.name()) && !isStartedInLoop(ctx, send)))
        || room == Long.MAX_VALUE) {
      return false;
    }
    Expr.Name firstReceive = null;
    Node go = send.goroutine();
    for (Channel.Use use : channel.uses()) {
      if (use.kind() == Kind.RECEIVE || use.kind() == Kind.RANGE) {
        if (room > 0 && go != null && Tree.same(ctx.tree().loop(go), ctx.tree().loop(use.name()))) {
          return false; // one may be started for each that is received
        }
        if (use.goroutine() != null) {
          return false; // another goroutine receives
        }
        if (isOptional(ctx, use.name())) {
          return leavesWithout(ctx, use.name(), channel);
        }
        firstReceive = firstReceive == null ? use.name() : firstReceive;
      }
    }
    return firstReceive == null
        || returnsBetween(ctx, send, firstReceive, function)
        || (isStartedInLoop(ctx, send) && hasFewerReceives(ctx, channel));
  }

  /** There is a sender for each round of a loop, but one receive, or a loop that may be left. */
  private static boolean hasFewerReceives(RuleContext ctx, Channel channel) {
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

  private static boolean isStartedInLoop(RuleContext ctx, Channel.Use send) {
    return send.goroutine() != null && ctx.tree().isInLoop(send.goroutine());
  }

  /** Another case of the select leaves the function, which then does not receive any more. */
  private static boolean leavesWithout(RuleContext ctx, Expr.Name receive, Channel channel) {
    CommClause clause = ctx.tree().enclosing(receive, CommClause.class);
    if (clause == null || !(ctx.tree().parent(clause) instanceof Stmt.SelectStmt s)) {
      return false;
    }
    boolean later = receives(ctx, channel, ctx.tree().following(s));
    for (CommClause other : s.body()) {
      if (Tree.same(other, clause) || receives(ctx, channel, other.body())) {
        continue;
      }
      boolean returns =
          other.body().stream()
              .anyMatch(b -> !Tree.belowInFunction(b, Stmt.ReturnStmt.class).isEmpty());
      if (returns || (!later && !ctx.tree().isInLoop(s))) {
        return true;
      }
    }
    return false;
  }

  private static boolean receives(RuleContext ctx, Channel channel, List<Stmt> list) {
    for (Channel.Use use : channel.uses()) {
      if ((use.kind() == Kind.RECEIVE || use.kind() == Kind.RANGE)
          && list.stream().anyMatch(s -> ctx.tree().isWithin(use.name(), s))) {
        return true;
      }
    }
    return false;
  }

  private static boolean returnsBetween(
      RuleContext ctx, Channel.Use send, Expr.Name receive, Node function) {
    Stmt.BlockStmt body = Tree.body(function);
    if (body == null || send.goroutine() == null) {
      return false;
    }
    int start = ctx.extents().end(send.goroutine());
    for (Stmt.ReturnStmt r : Tree.belowInFunction(body, Stmt.ReturnStmt.class)) {
      if (r.pos() > start && r.pos() < receive.pos() && !ctx.tree().isWithin(receive, r)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a goroutine that receives again and again has no end. */
  private static boolean isNeverEnded(
      RuleContext ctx, Channel.Use use, Channel channel, Node function) {
    boolean again = use.kind() == Kind.RANGE || isInEndlessLoop(ctx, use.name());
    if (channel.has(Kind.CLOSE)) {
      return false;
    }
    if (channel.has(Kind.RETURN)) {
      return again && function instanceof Decl.FuncDecl d && callersDropIt(ctx, d);
    }
    return again || !channel.has(Kind.SEND);
  }

  private static boolean isInEndlessLoop(RuleContext ctx, Expr.Name name) {
    Stmt.ForStmt loop = ctx.tree().loop(name);
    return loop != null
        && loop.cond() == null
        && !(loop.init() instanceof Stmt.RangeClause)
        && !Tree.any(
            loop.body(),
            n ->
                n instanceof Stmt.ReturnStmt
                    || (n instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK));
  }

  /** All callers are known, and none closes the channel or hands it on. */
  private static boolean callersDropIt(RuleContext ctx, Decl.FuncDecl d) {
    Func f = ctx.calls().function(d);
    if (f == null || ctx.calls().isUsedAsValue(f) || ctx.calls().of(f).isEmpty()) {
      return false;
    }
    for (Expr.CallExpr call : ctx.calls().of(f)) {
      if (!(ctx.tree().parent(call) instanceof Stmt.AssignStmt s)) {
        return false;
      }
      Var v = ctx.types().variable(Syntax.unpackList(s.lhs()).getFirst());
      Node caller = ctx.tree().function(call);
      if (v == null || caller == null) {
        return false;
      }
      Channel channel = new Channel(ctx.tree(), ctx.types(), ctx.calls(), v, caller);
      if (channel.has(Kind.CLOSE) || channel.has(Kind.RETURN) || channel.has(Kind.OTHER)) {
        return false;
      }
    }
    return true;
  }

  private void report(RuleContext ctx, Channel.Use use, Var v, String why, @Nullable String fix) {
    Node goroutine = use.goroutine();
    Node at = use.name();
    List<String> words = List.of(use.kind() == Kind.SEND ? "send on " : "receive from ", v.name());
    var report = ctx.report(this, goroutine == null ? at : goStatement(ctx, goroutine)).notCold();
    report
        .because(at, "waits here to " + String.join("", words))
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "the goroutine, its stack of 2 KiB at least, and all that it refers to, for ever")
        .fix(fix == null ? "" : fix, "the goroutine ends")
        .message("the goroutine may wait for ever to " + String.join("", words) + ": " + why);
  }

  private static Node goStatement(RuleContext ctx, Node f) {
    if (f instanceof Stmt.CallStmt) {
      return f;
    }
    Stmt.CallStmt s = ctx.tree().enclosing(f, Stmt.CallStmt.class);
    return s == null ? f : s;
  }
}
