package dev.escapade.types;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks expression switches and type switches (Go spec, "Switch statements"). */
final class SwitchChecker {
  private final Checker check;

  SwitchChecker(Checker check) {
    this.check = check;
  }

  /** A case seen before: where, and the type of its value. */
  private record SeenValue(int pos, Type type) {}

  /** A case of a type switch seen before; the type is null for nil. */
  private record SeenType(@Nullable Type type, Expr at) {}

  /** Checks an expression switch whose init statement has been checked. */
  void switchStmt(int inner, Stmt.SwitchStmt s) {
    Operand x = tag(s);
    multipleDefaults(s.body());
    Map<Object, List<SeenValue>> seen = new HashMap<>();
    for (int i = 0; i < s.body().size(); i++) {
      CaseClause clause = s.body().get(i);
      boolean last = i + 1 == s.body().size();
      caseValues(x, Exprs.unpack(clause.cases()), seen);
      check.openScope("case");
      check.stmts.stmtList(
          inner | (last ? StmtChecker.FINAL_SWITCH_CASE : StmtChecker.FALLTHROUGH_OK),
          clause.body());
      check.closeScope();
    }
  }

  private Operand tag(Stmt.SwitchStmt s) {
    Expr tag = s.tag();
    if (tag == null) {
      int pos = s.body().isEmpty() ? s.rbrace() : s.body().get(0).pos();
      return Operand.constant(Exprs.syntheticName(pos, "true"), Basic.BOOL, Constant.of(true));
    }
    Operand x = new Operand();
    check.exprs.expr(null, x, tag);
    // The value is assigned to an invisible variable.
    check.assignments.assignment(x, null, "switch expression");
    if (!x.isInvalid() && !Predicates.comparable(x.typ) && !Predicates.hasNil(x.typ)) {
      check.errors.errorf(
          x, Code.INVALID_EXPR_SWITCH, "cannot switch on %s (%s is not comparable)", x, x.typ);
      x.invalidate();
    }
    return x;
  }

  private void multipleDefaults(List<CaseClause> clauses) {
    CaseClause first = null;
    for (CaseClause c : clauses) {
      if (c.cases() == null) {
        if (first != null) {
          check.errors.errorf(
              c,
              Code.DUPLICATE_DEFAULT,
              "multiple defaults (first at %s)",
              check.errors.position(first.pos()));
        } else {
          first = c;
        }
      }
    }
  }

  private void caseValues(Operand x, List<Expr> values, Map<Object, List<SeenValue>> seen) {
    for (Expr e : values) {
      Operand v = new Operand();
      check.exprs.expr(null, v, e);
      if (x.isInvalid() || v.isInvalid()) {
        continue;
      }
      check.untypeds.convertUntyped(v, x.typ);
      if (v.isInvalid()) {
        continue;
      }
      // In this order errors are at the case, not at the switch.
      Operand res = v.copy();
      check.operators.comparison(res, x, Operator.EQL, true);
      if (!res.isInvalid() && v.isConstant()) {
        duplicateValue(v, seen);
      }
    }
  }

  private void duplicateValue(Operand v, Map<Object, List<SeenValue>> seen) {
    Object key = key(v.val());
    if (key == null) {
      return;
    }
    List<SeenValue> same = seen.computeIfAbsent(key, _ -> new ArrayList<>(1));
    for (SeenValue other : same) {
      if (Predicates.identical(v.typ, other.type)) {
        check
            .errors
            .newError(Code.DUPLICATE_CASE)
            .addf(v, "duplicate case %s in expression switch", v)
            .addf(other.pos, "previous case")
            .report();
        return;
      }
    }
    same.add(new SeenValue(v.pos(), v.typ));
  }

  /** A key for values that the compiler checks for duplicates: integers, floats and strings. */
  private static @Nullable Object key(Constant val) {
    return switch (val.kind()) {
      case INT, FLOAT, STRING -> val.exactString();
      case UNKNOWN, BOOL, COMPLEX -> null;
    };
  }

  // Type switches.

