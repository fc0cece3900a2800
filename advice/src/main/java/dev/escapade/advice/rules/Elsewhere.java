package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/** Whether a value lies where a pointer to it costs nothing, as it is there anyway. */
final class Elsewhere {
  private Elsewhere() {}

  /** A value that is no part of this frame: an element, a global, what a pointer points to. */
  static boolean test(RuleContext ctx, Expr at) {
    Expr e = Syntax.unparen(at);
    while (true) {
      switch (e) {
        case Expr.UnaryExpr u -> {
          return u.op() == Operator.MUL;
        }
        case Expr.SelectorExpr s when ctx.types().field(s) != null -> {
          if (ctx.types().underlying(s.x()) instanceof Pointer) {
            return true;
          }
          e = Syntax.unparen(s.x());
        }
        case Expr.IndexExpr x -> {
          Type t = ctx.types().underlying(x.x());
          if (!(t instanceof Array)) {
            return t instanceof Slice || t instanceof Pointer;
          }
          e = Syntax.unparen(x.x());
        }
        default -> {
          return ctx.types().global(e) != null || isElement(ctx, ctx.types().variable(e));
        }
      }
    }
  }

  /** The variable of a loop over a slice, which has a copy of the element. */
  private static boolean isElement(RuleContext ctx, @Nullable Var v) {
    Expr.Name name = v == null ? null : ctx.tree().at(v.pos(), Expr.Name.class);
    Stmt.RangeClause range =
        name == null ? null : ctx.tree().enclosing(name, Stmt.RangeClause.class);
    return name != null
        && range != null
        && range.def()
        && range.lhs() != null
        && ctx.tree().isWithin(name, range.lhs())
        && ctx.types().underlying(range.x()) instanceof Slice;
  }
}
