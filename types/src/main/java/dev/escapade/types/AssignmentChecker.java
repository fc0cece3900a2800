package dev.escapade.types;

import static dev.escapade.types.Predicates.defaultType;
import static dev.escapade.types.Predicates.isNonTypeParamInterface;
import static dev.escapade.types.Predicates.isNumeric;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Positions;
import dev.escapade.syntax.Stmt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks assignments and everything that works like one: initializations, arguments, results, short
 * variable declarations (Go spec, "Assignment statements" and "Assignability").
 */
final class AssignmentChecker {
  private static final AssignmentContext ASSIGNMENT = new AssignmentContext.Place("assignment");
  private static final AssignmentContext TO_BLANK =
      new AssignmentContext.Place("assignment to _ identifier");
  private static final AssignmentContext RETURN = new AssignmentContext.Place("return statement");

  private final Checker check;

  AssignmentChecker(Checker check) {
    this.check = check;
  }

  /**
   * Checks that {@code x} may be assigned to a variable of type {@code target}, and converts it if
   * it is untyped. If not, {@code x} is invalid.
   *
   * @param target null for the blank identifier
   * @param context where this takes place, for messages
   */
  void assignment(Operand x, @Nullable Type target, String context) {
    assignment(x, target, new AssignmentContext.Place(context));
  }

  /** Like {@link #assignment(Operand, Type, String)}. */
  void assignment(Operand x, @Nullable Type target, AssignmentContext context) {
    check.exprs.singleValue(x);
    switch (x.mode) {
      case INVALID -> {
        return;
      }
      case CONSTANT, VARIABLE, MAP_INDEX, VALUE, NIL_VALUE, COMMA_OK, COMMA_ERR -> {}
      case NO_VALUE, BUILTIN, TYPE_EXPR, CGO_FUNC -> {
        check.errors.errorf(
            x, Code.INCOMPATIBLE_ASSIGN, "cannot assign %s to %s in %s", x, target, context);
        x.invalidate();
        return;
      }
    }
    if (isUntyped(x.typ) && !convertAssigned(x, target, context)) {
      x.invalidate();
      return;
    }
    if (x.typ.underlying() instanceof Signature sig && !sig.typeParams().isEmpty()) {
      check.errors.errorf(
          x,
          Code.WRONG_TYPE_ARG_COUNT,
          "cannot use generic function %s without instantiation in %s",
          x,
          context);
      x.invalidate();
      return;
    }
    if (target == null) {
      return;
    }
    Type own = x.typ;
    if (own == target) {
      return;
    }
    Cause cause = new Cause();
    Code code = check.assignability.failure(x, target, cause);
    if (code != null) {
      if (cause.text.isEmpty()) {
        check.errors.errorf(x, code, "cannot use %s as %s value in %s", x, target, context);
      } else {
        check.errors.errorf(
            x, code, "cannot use %s as %s value in %s: %s", x, target, context, cause.text);
      }
      x.invalidate();
    }
  }

  /** Gives the untyped {@code x} the type it has in an assignment; false with an error. */
  private boolean convertAssigned(Operand x, @Nullable Type target, AssignmentContext context) {
    Type wanted = target;
    if (wanted == null) {
      if (x.isNil()) {
        check.errors.errorf(x, Code.UNTYPED_NIL_USE, "use of untyped nil in %s", context);
        return false;
      }
      wanted = defaultType(x.typ);
    } else if (!x.isNil() && isNonTypeParamInterface(wanted)) {
      wanted = defaultType(x.typ);
    }
    UntypedConverter.Implicit implicit = check.untypeds.implicitTypeAndValue(x, wanted);
    Code code = implicit.code();
    if (code != null) {
      String suffix = "";
      switch (code) {
        case TRUNCATED_FLOAT -> suffix = " (truncated)";
        case NUMERIC_OVERFLOW -> suffix = " (overflows)";
        default -> code = Code.INCOMPATIBLE_ASSIGN;
      }
      check.errors.errorf(x, code, "cannot use %s as %s value in %s%s", x, wanted, context, suffix);
      return false;
    }
    check.untypeds.apply(x, implicit);
    return true;
  }

  /** Initializes the constant {@code lhs} with {@code x}. */
  void initConst(Const lhs, Operand x) {
    Type type = lhs.typeOrNull();
    if (x.isInvalid() || !isValid(x.typ) || (type != null && !isValid(type))) {
      invalidateUntyped(lhs);
      return;
    }
    if (!x.isConstant()) {
      check.errors.errorf(x, Code.INVALID_CONST_INIT, "%s is not constant", x);
      invalidateUntyped(lhs);
      return;
    }
    if (type == null) {
      type = x.typ;
      lhs.setType(type);
    }
    assignment(x, type, "constant declaration");
    if (!x.isInvalid()) {
      lhs.setVal(x.val());
    }
  }