  /** Checks a type switch whose init statement has been checked. */
  void typeSwitchStmt(int inner, Stmt.SwitchStmt s, Expr.TypeSwitchGuard guard) {
    Expr.Name lhs = guard.lhs();
    if (lhs != null) {
      if (lhs.isBlank()) {
        check.errors.softErrorf(lhs, Code.NO_NEW_VAR, "no new variable on left side of :=");
        lhs = null;
      } else {
        check.recorder.recordDef(lhs, null); // each clause has a variable of its own
      }
    }
    Operand x = guardOperand(guard);
    multipleDefaults(s.body());
    List<Var> vars = new ArrayList<>();
    List<SeenType> seen = new ArrayList<>();
    for (CaseClause clause : s.body()) {
      Type t = caseTypes(x, Exprs.unpack(clause.cases()), seen);
      check.openScope("case");
      if (lhs != null) {
        Var v = new Var(VarKind.LOCAL, lhs.pos(), check.pkg, lhs.value(), t);
        check.decls.declare(check.env.scope, null, v);
        check.info.recordImplicit(clause, v);
        vars.add(v);
      }
      check.stmts.stmtList(inner, clause.body());
      check.closeScope();
    }
    if (lhs != null) {
      requireUse(lhs, vars);
    }
  }

  /** The operand of the guard, or null after an error. */
  private @Nullable Operand guardOperand(Expr.TypeSwitchGuard guard) {
    Operand x = new Operand();
    check.exprs.expr(null, x, guard.x());
    if (x.isInvalid()) {
      return null;
    }
    if (Predicates.isTypeParam(x.typ)) {
      check.errors.errorf(
          x, Code.INVALID_TYPE_SWITCH, "cannot use type switch on type parameter value %s", x);
      return null;
    }
    if (!(x.typ.underlying() instanceof Interface)) {
      check.errors.errorf(x, Code.INVALID_TYPE_SWITCH, "%s is not an interface", x);
      return null;
    }
    return x;
  }

  /** The variables of all clauses count as one: it is enough if one of them is used. */
  private void requireUse(Expr.Name lhs, List<Var> vars) {
    boolean used = false;
    for (Var v : vars) {
      used |= check.isUsed(v);
      check.setUsed(v, true);
    }
    if (!used) {
      check.errors.softErrorf(lhs, Code.UNUSED_VAR, "%s declared and not used", lhs.value());
    }
  }

  /**
   * Checks the types of a clause and returns that of the clause's variable.
   *
   * @param x the operand of the guard, or null if it is invalid
   */
  private Type caseTypes(@Nullable Operand x, List<Expr> types, List<SeenType> seen) {
    Type last = null;
    for (Expr e : types) {
      if (isNil(e)) {
        last = null;
        check.exprs.expr(null, new Operand(), e);
      } else {
        last = check.typeExprs.varType(e);
        if (!Predicates.isValid(last)) {
          continue;
        }
      }
      if (isDuplicate(e, last, seen)) {
        continue;
      }
      seen.add(new SeenType(last, e));
      if (x != null && last != null) {
        check.exprs.typeAssertion(e, x, last, true);
      }
    }
    if (types.size() == 1 && last != null) {
      return last;
    }
    return x == null ? Basic.INVALID : x.typ;
  }

  private boolean isDuplicate(Expr e, @Nullable Type t, List<SeenType> seen) {
    for (SeenType other : seen) {
      if (isSame(t, other.type)) {
        check
            .errors
            .newError(Code.DUPLICATE_CASE)
            .addf(e, "duplicate case %s in type switch", t == null ? "nil" : t)
            .addf(other.at, "previous case")
            .report();
        return true;
      }
    }
    return false;
  }

  /** Reports whether both are nil (as which null counts) or identical types. */
  private static boolean isSame(@Nullable Type t, @Nullable Type u) {
    if (t == null || u == null) {
      return t == null && u == null;
    }
    return Predicates.identical(t, u);
  }

  /** Reports whether {@code e} is the predeclared nil. */
  private boolean isNil(Expr e) {
    return Exprs.unparen(e) instanceof Expr.Name name && check.lookup(name.value()) instanceof Nil;
  }
}
