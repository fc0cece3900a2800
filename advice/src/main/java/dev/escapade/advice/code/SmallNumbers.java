package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * Integers that are known to be below 256, as far as the code around them tells. The runtime has
 * boxes for them already (runtime/iface.go, convT64, Go 1.26).
 */
final class SmallNumbers {
  private static final int COUNT = 256;

  private final Tree tree;
  private final Types types;

  SmallNumbers(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /** Reports whether an expression is an integer from 0 to 255 whenever it is evaluated. */
  boolean isSmall(@Nullable Expr value) {
    Type t = types.of(value);
    if (value == null || t == null || !Predicates.isInteger(t)) {
      return false;
    }
    Expr e = Syntax.unparen(value);
    return switch (e) {
      case Expr.CallExpr call when types.isConversion(call) ->
          isByte(types.of(call.args().getFirst())) || isSmall(call.args().getFirst());
      case Expr.CallExpr call ->
          (types.isCall(call, "math/rand") || types.isCall(call, "math/rand/v2"))
              && call.args().size() == 1
              && isCount(types.intOr(call.args().getFirst(), -1));
      case Expr.BinaryExpr b ->
          b.op() == Operator.REM && Predicates.isUnsigned(t) && isCount(types.intOr(b.y(), -1));
      case Expr.Name name -> isCounter(name);
      default -> false; // nobody knows
    };
  }

  private static boolean isCount(long n) {
    return n > 0 && n <= COUNT;
  }

  private static boolean isByte(@Nullable Type t) {
    return t != null && t.underlying() instanceof Basic b && b.kind() == BasicKind.UINT8;
  }

  /** The variable of a loop that counts up to a constant, and that the loop does not change. */
  private boolean isCounter(Expr.Name name) {
    Var v = types.variable(name);
    for (Node p = tree.parent(name); v != null && p != null; p = tree.parent(p)) {
      if (p instanceof Stmt.ForStmt loop && loop.init() != null && defines(loop.init(), v)) {
        Loops.Bound bound = new Loops(tree, types).bound(loop);
        return bound != null && isCount(bound.constant()) && !isChanged(loop, v);
      }
    }
    return false;
  }

  private boolean defines(Stmt init, Var v) {
    Expr target =
        switch (init) {
          case Stmt.AssignStmt s -> s.lhs();
          case Stmt.RangeClause r -> r.lhs() == null ? null : Syntax.unpackList(r.lhs()).getFirst();
          default -> null; // defines nothing
        };
    return types.defined(target) == v;
  }

  private boolean isChanged(Stmt.ForStmt loop, Var v) {
    return Tree.any(
        loop.body(),
        n ->
            n instanceof Stmt.AssignStmt s
                && Syntax.unpackList(s.lhs()).stream().anyMatch(lhs -> types.isUse(lhs, v)));
  }
}
