package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;

/**
 * The function literals that a go or defer statement puts on the heap: the one that is written
 * there, if it captures something, and the one that the compiler makes to keep the receiver and the
 * arguments.
 *
 * @param count how many
 * @param bytes what they take together
 */
record StatementClosures(int count, long bytes) {
  /** Both together. */
  StatementClosures plus(StatementClosures other) {
    return new StatementClosures(count + other.count, bytes + other.bytes);
  }

  /** Those of a statement. */
  static StatementClosures of(RuleContext ctx, Stmt.CallStmt s) {
    StatementClosures around = at(ctx, s.pos());
    return Syntax.unparen(s.call()) instanceof Expr.CallExpr call && call.fun().pos() != s.pos()
        ? around.plus(at(ctx, call.fun().pos()))
        : around;
  }

  /** The one at a position, if there is one. */
  static StatementClosures at(RuleContext ctx, int pos) {
    for (Site site : ctx.sites().at(pos)) {
      if (site.kind() == Site.Kind.CLOSURE
          && site.onHeap()
          && !site.isInlined()
          && site.node() instanceof ClosureExpr c
          && !c.func.closureVars.isEmpty()) {
        return new StatementClosures(
            1, ctx.heapBytes(ctx.types().facts().closureSizeBytes(c.func), true));
      }
    }
    return new StatementClosures(0, 0);
  }
}
