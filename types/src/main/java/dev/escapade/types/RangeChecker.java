package dev.escapade.types;

import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isBoolean;
import static dev.escapade.types.Predicates.isInteger;
import static dev.escapade.types.Predicates.isString;

import dev.escapade.syntax.ChanDir;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks range clauses (Go spec, "For statements with range clause"). */
final class RangeChecker {
  private final Checker check;

  RangeChecker(Checker check) {
    this.check = check;
  }

  /**
   * The types of iteration variables.
   *
   * @param key null if there may be no variable
   * @param val null if there may be no second variable
   * @param cause why the expression cannot be ranged over, "" without more detail; null if it can
   */
  record KeyVal(@Nullable Type key, @Nullable Type val, @Nullable String cause) {
    static KeyVal of(@Nullable Type key, @Nullable Type val) {
      return new KeyVal(key, val, null);
    }

    static KeyVal bad(String cause) {
      return new KeyVal(Basic.INVALID, Basic.INVALID, cause);
    }
  }

  /**
   * Checks the statement {@code stmt} with the range clause {@code clause}; the caller goes back to
   * the scope around the statement.
   *
   * @param inner what statements in the body may do
   */
  void rangeStmt(int inner, Stmt.ForStmt stmt, Stmt.RangeClause clause) {
    rangeClause(stmt, clause);
    check.stmts.stmt(inner, stmt.body());
  }

  private void rangeClause(Stmt.ForStmt stmt, Stmt.RangeClause clause) {
    List<Expr> lhs = Exprs.unpack(clause.lhs());
    Expr key = lhs.isEmpty() ? null : lhs.get(0);
    Expr value = lhs.size() > 1 ? lhs.get(1) : null;
    Expr extra = lhs.size() > 2 ? lhs.get(2) : null;

    Operand x = new Operand();
    check.env.hasCallOrRecv = false;
    check.exprs.expr(null, x, clause.x());
    if (!x.isInvalid() && value == null && !check.env.hasCallOrRecv) {
      recordConstantLength(clause.x(), x);
    }
    KeyVal types = KeyVal.of(null, null);
    if (!x.isInvalid()) {
      types = keyVal(x.typ);
      reportClause(x, types, key, value, extra);
    }
    check.openScope("range");
    boolean overInt = isInteger(x.typ);
    if (clause.def()) {
      declare(stmt, x, overInt, key, value, types);
    } else if (key != null) {
      assign(x, overInt, key, types.key);
      if (value != null) {
        assign(x, overInt, value, types.val);
      }
    } else if (overInt) {
      // An untyped number must be representable in its default type.
      check.assignments.assignment(x, null, "range clause");
    }
  }

  /**
   * Records the range expression as a constant if it is an array or pointer to one of which only
   * the length counts: then it is not evaluated.
   */
  private void recordConstantLength(Expr e, Operand x) {
    if (BuiltinChecker.arrayPtrDeref(x.typ.underlying()) instanceof Array array) {
      check.record(Operand.constant(Exprs.unparen(e), Basic.INT, Constant.of(array.len())));
    }
  }

  private void reportClause(
      Operand x, KeyVal types, @Nullable Expr key, @Nullable Expr value, @Nullable Expr extra) {
    if (types.cause != null) {
      if (types.cause.isEmpty()) {
        check.errors.softErrorf(x, Code.INVALID_RANGE_EXPR, "cannot range over %s", x);
      } else {
        check.errors.softErrorf(
            x, Code.INVALID_RANGE_EXPR, "cannot range over %s: %s", x, types.cause);
      }
    } else if (types.key == null && key != null) {
      check.errors.softErrorf(
          key, Code.INVALID_ITER_VAR, "range over %s permits no iteration variables", x);
    } else if (types.val == null && value != null) {
      check.errors.softErrorf(
          value, Code.INVALID_ITER_VAR, "range over %s permits only one iteration variable", x);
    } else if (extra != null) {
      check.errors.softErrorf(
          extra, Code.INVALID_ITER_VAR, "range clause permits at most two iteration variables");
    }
  }

  private void declare(
      Stmt.ForStmt stmt,
      Operand x,
      boolean overInt,
      @Nullable Expr key,
      @Nullable Expr value,
      KeyVal types) {
    List<Var> vars = new ArrayList<>(2);
    if (key != null) {
      declare(x, overInt, key, types.key, vars);
    }
    if (value != null) {
      declare(x, overInt, value, types.val, vars);
    }
    if (vars.isEmpty()) {
      check.errors.error(stmt, Code.NO_NEW_VAR, "no new variables on left side of :=");
    }
    for (Var v : vars) {
      check.decls.declare(check.env.scope, null, v);
    }
  }