  private static void invalidateUntyped(Obj obj) {
    if (obj.typeOrNull() == null) {
      obj.setType(Basic.INVALID);
    }
  }

  /**
   * Initializes the variable {@code lhs} with {@code x}, from which it takes its type if it has
   * none. If this fails, {@code x} is invalid.
   */
  void initVar(Var lhs, Operand x, String context) {
    initVar(lhs, x, new AssignmentContext.Place(context));
  }

  private void initVar(Var lhs, Operand x, AssignmentContext context) {
    Type type = lhs.typeOrNull();
    if (x.isInvalid() || !isValid(x.typ) || (type != null && !isValid(type))) {
      invalidateUntyped(lhs);
      x.invalidate();
      return;
    }
    if (type == null) {
      type = x.typ;
      if (isUntyped(type)) {
        if (type == Basic.UNTYPED_NIL) {
          check.errors.errorf(x, Code.UNTYPED_NIL_USE, "use of untyped nil in %s", context);
          lhs.setType(Basic.INVALID);
          x.invalidate();
          return;
        }
        type = defaultType(type);
      }
      lhs.setType(type);
    }
    assignment(x, type, context);
  }

  /**
   * Checks the left side of an assignment, which does not count as use of a variable.
   *
   * @return its type; null for the blank identifier; invalid if nothing can be assigned to it
   */
  @Nullable Type lhsVar(Expr lhs) {
    Expr.Name name = Exprs.unparen(lhs) instanceof Expr.Name n ? n : null;
    if (name != null && name.isBlank()) {
      check.recordDef(name, null);
      return null;
    }
    Var v = name == null ? null : check.localVariable(name);
    boolean used = v != null && check.isUsed(v);
    Operand x = new Operand();
    check.exprs.expr(null, x, lhs);
    if (v != null) {
      check.setUsed(v, used);
    }
    if (x.isInvalid() || !isValid(x.typ)) {
      return Basic.INVALID;
    }
    if (x.mode == OperandMode.VARIABLE || x.mode == OperandMode.MAP_INDEX) {
      return x.typ;
    }
    if (x.expr() instanceof Expr.SelectorExpr sel) {
      Operand struct = new Operand();
      check.exprs.expr(null, struct, sel.x());
      if (struct.mode == OperandMode.MAP_INDEX) {
        check.errors.errorf(
            x,
            Code.UNADDRESSABLE_FIELD_ASSIGN,
            "cannot assign to struct field %s in map",
            x.expr());
        return Basic.INVALID;
      }
    }
    check.errors.errorf(
        x,
        Code.UNASSIGNABLE_OPERAND,
        "cannot assign to %s (neither addressable nor a map index expression)",
        x.expr());
    return Basic.INVALID;
  }

  /** Checks {@code lhs = rhs}. */
  void assignVar(Expr lhs, Expr rhs) {
    Type type = lhsVar(lhs);
    if (type != null && !isValid(type)) {
      check.calls.use(rhs);
      return;
    }
    Target target = null;
    if (type != null && type.underlying() instanceof Signature) {
      target = Target.of(type, ExprPrinter.toString(lhs));
    }
    Operand x = new Operand();
    check.exprs.expr(target, x, rhs);
    assignment(x, type, type == null ? TO_BLANK : ASSIGNMENT);
  }

  /** Checks the assignment of the value {@code x} to {@code lhs}; if it fails, x is invalid. */
  void assignVar(Expr lhs, Operand x, String context) {
    Type type = lhsVar(lhs);
    if (type != null && !isValid(type)) {
      x.invalidate();
      return;
    }
    boolean toBlank = type == null && context.equals("assignment");
    assignment(x, type, toBlank ? TO_BLANK : new AssignmentContext.Place(context));
  }

  static List<Type> operandTypes(List<Operand> list) {
    List<Type> types = new ArrayList<>(list.size());
    for (Operand x : list) {
      types.add(x.typ);
    }
    return types;
  }

  static List<Type> varTypes(List<Var> list) {
    List<Type> types = new ArrayList<>(list.size());
    for (Var v : list) {
      types.add(v.type());
    }
    return types;
  }

