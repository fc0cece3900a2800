package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Const;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import dev.escapade.types.constant.Constants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Integers that are known to be below 256, as far as the code around them tells. The runtime has
 * boxes for them already (runtime/iface.go, convT64, Go 1.26).
 */
final class SmallNumbers {
  private static final int COUNT = 256;

  /** With fewer constants a type may as well be one of sizes or numbers. */
  private static final int FEWEST_OF_ENUMERATION = 3;

  private final Tree tree;
  private final Types types;
  private final Ranges ranges;
  private final Map<TypeName, Boolean> enumerations = new HashMap<>();
  private @Nullable Assigned assigned;

  SmallNumbers(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    ranges = new Ranges(tree, types, calls, this::assigned, this::atPlace);
  }

  /** Reports whether an expression is an integer from 0 to 255 whenever it is evaluated. */
  boolean isSmall(@Nullable Expr value) {
    Type t = types.of(value);
    if (value == null || t == null || !Predicates.isInteger(t)) {
      return false;
    }
    Ranges.Range r = ranges.of(value);
    return (r != null && r.isWithin(0, COUNT - 1)) || isEnumeration(t);
  }

  /** What the place of a use tells of a variable: that it counts a loop, or has been tested. */
  private Ranges.@Nullable Range atPlace(Expr.Name name) {
    Type t = types.of(name);
    return t != null
            && (isCounter(name)
                || isSmallArgument(name)
                || isTested(name, Predicates.isUnsigned(t)))
        ? new Ranges.Range(0, COUNT - 1)
        : null;
  }

  /**
   * Reports whether the constants of a type say that its values are small: error numbers, kinds and
   * flags are by their meaning one of these.
   */
  private boolean isEnumeration(Type type) {
    if (!(type.unalias() instanceof Named n)) {
      return false;
    }
    Package declared = n.obj().pkg();
    return declared != null
        && enumerations.computeIfAbsent(n.obj(), _ -> hasSmallConstants(declared, n));
  }

  private static boolean hasSmallConstants(Package declared, Named n) {
    int count = 0;
    for (String name : declared.scope().names()) {
      if (declared.scope().lookup(name) instanceof Const c && c.type() == n) {
        long value = Constants.longValueOr(Constants.toInt(c.val()), -1);
        if (value < 0 || value >= COUNT) {
          return false;
        }
        count++;
      }
    }
    return count >= FEWEST_OF_ENUMERATION;
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

  private boolean isConstant(@Nullable Expr e) {
    long n = types.intOr(e, -1);
    return n >= 0 && n < COUNT;
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
              && isSmall(call.args().get(i));
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
