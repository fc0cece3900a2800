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
          && isChannel(ctx, value)
          && mayEnd(function)) {
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

  /**
   * When main returns, the program ends, and all goroutines with it; so it mostly does after a
   * function that only main calls, once.
   */
  private static boolean isMain(RuleContext ctx, @Nullable Node function) {
    if (!(function instanceof Decl.FuncDecl d) || !ctx.types().pkg().name().equals("main")) {
      return false;
    }
    Func f = ctx.calls().function(d);
    return isNamedMain(d)
        || (f != null
            && !ctx.calls().isUsedAsValue(f)
            && !ctx.calls().of(f).isEmpty()
            && ctx.calls().of(f).stream()
                .allMatch(call ->
                    !ctx.tree().isInLoop(call)
                        && ctx.tree().function(call) instanceof Decl.FuncDecl caller
                        && isNamedMain(caller)));
  }

  private static boolean isNamedMain(Decl.FuncDecl d) {
    return d.recv() == null && d.name().value().equals("main");
  }

  /** Not, if its last statement goes on for ever and nothing before it returns. */
  private static boolean mayEnd(Node function) {
    Stmt.BlockStmt body = Tree.body(function);
    return body != null
        && !body.list().isEmpty()
        && (!Tree.belowInFunction(body, Stmt.ReturnStmt.class).isEmpty()
            || switch (body.list().getLast()) {
              case Stmt.ForStmt loop ->
                  loop.init() != null
                      || loop.cond() != null
                      || Tree.any(loop.body(), n -> n instanceof Stmt.BranchStmt);
              case Stmt.SelectStmt select -> !select.body().isEmpty();
              default -> true; // goes on to the end
            });
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
          String why = new Departure(ctx, channel, function, room).before(use);
          if (why != null) {
            report(ctx, use, v, why, remedy(ctx, use, channel, room));
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

  private static String remedy(RuleContext ctx, Channel.Use send, Channel channel, long room) {
    String inSelect = "send in a select with a context that the function cancels";
    boolean isSingle =
        room == 0
            && !ctx.tree().isInLoop(send.name())
            && channel.uses().stream().filter(u -> u.kind() == Kind.SEND).count() == 1;
    if (!isSingle) {
      return inSelect;
    }
    return send.goroutine() != null && ctx.tree().isInLoop(send.goroutine())
        ? "give the channel room for one element of each goroutine, or " + inSelect
        : "give the channel room for one element, or " + inSelect;
  }

  /** In a select that has another way out. */
  static boolean isOptional(RuleContext ctx, Expr.Name name) {
    CommClause clause = ctx.tree().enclosing(name, CommClause.class);
    return clause != null
        && clause.comm() != null
        && ctx.tree().isWithin(name, clause.comm())
        && ctx.tree().parent(clause) instanceof Stmt.SelectStmt s
        && s.body().size() > 1;
  }

  /** Reports whether a goroutine that receives again and again has no end. */
  private static boolean isNeverEnded(
      RuleContext ctx, Channel.Use use, Channel channel, Node function) {
    boolean again = isAgain(ctx, use);
    if (channel.has(Kind.CLOSE)) {
      return false;
    }
    if (channel.has(Kind.RETURN)) {
      return again && function instanceof Decl.FuncDecl d && callersDropIt(ctx, d);
    }
    return again || !channel.has(Kind.SEND);
  }

  /** Received in a loop that nothing ends but the channel. */
  private static boolean isAgain(RuleContext ctx, Channel.Use use) {
    Stmt.ForStmt loop =
        use.kind() == Kind.RANGE
            ? ctx.tree().enclosing(use.name(), Stmt.ForStmt.class)
            : ctx.tree().loop(use.name());
    return loop != null
        && loop.cond() == null
        && (use.kind() == Kind.RANGE || !(loop.init() instanceof Stmt.RangeClause))
        && !Tree.any(
            loop.body(),
            n ->
                n instanceof Stmt.ReturnStmt
                    || (n instanceof Stmt.BranchStmt b
                        && b.kind() != Stmt.BranchKind.CONTINUE
                        && b.kind() != Stmt.BranchKind.FALLTHROUGH)
                    || (n instanceof Expr e && ctx.coldness().isCold(e)));
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
    return ctx.calls().of(f).stream().anyMatch(call -> !isMain(ctx, ctx.tree().function(call)));
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