  /**
   * The types {@code list} in parentheses, as messages about numbers of values show them: untyped
   * numbers are just that, as they fit many types.
   *
   * @param variadic whether the last type, a slice, is written as that of a variadic parameter
   * @param hasDots whether the last type is followed by dots
   */
  String typesSummary(List<Type> list, boolean variadic, boolean hasDots) {
    StringBuilder out = new StringBuilder("(");
    for (int i = 0; i < list.size(); i++) {
      Type t = list.get(i);
      boolean last = i == list.size() - 1;
      if (i > 0) {
        out.append(", ");
      }
      if (last && variadic) {
        out.append("...").append(t instanceof Slice s ? check.sprintf("%s", s.elem()) : summary(t));
      } else {
        out.append(summary(t));
      }
      if (last && hasDots) {
        out.append("...");
      }
    }
    return out.append(')').toString();
  }

  private String summary(Type t) {
    if (!isValid(t)) {
      return "unknown type";
    }
    if (t instanceof Basic basic && isUntyped(basic)) {
      return isNumeric(basic) ? "number" : basic.name().substring("untyped ".length());
    }
    return check.sprintf("%s", t);
  }

  private static String measure(int n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s");
  }

  private void assignError(List<Expr> rhs, int vars, int values) {
    Expr first = rhs.getFirst();
    String left = measure(vars, "variable");
    String right = measure(values, "value");
    if (rhs.size() == 1 && Exprs.unparen(first) instanceof Expr.CallExpr call) {
      check.errors.errorf(
          first,
          Code.WRONG_ASSIGN_COUNT,
          "assignment mismatch: %s but %s returns %s",
          left,
          call.fun(),
          right);
    } else {
      check.errors.errorf(
          first, Code.WRONG_ASSIGN_COUNT, "assignment mismatch: %s but %s", left, right);
    }
  }

  private void returnError(Stmt at, List<Var> lhs, List<Operand> rhs) {
    int pos = Positions.startPos(at);
    String qualifier = "not enough";
    if (rhs.size() > lhs.size()) {
      pos = rhs.get(lhs.size()).startPos(); // the first one too many
      qualifier = "too many";
    } else if (!rhs.isEmpty()) {
      pos = rhs.getLast().startPos();
    }
    check
        .errors
        .newError(Code.WRONG_RESULT_COUNT)
        .addf(pos, "%s return values", qualifier)
        .addf(SourceMap.NO_POS, "have %s", typesSummary(operandTypes(rhs), false, false))
        .addf(SourceMap.NO_POS, "want %s", typesSummary(varTypes(lhs), false, false))
        .report();
  }

  /** Reports whether {@code rhs} is a single call, which may give any number of values. */
  private static boolean isCall(List<Expr> rhs) {
    return rhs.size() == 1 && Exprs.unparen(rhs.getFirst()) instanceof Expr.CallExpr;
  }

  /**
   * Initializes the variables {@code lhs} with the values of {@code rhs}.
   *
   * @param returnStmt the return statement, if these are results; else null
   */
  void initVars(List<Var> lhs, List<Expr> rhs, @Nullable Stmt returnStmt) {
    AssignmentContext context = returnStmt == null ? ASSIGNMENT : RETURN;
    if (lhs.size() == rhs.size() && !isCall(rhs)) {
      for (int i = 0; i < lhs.size(); i++) {
        Var v = lhs.get(i);
        String desc = returnStmt != null && v.name().isEmpty() ? "result variable" : v.name();
        Operand x = new Operand();
        check.exprs.expr(Target.of(v.typeOrNull(), desc), x, rhs.get(i));
        initVar(v, x, context);
      }
      return;
    }
    if (rhs.size() != 1) {
      // Another error on the right side may be the reason.
      if (check.calls.use(rhs)) {
        if (returnStmt != null) {
          returnError(returnStmt, lhs, check.calls.exprList(rhs));
        } else {
          assignError(rhs, lhs.size(), rhs.size());
        }
      }
      lhs.forEach(AssignmentChecker::invalidateUntyped);
      return;
    }
    Expr single = rhs.getFirst();
    List<Operand> values = check.exprs.multiExpr(single, lhs.size() == 2 && returnStmt == null);
    if (values.size() == lhs.size()) {
      boolean commaOk = isCommaOk(values);
      for (int i = 0; i < lhs.size(); i++) {
        initVar(lhs.get(i), values.get(i), context);
      }
      recordCommaOk(single, values, commaOk);
      return;
    }
    if (!values.getFirst().isInvalid()) {
      if (returnStmt != null) {
        returnError(returnStmt, lhs, values);
      } else {
        assignError(rhs, lhs.size(), values.size());
      }
    }
    lhs.forEach(AssignmentChecker::invalidateUntyped);
  }

