package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * The only pointer of an element of which there are very many is rarely set: without it the
 * collector would not look at the elements at all.
 */
final class RarePointerScanCost extends SimpleRule {
  private static final long MANY = 100_000;

  RarePointerScanCost() {
    super(
        "rare-pointer-scan-cost",
        Question.OTHER,
        Severity.INFO,
        "the only pointer of a mass element is rarely set, but scanned in each collection");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().builtin(call) == BuiltinId.MAKE
          && call.args().size() > 1
          && ctx.types().underlying(call) instanceof Slice s
          && s.elem().underlying() instanceof Struct struct
          && ctx.types().intOr(call.args().getLast(), 0) >= MANY) {
        Var pointer = onlyPointer(ctx, struct);
        if (pointer != null && isRarelySet(ctx, pointer)) {
          report(ctx, call, s.elem(), pointer);
        }
      }
    }
  }

  private static @Nullable Var onlyPointer(RuleContext ctx, Struct struct) {
    Var only = null;
    for (Var f : struct.fields()) {
      if (ctx.types().facts().hasPointers(f.type())) {
        if (only != null) {
          return null;
        }
        only = f;
      }
    }
    return only;
  }

  /** Set in this package only under a condition, or not at all. */
  private static boolean isRarelySet(RuleContext ctx, Var field) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      for (Expr target : Syntax.unpackList(s.lhs())) {
        if (ctx.types().field(target) == field
            && ctx.tree().enclosing(s, Stmt.IfStmt.class) == null
            && ctx.tree().enclosing(s, Stmt.SwitchStmt.class) == null) {
          return false;
        }
      }
    }
    for (Expr.KeyValueExpr kv : ctx.tree().all(Expr.KeyValueExpr.class)) {
      if (kv.key() instanceof Expr.Name n && ctx.types().info().use(n) == field) {
        return false;
      }
    }
    return !isSetByPosition(ctx, field);
  }

  private static boolean isSetByPosition(RuleContext ctx, Var field) {
    for (Expr.CompositeLit lit : ctx.tree().all(Expr.CompositeLit.class)) {
      if (lit.keyCount() == 0
          && !lit.elems().isEmpty()
          && ctx.types().underlying(lit) instanceof Struct s
          && s.fields().contains(field)) {
        return true;
      }
    }
    return false;
  }

  private void report(RuleContext ctx, Expr.CallExpr call, Type elem, Var pointer) {
    ctx.report(this, call)
        .notCold()
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "every element is scanned in every collection")
        .fix(
            "keep " + pointer.name() + " in a map beside the slice, by index or id",
            "elements without pointers are never scanned")
        .message(
            "field "
                + pointer.name()
                + ", which this package sets only under a condition, if at all, is the only pointer"
                + " in "
                + ctx.types().text(elem)
                + ", of which very many are made");
  }
}
