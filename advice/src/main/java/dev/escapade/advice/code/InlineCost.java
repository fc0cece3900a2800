package dev.escapade.advice.code;

import dev.escapade.ir.build.Compilation;
import dev.escapade.release.InlineRules;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Func;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.Unit;
import java.util.Map;

/**
 * Estimates what the inliner would charge for a body as it is written: 1 for each node, and for
 * each call the callee's cost or a surcharge (cmd/compile/internal/inline). The compiler's own
 * figure is not known for functions that it refuses before it has counted.
 */
public final class InlineCost {

  private final Unit unit;
  private final InlineRules rules;
  private final Compilation compilation;
  private final Types types;
  private final Map<Func, Integer> local;

  /**
   * Estimates in a package.
   *
   * @param local the costs of its functions that may be inlined
   */
  public InlineCost(Unit unit, Compilation compilation, Types types, Map<Func, Integer> local) {
    this.unit = unit;
    rules = unit.release().inline();
    this.compilation = compilation;
    this.types = types;
    this.local = Map.copyOf(local);
  }

  /** The budget that a function has. */
  public int budget() {
    return rules.maxBudget();
  }

  /** The estimate for a body; deferred calls count as if they were made at once. */
  public int of(Stmt.BlockStmt body) {
    int[] cost = new int[1];
    Walk.preorder(
        body,
        n -> {
          cost[0] += charge(n);
          return !(n instanceof Field) && !isType(n);
        });
    return cost[0];
  }

  private boolean isType(Node n) {
    return n instanceof Expr e && types.info().mode(e) == dev.escapade.types.OperandMode.TYPE_EXPR;
  }

  private int charge(Node n) {
    return switch (n) {
      case Stmt.BlockStmt _, Expr.ParenExpr _, Expr.ListExpr _, Stmt.ExprStmt _, Stmt.DeclStmt _ ->
          0;
      case Expr.CallExpr call -> call(call);
      case Expr.FuncLit _ -> rules.closureCost();
      default -> isType(n) ? 0 : 1;
    };
  }

  private int call(Expr.CallExpr call) {
    if (types.isConversion(call)) {
      return 1;
    }
    if (types.builtin(call) != null) {
      return types.builtin(call) == dev.escapade.types.BuiltinId.PANIC
          ? 1 + rules.extraPanicCost()
          : 1;
    }
    Func f = types.callee(call);
    if (f == null || Types.isInterfaceMethod(f)) {
      return rules.extraCallCost() + 1;
    }
    Integer known = local.get(f.origin());
    if (known != null) {
      return known;
    }
    if (f.pkg() == compilation.local().pkg() || f.pkg() == null || hasTypeParams(f)) {
      return rules.extraCallCost() + 1;
    }
    FuncSummary summary = unit.imported(compilation.function(f.origin()));
    return summary == null || summary.inline() == null
        ? rules.extraCallCost() + 1
        : summary.inline().cost();
  }

  private static boolean hasTypeParams(Func f) {
    return !f.origin().signature().typeParams().isEmpty()
        || !f.origin().signature().recvTypeParams().isEmpty();
  }
}