  /** Assigns the values of {@code rhs} to {@code lhs}. */
  void assignVars(List<Expr> lhs, List<Expr> rhs) {
    if (lhs.size() == rhs.size() && !isCall(rhs)) {
      for (int i = 0; i < lhs.size(); i++) {
        assignVar(lhs.get(i), rhs.get(i));
      }
      return;
    }
    if (rhs.size() != 1) {
      // Another error may be the reason.
      boolean ok = check.calls.useLhs(lhs);
      if (check.calls.use(rhs) && ok) {
        assignError(rhs, lhs.size(), rhs.size());
      }
      return;
    }
    Expr single = rhs.getFirst();
    List<Operand> values = check.exprs.multiExpr(single, lhs.size() == 2);
    if (values.size() == lhs.size()) {
      boolean commaOk = isCommaOk(values);
      for (int i = 0; i < lhs.size(); i++) {
        assignVar(lhs.get(i), values.get(i), "assignment");
      }
      recordCommaOk(single, values, commaOk);
      return;
    }
    if (!values.getFirst().isInvalid()) {
      assignError(rhs, lhs.size(), values.size());
    }
    check.calls.useLhs(lhs);
  }

  /** Reports whether {@code values} are the two values of a comma-ok expression. */
  private static boolean isCommaOk(List<Operand> values) {
    return values.size() == 2
        && switch (values.getFirst().mode) {
          case MAP_INDEX, COMMA_OK, COMMA_ERR -> true;
          default -> false;
        };
  }

  /** Records that {@code e} has two values here, if both could be assigned. */
  private void recordCommaOk(Expr e, List<Operand> values, boolean commaOk) {
    if (commaOk && !values.get(0).isInvalid() && !values.get(1).isInvalid()) {
      check.recordCommaOkTypes(e, values);
    }
  }

  /**
   * Checks {@code lhs := rhs}.
   *
   * @param pos the position of the operator
   */
  void shortVarDecl(int pos, List<Expr> lhs, List<Expr> rhs) {
    int top = check.delayedTop();
    Scope scope = check.env.scope;
    ShortVars vars = new ShortVars(scope, lhs.size());
    for (Expr e : lhs) {
      vars.add(e);
    }
    initVars(vars.all, rhs, null);
    // Function literals on the right do not see the new variables.
    check.processDelayed(top);
    if (vars.declared.isEmpty() && !vars.hasError) {
      check.errors.softErrorf(pos, Code.NO_NEW_VAR, "no new variables on left side of :=");
      return;
    }
    for (Var v : vars.declared) {
      check.decls.declare(scope, null, v);
    }
  }

  /** The variables on the left side of a short variable declaration. */
  private final class ShortVars {
    private final Scope scope;
    private final @Nullable Set<String> seen;

    /** One variable for each expression. */
    final List<Var> all = new ArrayList<>();

    /** The new ones. */
    final List<Var> declared = new ArrayList<>();

    boolean hasError;

    ShortVars(Scope scope, int size) {
      this.scope = scope;
      this.seen = size > 1 ? new HashSet<>() : null;
    }

    void add(Expr e) {
      Var v = variable(e);
      if (v == null) {
        hasError = true;
        v = new Var(VarKind.LOCAL, e.pos(), check.pkg, "_", null);
      }
      all.add(v);
    }

    /** The variable that {@code e} declares or redeclares; null with an error. */
    private @Nullable Var variable(Expr e) {
      if (!(e instanceof Expr.Name name)) {
        check.calls.useLhs(e);
        check.errors.errorf(e, Code.BAD_DECL, "non-name %s on left side of :=", e);
        return null;
      }
      if (seen != null && !name.isBlank() && !seen.add(name.value())) {
        check.errors.errorf(e, Code.REPEATED_DECL, "%s repeated on left side of :=", e);
        return null;
      }
      Obj alt = scope.lookup(name.value());
      if (alt != null) {
        check.recordUse(name, alt);
        if (alt instanceof Var v) {
          return v;
        }
        check.errors.errorf(e, Code.UNASSIGNABLE_OPERAND, "cannot assign to %s", e);
        return null;
      }
      Var v = new Var(VarKind.LOCAL, name.pos(), check.pkg, name.value(), null);
      if (!name.isBlank()) {
        declared.add(v);
      }
      check.recordDef(name, v);
      return v;
    }
  }
}
