package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Identity;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Chan;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pointer to a fresh small value is sent on a channel, where the value would do. */
final class ChannelSendEscapes extends SimpleRule {
  /** A channel copies its elements twice; above this a pointer is the better way. */
  private static final long SMALL_BYTES = 128;

  ChannelSendEscapes() {
    super(
        "channel-send-escapes",
        Question.WHO,
        Severity.INFO,
        "a pointer to a fresh small value is sent on a channel");
  }

  /** The pointer itself is sent, once, and what it points to is not looked at any more. */
  private static boolean isSentAlone(RuleContext ctx, Expr at) {
    if (isSent(ctx, at)) {
      return true;
    }
    Var v = new Uses(ctx.tree(), ctx.types()).variable(at);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(at));
    if (v == null || body == null) {
      return false;
    }
    int sent = 0;
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v) {
        if (sent > 0) {
          return false; // those who receive it share it, or it is looked at
        }
        sent = isSent(ctx, name) ? name.pos() : 0;
      }
    }
    return sent > 0;
  }

  private static boolean isSent(RuleContext ctx, Expr e) {
    Node p = ctx.tree().parentSkippingParens(e);
    if (p instanceof Expr.UnaryExpr u && u.op() == Operator.AND) {
      return isSent(ctx, u);
    }
    return p instanceof Stmt.SendStmt s
        && ctx.tree().isWithin(e, s.value())
        && isOfPointers(ctx.types().underlying(s.chan()));
  }

  /** A nil is sent on some channel of such pointers. */
  private static boolean isNilSent(RuleContext ctx, Type value) {
    return ctx.tree().all(Stmt.SendStmt.class).stream()
        .anyMatch(s ->
            ctx.types().isNil(s.value())
                && isOfPointersTo(ctx.types().underlying(s.chan()), value));
  }

  /**
   * There are receives from channels of such pointers in the package, and each of them keeps the
   * pointer: with a channel of values, the variable that it is received into would be moved to the
   * heap instead.
   */
  private static boolean isPointerNeeded(RuleContext ctx, Type value) {
    List<Node> received = new ArrayList<>(ctx.tree().all(Expr.UnaryExpr.class));
    received.addAll(ctx.tree().all(Stmt.RangeClause.class));
    received.removeIf(
        n -> !isOfPointersTo(ctx.types().underlying(Channel.received(ctx.types(), n)), value));
    return !received.isEmpty() && received.stream().allMatch(n -> keepsPointer(ctx, n));
  }

  private static boolean keepsPointer(RuleContext ctx, Node receive) {
    Expr lhs =
        switch (receive) {
          case Stmt.RangeClause r -> r.lhs();
          case Expr.UnaryExpr u
              when ctx.tree().parentSkippingParens(u) instanceof Stmt.AssignStmt s ->
              s.lhs();
          default -> null; // used at once, or dropped
        };
    Uses uses = new Uses(ctx.tree(), ctx.types());
    if (lhs == null) {
      return receive instanceof Expr e && uses.isKept(e);
    }
    Expr target = Syntax.unpackList(lhs).getFirst();
    Var v = ctx.types().variable(target);
    if (v == null) {
      return !(Syntax.unparen(target) instanceof Expr.Name); // a field; nothing has a blank
    }
    return v.kind() == VarKind.PACKAGE || v.kind() == VarKind.RESULT || uses.isKept(v, receive);
  }

  private static boolean isOfPointersTo(@Nullable Type t, Type value) {
    return t instanceof Chan c
        && c.elem().underlying() instanceof Pointer p
        && Predicates.identical(p.elem(), value);
  }

  /** A channel of an interface needs the pointer, or a box. */
  private static boolean isOfPointers(@Nullable Type t) {
    return t instanceof Chan c && c.elem().underlying() instanceof Pointer;
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.onHeap()
          && !site.isInlined()
          && (site.kind() == Site.Kind.NEW || site.kind() == Site.Kind.VARIABLE)) {
        Type t = Sites.type(site);
        Type value = t instanceof Pointer p && site.kind() == Site.Kind.NEW ? p.elem() : t;
        Expr at = ctx.tree().at(site.pos(), Expr.class);
        if (at != null
            && value != null
            && value.underlying() instanceof Struct
            && ctx.types().sizeBytes(value) <= SMALL_BYTES
            && ctx.ways().of(site).end() == Way.End.SENT
            && isSentAlone(ctx, at)
            && !isNilSent(ctx, value)
            && !isPointerNeeded(ctx, value)
            && !new Identity(ctx.tree(), ctx.types()).isNeeded(value)) {
          ctx.report(this, at)
              .warnInLoop()
              .because(site)
              .cost(1, ctx.types().sizeBytes(value), "")
              .fix(
                  "if those who receive it need no pointer, nor a nil, and the type of the channel"
                      + " may change, make it a channel of "
                      + ctx.types().text(value)
                      + " and send the value",
                  "no allocation: a channel copies its elements")
              .message(
                  ctx.types().text(value)
                      + " of "
                      + ctx.types().sizeBytes(value)
                      + " bytes is on the heap because a pointer to it is sent on a channel");
        }
      }
    }
  }
}
