package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Integers that are known to be below 256, as far as the code around them tells. The runtime has
 * boxes for them already (runtime/iface.go, convT64, Go 1.26).
 */
final class SmallNumbers {
  private static final int COUNT = 256;

  private final Tree tree;
  private final Types types;
  private final Set<Var> asked = new HashSet<>();
  private @Nullable Assigned assigned;

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
      case Expr.Name name ->
          isCounter(name)
              || isSmallArgument(name)
              || isAlways(types.variable(name))
              || isTested(name, Predicates.isUnsigned(t));
      case Expr.SelectorExpr _ -> isAlways(types.field(e));
      default -> false; // nobody knows
    };
  }

  /** All values that a local variable, or a field that nobody else can set, is given are small. */
  private boolean isAlways(@Nullable Var variable) {
    Var v = variable == null ? null : variable.origin();
    if (v == null
        || !(v.kind() == VarKind.LOCAL || (v.kind() == VarKind.FIELD && !v.exported()))
        || v.pkg() != types.pkg()
        || !asked.add(v)) {
      return false;
    }
    try {
      List<Assigned.Value> values = assigned().values(v);
      return values != null
          && !(v.kind() == VarKind.FIELD && values.isEmpty())
          && values.stream().allMatch(x -> isConstant(x.expr()) || isSmall(x.expr()));
    } finally {
      asked.remove(v);
    }
  }

  private boolean isConstant(@Nullable Expr e) {
    long n = types.intOr(e, -1);
    return n >= 0 && n < COUNT;
  }

  /**
   * Reports whether tests on the way to a use leave only small values of a variable, and whatever
   * it is given besides the first value is a small constant.
   */
  private boolean isTested(Expr.Name use, boolean unsigned) {
    Var v = types.variable(use);
    if (v == null || !(v.kind() == VarKind.LOCAL || v.kind() == VarKind.PARAM)) {
      return false;
    }
    List<Assigned.Value> values = assigned().values(v);
    if (values == null || !values.stream().allMatch(x -> x.first() || isConstant(x.expr()))) {
      return false;
    }
    boolean isBelow = false;
    boolean isAbove = unsigned;
    for (Guards.Fact fact : new Guards(tree, types).before(use, v)) {
      isBelow |= isBelow(fact, v);
      isAbove |= isNotNegative(fact, v);
    }
    return isBelow && isAbove;
  }

  /** {@code v < 256} and the like. */
  private boolean isBelow(Guards.Fact fact, Var v) {
    long n = types.intOr(fact.test().y(), -1);
    return types.isUse(Syntax.unparen(fact.test().x()), v)
        && n >= 0
        && switch (fact.test().op()) {
          case LSS -> fact.holds() && n <= COUNT;
          case LEQ, EQL -> fact.holds() && n < COUNT;
          case GEQ -> !fact.holds() && n <= COUNT;
          case GTR, NEQ -> !fact.holds() && n < COUNT;
          default -> false; // no comparison
        };
  }

  /** {@code v >= 0} and the like. */
  private boolean isNotNegative(Guards.Fact fact, Var v) {
    long n = types.intOr(fact.test().y(), -1);
    return types.isUse(Syntax.unparen(fact.test().x()), v)
        && n >= 0
        && switch (fact.test().op()) {
          case GTR, GEQ, EQL -> fact.holds();
          case LSS, LEQ, NEQ -> !fact.holds();
          default -> false; // no comparison
        };
  }

  /** The parameter of a function literal that is called where it stands. */
  private boolean isSmallArgument(Expr.Name name) {
    Var v = types.variable(name);
    if (v == null || v.kind() != VarKind.PARAM || !List.of().equals(assigned().values(v))) {
      return false;
    }
    for (Node p = tree.function(name); p instanceof Expr.FuncLit f; p = tree.function(f)) {
      List<Field> params = f.type().params();
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i).name() != null && types.defined(params.get(i).name()) == v) {
          return tree.parentSkippingParens(f) instanceof Expr.CallExpr call
              && Tree.same(Syntax.unparen(call.fun()), f)
              && call.args().size() == params.size()
              && (isConstant(call.args().get(i)) || isSmall(call.args().get(i)));
        }
      }
    }
    return false;
  }

  /** What the variables of the package are given. */
  Assigned assigned() {
    if (assigned == null) {
      assigned = new Assigned(tree, types);
    }
    return assigned;
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