  private void declare(Operand x, boolean overInt, Expr lhs, @Nullable Type type, List<Var> vars) {
    Var v;
    if (lhs instanceof Expr.Name name) {
      v = new Var(VarKind.LOCAL, name.pos(), check.pkg, name.value(), null);
      check.recordDef(name, v);
      if (!name.isBlank()) {
        vars.add(v);
      }
    } else {
      check.errors.errorf(lhs, Code.INVALID_SYNTAX_TREE, "cannot declare %s", lhs);
      v = new Var(VarKind.LOCAL, lhs.pos(), check.pkg, "_", null);
    }
    if (type == null || type == Basic.INVALID) {
      v.setType(Basic.INVALID);
      check.setUsed(v, true); // an unused variable is not worth another error
    } else if (overInt) {
      check.assignments.initVar(v, x, "range clause");
    } else {
      // There is no expression for the element; errors are about the variable.
      check.assignments.initVar(v, new Operand(OperandMode.VALUE, lhs, type), "assignment");
    }
  }

  private void assign(Operand x, boolean overInt, Expr lhs, @Nullable Type type) {
    if (type == null || type == Basic.INVALID) {
      return;
    }
    if (!overInt) {
      check.assignments.assignVar(lhs, new Operand(OperandMode.VALUE, lhs, type), "assignment");
      return;
    }
    check.assignments.assignVar(lhs, x, "range clause");
    if (!x.isInvalid() && !isInteger(x.typ)) {
      check.errors.softErrorf(
          lhs, Code.INVALID_RANGE_EXPR, "cannot use iteration variable of type %s", x.typ);
    }
  }

  /** The types of the iteration variables for an expression of type {@code type}. */
  KeyVal keyVal(Type type) {
    TypeError[] error = new TypeError[1];
    Type u =
        TypeSets.commonUnder(
            type,
            (t, under) ->
                under instanceof Chan ch && ch.dir() == ChanDir.SEND_ONLY
                    ? TypeError.of("receive from send-only channel %s", t)
                    : null,
            error);
    if (u == null) {
      return KeyVal.bad(error[0].format(check));
    }
    return switch (BuiltinChecker.arrayPtrDeref(u)) {
      case Basic b when isString(b) -> KeyVal.of(Basic.INT, Basic.RUNE);
      case Basic b when isInteger(b) ->
          check.allowVersion(GoVersion.GO1_22)
              ? KeyVal.of(type, null)
              : KeyVal.bad("requires go1.22 or later");
      case Array a -> KeyVal.of(Basic.INT, a.elem());
      case Slice s -> KeyVal.of(Basic.INT, s.elem());
      case MapType m -> KeyVal.of(m.key(), m.elem());
      case Chan c -> KeyVal.of(c.elem(), null);
      case Signature sig ->
          check.allowVersion(GoVersion.GO1_23)
              ? functionKeyVal(sig)
              : KeyVal.bad("requires go1.23 or later");
      default -> new KeyVal(null, null, "");
    };
  }

  /** Like {@link #keyVal} for an iterator function. */
  private KeyVal functionKeyVal(Signature sig) {
    String prefix = "func must be func(yield func(...) bool): ";
    if (sig.params().len() != 1) {
      return KeyVal.bad(prefix + "wrong argument count");
    }
    if (sig.results().len() != 0) {
      return KeyVal.bad(prefix + "unexpected results");
    }
    TypeError[] error = new TypeError[1];
    Type u = TypeSets.commonUnder(sig.params().at(0).type(), null, error);
    if (!(u instanceof Signature yield)) {
      return KeyVal.bad(
          prefix
              + (u == null ? "in yield type, " + error[0].format(check) : "argument is not func"));
    }
    if (yield.params().len() > 2) {
      return KeyVal.bad(prefix + "yield func has too many parameters");
    }
    Tuple results = yield.results();
    if (results.len() != 1 || !identical(results.at(0).type(), Basic.BOOL)) {
      boolean defined = results.len() == 1 && isBoolean(results.at(0).type());
      return KeyVal.bad(
          prefix
              + (defined
                  ? "yield func returns user-defined boolean, not bool"
                  : "yield func does not return bool"));
    }
    Tuple params = yield.params();
    return KeyVal.of(
        params.len() >= 1 ? params.at(0).type() : null,
        params.len() >= 2 ? params.at(1).type() : null);
  }
}
