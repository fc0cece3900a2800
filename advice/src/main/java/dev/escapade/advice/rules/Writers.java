package dev.escapade.advice.rules;

import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the writers that an expression of an interface type stands for are known to have no
 * WriteString method, so that nothing is gained by asking for one.
 */
final class Writers {
  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Set<Func> asked = new HashSet<>();

  Writers(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
  }

  /** Reports whether all that {@code writer} can be is known, and takes only bytes. */
  boolean takesOnlyBytes(Expr writer) {
    Type t = types.of(writer);
    if (t == null || !Predicates.isInterface(t) || types.hasMethod(t, "WriteString")) {
      return false;
    }
    if (Types.isNamed(t, "net", "Conn")) {
      return true; // no connection of the standard library has the method
    }
    Var v = types.variable(writer);
    return v != null && v.kind() == VarKind.LOCAL && isGivenBytesOnly(v);
  }

  /** A variable or result is given something, and only such writers. */
  private boolean isGivenBytesOnly(Var v) {
    boolean isGiven = false;
    for (Stmt.AssignStmt s : tree.all(Stmt.AssignStmt.class)) {
      List<Expr> targets = Syntax.unpackList(s.lhs());
      for (int i = 0; i < targets.size(); i++) {
        if (types.isTarget(targets.get(i), v)) {
          Expr value = Types.right(s, targets.get(i));
          if (value != null ? !isBytesOnly(value, 0) : !isBytesOnly(s.rhs(), i)) {
            return false;
          }
          isGiven = true;
        }
      }
    }
    return isGiven && !isOtherwiseSet(v);
  }

  /** Its address is taken, or it is declared with a value. */
  private boolean isOtherwiseSet(Var v) {
    return tree.all(Expr.UnaryExpr.class).stream()
            .anyMatch(u -> u.op() == Operator.AND && types.isUse(Syntax.unparen(u.x()), v))
        || tree.all(Decl.VarDecl.class).stream()
            .anyMatch(
                d -> d.values() != null && d.names().stream().anyMatch(n -> types.defined(n) == v));
  }

  /** Result {@code index} of a value is of a type without the method, whatever its interface. */
  private boolean isBytesOnly(@Nullable Expr value, int index) {
    if (value == null) {
      return false;
    }
    Type t = types.of(value);
    if (t != null
        && !(Syntax.unparen(value) instanceof Expr.CallExpr call && results(call) > 1)
        && !Predicates.isInterface(t)) {
      return !types.hasMethod(t, "WriteString");
    }
    Func f = Syntax.unparen(value) instanceof Expr.CallExpr call ? types.callee(call) : null;
    Decl.FuncDecl d = f == null ? null : calls.declaration(f);
    if (f == null || d == null || d.body() == null || !asked.add(f.origin())) {
      return false;
    }
    List<Stmt.ReturnStmt> returns = Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class);
    for (Stmt.ReturnStmt r : returns) {
      if (r.results() == null
          ? !isGivenBytesOnly(f.origin().signature().results().at(index))
          : !isBytesOnly(Syntax.unpackList(r.results()), index)) {
        return false;
      }
    }
    return !returns.isEmpty();
  }

  private boolean isBytesOnly(List<Expr> results, int index) {
    return index < results.size()
        && (types.isNil(results.get(index)) || isBytesOnly(results.get(index), 0));
  }

  private int results(Expr.CallExpr call) {
    Func f = types.callee(call);
    return f == null ? 1 : f.signature().results().len();
  }
}
