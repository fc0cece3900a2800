package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code that no run gets to: behind a condition whose value is known when compiling ({@code if
 * debug} with a constant), or behind the error of a call that never fails. The compiler leaves out
 * the first and keeps the second.
 */
public final class Unreachable {
  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Map<Func, Boolean> neverFail = new HashMap<>();

  /** What cannot be reached in a package. */
  public Unreachable(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
  }

  /** Reports whether it is known that nothing gets to {@code n}. */
  public boolean test(Node n) {
    Node child = n;
    for (Node p = tree.parent(n); p != null; p = tree.parent(p)) {
      if (p instanceof Stmt.IfStmt f) {
        if (Tree.same(child, f.then()) && isNever(f.cond(), true, f)) {
          return true;
        }
        if (f.els() != null && Tree.same(child, f.els()) && isNever(f.cond(), false, f)) {
          return true;
        }
      } else if (p instanceof Expr.BinaryExpr b
          && Tree.same(child, b.y())
          && (b.op() == Operator.AND_AND || b.op() == Operator.OR_OR)
          && isNever(b.x(), b.op() == Operator.AND_AND, null)) {
        return true;
      }
      child = p;
    }
    return false;
  }

  /**
   * Reports whether a condition never has a value.
   *
   * @param around the statement whose condition it is, or null for a part of an expression
   */
  private boolean isNever(@Nullable Expr condition, boolean value, Stmt.@Nullable IfStmt around) {
    if (condition == null) {
      return false;
    }
    if (types.info().value(condition) instanceof Constant.Bool known) {
      return known.value() != value;
    }
    return switch (Syntax.unparen(condition)) {
      case Expr.BinaryExpr b when b.op() == (value ? Operator.AND_AND : Operator.OR_OR) ->
          isNever(b.x(), value, around) || isNever(b.y(), value, around);
      case Expr.BinaryExpr b when b.op() == (value ? Operator.OR_OR : Operator.AND_AND) ->
          isNever(b.x(), value, around) && isNever(b.y(), value, around);
      case Expr.BinaryExpr b when b.op() == (value ? Operator.NEQ : Operator.EQL) ->
          around != null && types.isNil(b.y()) && isAlwaysNil(b.x(), around);
      case Expr.UnaryExpr u when u.op() == Operator.NOT -> isNever(u.x(), !value, around);
      default -> false; // nobody knows
    };
  }

  /** An error variable that the statement before, or the if statement itself, has set to nil. */
  private boolean isAlwaysNil(Expr e, Stmt.IfStmt around) {
    Var v = types.variable(e);
    if (v == null || !Types.isError(v.type())) {
      return false;
    }
    Stmt before = around.init() != null ? around.init() : previous(around);
    return before instanceof Stmt.AssignStmt s
        && (s.op() == null || s.op() == Operator.DEF)
        && s.rhs() != null
        && Syntax.unparen(s.rhs()) instanceof Expr.CallExpr call
        && types.isTarget(Syntax.unpackList(s.lhs()).getLast(), v)
        && neverFails(call);
  }

  private @Nullable Stmt previous(Stmt s) {
    Stmt last = null;
    for (Stmt other : tree.siblings(s)) {
      if (Tree.same(other, s)) {
        return last;
      }
      last = other;
    }
    return null;
  }

  /** Writing to memory, random bytes (crypto/rand, Go 1.24), or a function that says nil itself. */
  private boolean neverFails(Expr.CallExpr call) {
    if (types.isMethodCall(
            call, "bytes", "Buffer", "Write", "WriteString", "WriteByte", "WriteRune")
        || types.isMethodCall(
            call, "strings", "Builder", "Write", "WriteString", "WriteByte", "WriteRune")
        || types.isCall(call, "crypto/rand", "Read")) {
      return true;
    }
    Func f = types.callee(call);
    Decl.FuncDecl d = f == null || Types.isInterfaceMethod(f) ? null : calls.declaration(f);
    return f != null && d != null && neverFail.computeIfAbsent(f.origin(), _ -> returnsNil(d));
  }

  /** Every return says nil for the error, and none leaves it to a named result. */
  private static boolean returnsNil(Decl.FuncDecl d) {
    List<Field> results = d.type().results();
    if (d.body() == null || results.isEmpty()) {
      return false;
    }
    List<Stmt.ReturnStmt> returns = Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class);
    return !returns.isEmpty()
        && results.getLast().name() == null
        && returns.stream()
            .allMatch(r ->
                r.results() != null
                    && Syntax.unpackList(r.results()).size() == results.size()
                    && Syntax.unpackList(r.results()).getLast() instanceof Expr.Name nil
                    && nil.value().equals("nil"));
  }
}
