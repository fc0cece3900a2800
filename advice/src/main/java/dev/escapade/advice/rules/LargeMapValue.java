package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A large value is copied out of a map, changed, and copied back. */
final class LargeMapValue extends SimpleRule {
  /** Larger elements are stored apart from the table (internal/runtime/maps, Go 1.26). */
  private static final long LARGE_BYTES = 128;

  LargeMapValue() {
    super(
        "large-map-value",
        Question.OTHER,
        Severity.INFO,
        "a large struct is copied out of a map, changed, and copied back");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt get : ctx.tree().all(Stmt.AssignStmt.class)) {
      if (get.rhs() == null
          || !(Syntax.unparen(get.rhs()) instanceof Expr.IndexExpr x)
          || !(ctx.types().underlying(x.x()) instanceof MapType map)
          || !(map.elem().underlying() instanceof Struct)
          || ctx.types().sizeBytes(map.elem()) <= LARGE_BYTES) {
        continue;
      }
      Var v = ctx.types().variable(Syntax.unpackList(get.lhs()).getFirst());
      Stmt put = v == null ? null : put(ctx, get, x, v);
      if (v != null && put != null) {
        report(ctx, x, v, put, ctx.types().sizeBytes(map.elem()));
      }
    }
  }

  /** The statement that stores {@code v} back under the same key, after a change; or null. */
  private static @Nullable Stmt put(
      RuleContext ctx, Stmt.AssignStmt get, Expr.IndexExpr from, Var v) {
    Node function = ctx.tree().function(get);
    Stmt.BlockStmt body = Tree.body(function);
    if (body == null) {
      return null;
    }
    boolean changed = false;
    for (Stmt.AssignStmt s : Tree.belowInFunction(body, Stmt.AssignStmt.class)) {
      if (s.pos() <= get.pos()) {
        continue;
      }
      changed |= Syntax.unpackList(s.lhs()).stream().anyMatch(e -> isPart(ctx, e, v));
      if (changed
          && Syntax.unparen(s.lhs()) instanceof Expr.IndexExpr to
          && ctx.types().isUse(Types.singleRight(s), v)
          && text(to).equals(text(from))) {
        if (isOfMissing(ctx, s, get)) {
          return null; // a new one is put there, and none is taken out for it
        }
        return s;
      }
    }
    return null;
  }

  /** {@code if !ok { … m[k] = v }} after {@code v, ok := m[k]}. */
  private static boolean isOfMissing(RuleContext ctx, Stmt put, Stmt.AssignStmt get) {
    List<Expr> targets = Syntax.unpackList(get.lhs());
    Var ok = targets.size() == 2 ? ctx.types().variable(targets.get(1)) : null;
    for (Stmt.IfStmt f = ctx.tree().enclosing(put, Stmt.IfStmt.class);
        f != null && ok != null;
        f = ctx.tree().enclosing(f, Stmt.IfStmt.class)) {
      if (ctx.tree().isWithin(put, f.then())
          && Syntax.unparen(f.cond()) instanceof Expr.UnaryExpr u
          && u.op() == Operator.NOT
          && ctx.types().isUse(u.x(), ok)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(RuleContext ctx, Expr e, Var v) {
    Expr x = Syntax.unparen(e);
    boolean part = false;
    while (x instanceof Expr.SelectorExpr || x instanceof Expr.IndexExpr) {
      part = true;
      x = Syntax.unparen(x instanceof Expr.SelectorExpr s ? s.x() : ((Expr.IndexExpr) x).x());
    }
    return part && ctx.types().isUse(x, v);
  }

  private static String text(Expr e) {
    return ExprPrinter.toString(e);
  }

  /** The map's type is another package's, or seen there. */
  private static boolean isTypeOfOthers(RuleContext ctx, Expr.IndexExpr get) {
    Var field = ctx.types().field(get.x());
    Var holder = field != null ? field : ctx.types().global(get.x());
    Type t = ctx.types().of(get.x());
    return (holder != null && holder.exported() && ctx.visibility().isImportable())
        || (t != null && t.unalias() instanceof Named n && n.obj().pkg() != ctx.types().pkg());
  }

  private void report(RuleContext ctx, Expr.IndexExpr get, Var v, Stmt put, long size) {
    ctx.report(this, get)
        .warnInLoop()
        .because(put, "copied back here")
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, "two copies of " + size + " bytes for one update")
        .fix(
            isTypeOfOthers(ctx, get)
                ? null
                : new Fix(
                    "make the map's values pointers, and change what they point to",
                    "no copies; values this large are stored apart from the table anyway",
                    "a missing key gives nil, not a zero value, and what is taken out is shared"
                        + " with the map",
                    List.of()))
        .message(
            v.name() + " of " + size + " bytes is copied out of the map to be changed, and back");
  }
}
