package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Channel;
import dev.escapade.advice.code.Tree;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import org.jspecify.annotations.Nullable;

/** What a goroutine runs. */
final class Started {
  /** So many calls deep it is looked for what waits. */
  private static final int DEPTH = 2;

  private final RuleContext ctx;
  private final Expr function;

  /** The function that a go statement names, or that a group gets. */
  Started(RuleContext ctx, Expr function) {
    this.ctx = ctx;
    this.function = Syntax.unparen(function);
  }

  /**
   * Reports whether a few goroutines might do what one for each round of a loop does: all there is
   * to do is known, the function waits until it is done, and none of them waits for another, for a
   * message or for ever.
   */
  boolean isWorkForFew(Node go, Stmt.ForStmt loop) {
    boolean isStream =
        loop.init() instanceof Stmt.RangeClause range
            && ctx.types().underlying(range.x()) instanceof Chan;
    Stmt.BlockStmt around = Tree.body(ctx.tree().function(go));
    Node body = body(function);
    return !isStream
        && around != null
        && isWaitedFor(around, ctx.extents().end(loop))
        && (body == null || !waits(body, DEPTH));
  }

  /** Behind a position something is received, or a method Wait is called. */
  private boolean isWaitedFor(Stmt.BlockStmt around, int end) {
    return Tree.any(
        around, n -> (n.pos() >= end || isDeferred(n)) && (isReceive(n) || isCallOf(n, "Wait")));
  }

  private boolean isDeferred(Node n) {
    return ctx.tree().parent(n) instanceof Stmt.CallStmt s && s.defer();
  }

  private @Nullable Node body(Expr f) {
    if (f instanceof Expr.FuncLit literal) {
      return literal.body();
    }
    Func declared = ctx.types().function(f);
    Decl.FuncDecl d = declared == null ? null : ctx.calls().declaration(declared);
    return d == null ? null : d.body();
  }

  private boolean waits(Node body, int depth) {
    return Tree.any(
        body,
        n ->
            isReceive(n)
                || n instanceof Stmt.SelectStmt
                || (n instanceof Stmt.ForStmt f && f.init() == null && f.cond() == null)
                || isCallOf(n, "Wait", "Serve", "ListenAndServe", "Accept")
                || (depth > 0
                    && n instanceof Expr.CallExpr call
                    && calleeWaits(call, body, depth)));
  }

  private boolean calleeWaits(Expr.CallExpr call, Node caller, int depth) {
    Node callee = body(Syntax.unparen(call.fun()));
    return callee != null && !Tree.same(callee, caller) && waits(callee, depth - 1);
  }

  private boolean isReceive(Node n) {
    return Channel.received(ctx.types(), n) != null;
  }

  private static boolean isCallOf(Node n, String... names) {
    if (n instanceof Expr.CallExpr call && call.fun() instanceof Expr.SelectorExpr s) {
      for (String name : names) {
        if (s.sel().value().equals(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
