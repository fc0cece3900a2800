package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Var;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A map that lives on is emptied entry by entry or with clear, and nowhere replaced: its tables
 * stay as large as they ever were.
 */
final class MapNeverShrinks extends SimpleRule {
  /** How names of functions begin after which the owner of the map is not used again. */
  private static final List<String> LAST_CALLS =
      List.of("close", "stop", "shutdown", "destroy", "dispose", "teardown", "terminate", "quit");

  MapNeverShrinks() {
    super(
        "map-never-shrinks",
        Question.WHO,
        Severity.INFO,
        "a map that lives on is emptied, but keeps the tables of its largest size");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.ForStmt loop : ctx.tree().all(Stmt.ForStmt.class)) {
      if (loop.init() instanceof Stmt.RangeClause range
          && ctx.types().underlying(range.x()) instanceof MapType
          && deletesAll(ctx, loop, range)) {
        check(ctx, loop, range.x());
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().builtin(call) == BuiltinId.CLEAR
          && ctx.types().underlying(call.args().getFirst()) instanceof MapType) {
        check(ctx, call, call.args().getFirst());
      }
    }
  }

  /** {@code for k := range m { delete(m, k) }}, whatever else is done in each round. */
  private static boolean deletesAll(RuleContext ctx, Stmt.ForStmt loop, Stmt.RangeClause range) {
    List<Expr> targets = Syntax.unpackList(range.lhs());
    Var key = targets.isEmpty() ? null : ctx.types().variable(targets.getFirst());
    if (key == null) {
      return false;
    }
    for (Stmt s : loop.body().list()) {
      if (s instanceof Stmt.ExprStmt e
          && Loops.isEachRound(ctx.tree(), s, loop)
          && ctx.types().builtin(e.x()) == BuiltinId.DELETE
          && Syntax.unparen(e.x()) instanceof Expr.CallExpr call
          && same(call.args().getFirst(), range.x())
          && ctx.types().isUse(call.args().get(1), key)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(Expr a, Expr b) {
    return ExprPrinter.toString(a).equals(ExprPrinter.toString(b));
  }

  private void check(RuleContext ctx, Node at, Expr map) {
    Var v = ctx.types().field(map);
    if (v == null) {
      v = ctx.types().global(map);
    }
    if (v != null && !isReplaced(ctx, v) && !isSmall(v) && !isAtEnd(ctx, at)) {
      report(ctx, at, v);
    }
  }

  /** In what closes its owner, or in what is deferred: the map goes, too. */
  private static boolean isAtEnd(RuleContext ctx, Node at) {
    for (Node n = ctx.tree().function(at); n != null; n = ctx.tree().function(n)) {
      if (n instanceof Expr.FuncLit f
          && ctx.tree().parentSkippingParens(f) instanceof Expr.CallExpr call
          && ctx.tree().parentSkippingParens(call) instanceof Stmt.CallStmt s
          && s.defer()) {
        return true;
      }
      if (n instanceof Decl.FuncDecl d) {
        String name = d.name().value().toLowerCase(Locale.ROOT);
        return LAST_CALLS.stream().anyMatch(name::startsWith);
      }
    }
    return false;
  }

  /** A map with single bytes as keys has few entries. */
  private static boolean isSmall(Var v) {
    return v.type().underlying() instanceof MapType m
        && m.key().underlying() instanceof dev.escapade.types.Basic b
        && (b.kind() == dev.escapade.types.BasicKind.UINT8
            || b.kind() == dev.escapade.types.BasicKind.BOOL);
  }

  /** Reports whether a new map is assigned somewhere, after the first one. */
  private static boolean isReplaced(RuleContext ctx, Var v) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      for (Expr target : Syntax.unpackList(s.lhs())) {
        if ((ctx.types().field(target) == v || ctx.types().global(target) == v)
            && !isFirst(ctx, s, v)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What is made because there is nothing yet does not replace anything. */
  private static boolean isFirst(RuleContext ctx, Stmt.AssignStmt s, Var v) {
    Stmt.@Nullable IfStmt around = ctx.tree().enclosing(s, Stmt.IfStmt.class);
    return around != null
        && around.cond() instanceof Expr.BinaryExpr b
        && (ctx.types().isNil(b.y()) || ctx.types().isNil(b.x()))
        && Tree.any(
            around.cond(),
            n -> n instanceof Expr e && (ctx.types().field(e) == v || ctx.types().global(e) == v));
  }

  private void report(RuleContext ctx, Node at, Var v) {
    ctx.report(this, at)
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "the tables of the most entries that it ever had, but not what these referred to")
        .fix(
            "replace it by a new map when it has been much larger than usual",
            "the tables are collected")
        .message("map " + v.name() + " is emptied, but keeps its tables: maps never shrink");
  }
}
