package dev.escapade.types;

import static dev.escapade.types.Predicates.isGeneric;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks expressions, top down (go/types: rawExpr and its variants).
 *
 * <p>Each method fills in an operand for one expression. If the expression is wrong, the error has
 * been reported when the method returns and the operand is invalid; callers pass invalid operands
 * on silently.
 *
 * <p>On its way out each expression is recorded: with its final type if it has one, or among the
 * untyped expressions, which get their types from their surroundings later ({@link
 * UntypedConverter}).
 */
final class ExprChecker {
  private final Checker check;

  ExprChecker(Checker check) {
    this.check = check;
  }

  /**
   * Checks an expression that must denote a single value.
   *
   * @param target what a generic function is assigned to, to infer its type arguments; or null
   */
  void expr(@Nullable Target target, Operand x, Expr e) {
    rawExpr(target, x, e, null, false);
    finishValue(x);
  }

  /** Like {@link #expr}, but the value may be a generic function. */
  void genericExpr(Operand x, Expr e) {
    rawExpr(null, x, e, null, true);
    finishValue(x);
  }

  /**
   * Like {@link #expr} for an element of a composite literal.
   *
   * @param hint the type of a literal without type
   */
  void exprWithHint(Operand x, Expr e, Type hint) {
    rawExpr(null, x, e, hint, false);
    finishValue(x);
  }

  /** Checks a type or an expression that denotes a single value. */
  void exprOrType(Operand x, Expr e, boolean allowGeneric) {
    rawExpr(null, x, e, null, allowGeneric);
    excludeNoValue(x, false);
    singleValue(x);
  }

  /**
   * Checks an expression that may denote several values, one operand for each; the first is invalid
   * if there was an error.
   *
   * @param allowCommaOk whether a comma-ok expression counts for two values; it did so if the
   *     result has two operands and the first one's mode is not {@code VALUE}
   */
  List<Operand> multiExpr(Expr e, boolean allowCommaOk) {
    Operand x = new Operand();
    rawExpr(null, x, e, null, false);
    excludeNonValues(x);
    if (!x.isInvalid() && x.typ instanceof Tuple tuple) {
      return unpack(tuple, e);
    }
    if (allowCommaOk) {
      Type second =
          switch (x.mode) {
            case MAP_INDEX, COMMA_OK -> Basic.UNTYPED_BOOL;
            case COMMA_ERR -> Universe.ERROR;
            default -> null;
          };
      if (second != null) {
        return List.of(x, new Operand(OperandMode.VALUE, e, second));
      }
    }
    return List.of(x);
  }

  /** One operand for each element of {@code tuple}, all with the expression {@code e}. */
  static List<Operand> unpack(Tuple tuple, Expr e) {
    List<Operand> list = new ArrayList<>(tuple.len());
    for (int i = 0; i < tuple.len(); i++) {
      list.add(new Operand(OperandMode.VALUE, e, tuple.at(i).type()));
    }
    return list;
  }

  /**
   * Checks any expression or type, without looking at what it denotes.
   *
   * @param target what a generic function is assigned to; or null
   * @param hint the type of a composite literal without type; or null
   * @param allowGeneric whether the result may be a generic type or function
   */
  ExprKind rawExpr(
      @Nullable Target target, Operand x, Expr e, @Nullable Type hint, boolean allowGeneric) {
    x.mode = OperandMode.INVALID;
    x.typ = Basic.INVALID;
    ExprKind kind = dispatch(target, x, e, hint);
    finish(target, x, allowGeneric);
    return kind;
  }

  /** Finishes the index expression {@code e}, which has been found not to instantiate anything. */
  void finishIndex(Operand x, Expr.IndexExpr e) {
    x.expr = e;
    finish(null, x, true);
  }

  /** What every expression goes through after its check. */
  private void finish(@Nullable Target target, Operand x, boolean allowGeneric) {
    if (!allowGeneric) {
      nonGeneric(target, x);
    }
    if (!x.isInvalid() && x.mode != OperandMode.NO_VALUE && !check.finiteSize(x.typ)) {
      x.invalidate();
      x.typ = Basic.INVALID;
    }
    check.record(x);
  }

  private void finishValue(Operand x) {
    excludeNonValues(x);
    singleValue(x);
  }

  /**
   * Reports a generic type, or a generic function whose type arguments do not follow from {@code
   * target}; a generic function with a target is instantiated.
   */
  void nonGeneric(@Nullable Target target, Operand x) {
    if (x.isInvalid() || x.mode == OperandMode.NO_VALUE) {
      return;
    }
    String what;
    if (x.typ instanceof Signature sig) {
      if (sig.typeParams().isEmpty()) {
        return;
      }
      if (target != null) {
        check.calls.funcInst(target, x.pos(), x, null, true);
        return;
      }
      what = "function";
    } else if ((x.typ instanceof Named || x.typ instanceof Alias) && isGeneric(x.typ)) {
      what = "type";
    } else {
      return;
    }
    check.errors.errorf(
        x.expr(),
        Code.WRONG_TYPE_ARG_COUNT,
        "cannot use generic %s %s without instantiation",
        what,
        x.expr());
    x.invalidate();
    x.typ = Basic.INVALID;
  }

  /** Reports an operand that is no value. */
  void excludeNonValues(Operand x) {
    switch (x.mode) {
      case BUILTIN -> excludeBuiltin(x);
      case TYPE_EXPR -> {
        check.errors.errorf(x, Code.NOT_AN_EXPR, "%s is not an expression", x);
        x.invalidate();
      }
      default -> excludeNoValue(x, true);
    }
  }

  /** Reports a predeclared function that is not called. */
  void excludeBuiltin(Operand x) {
    if (x.mode == OperandMode.BUILTIN) {
      check.errors.errorf(x, Code.UNCALLED_BUILTIN, "%s must be called", x);
      x.invalidate();
    }
  }

  /** Reports a call without result; {@code onlyValues} if a type would not do either. */
  void excludeNoValue(Operand x, boolean onlyValues) {
    if (x.mode == OperandMode.NO_VALUE) {
      String text = onlyValues ? "%s used as value" : "%s used as value or type";
      check.errors.errorf(x, Code.TOO_MANY_VALUES, text, x);
      x.invalidate();
    }
  }

  /** Reports an operand that stands for several values. */
  void singleValue(Operand x) {
    if (x.mode == OperandMode.VALUE && x.typ instanceof Tuple) {
      check.errors.errorf(x, Code.TOO_MANY_VALUES, "multiple-value %s in single-value context", x);
      x.invalidate();
    }
  }

  private ExprKind dispatch(@Nullable Target target, Operand x, Expr e, @Nullable Type hint) {
    switch (e) {
      case Expr.CallExpr call -> {
        return check.calls.callExpr(x, call);
      }
      case Expr.ParenExpr paren -> {
        // Inference from an assignment does not look through parentheses.
        ExprKind kind = rawExpr(null, x, paren.x(), null, false);
        x.expr = paren;
        return kind;
      }
      case Expr.Name name -> check.typeExprs.ident(x, name, false);
      case Expr.BasicLit lit -> check.literals.basicLit(x, lit);
      case Expr.FuncLit lit -> check.literals.funcLit(x, lit);
      case Expr.CompositeLit lit -> check.literals.compositeLit(x, lit, hint);
      case Expr.SelectorExpr sel -> check.calls.selector(x, sel, false);
      case Expr.IndexExpr index -> index(target, x, index);
      case Expr.SliceExpr slice -> check.indexes.sliceExpr(x, slice);
      case Expr.TypeAssertExpr assertion -> typeAssert(x, assertion);
      case Expr.UnaryExpr unary -> unary(x, unary);
      case Expr.BinaryExpr binary -> binary(x, binary);
      case Expr.ArrayType _,
          Expr.SliceType _,
          Expr.StructType _,
          Expr.FuncType _,
          Expr.InterfaceType _,
          Expr.MapType _,
          Expr.ChanType _ -> {
        x.mode = OperandMode.TYPE_EXPR;
        x.typ = check.typeExprs.typ(e);
      }
      case Expr.BadExpr _ -> x.invalidate(); // was reported by the parser
      case Expr.DotsType _ -> misplaced(x, e, "invalid use of ...");
      case Expr.KeyValueExpr _ -> misplaced(x, e, "no key:value expected");
      case Expr.ListExpr _ -> misplaced(x, e, "unexpected list of expressions");
      case Expr.TypeSwitchGuard guard -> {
        misplaced(x, e, "use of .(type) outside type switch");
        check.calls.use(guard.x());
      }
    }
    x.expr = e;
    if (x.isInvalid() || (e instanceof Expr.UnaryExpr u && u.op() == Operator.RECV)) {
      return ExprKind.STATEMENT; // an invalid one is not reported again
    }
    return ExprKind.EXPRESSION;
  }

  private void misplaced(Operand x, Expr e, String message) {
    check.errors.error(e, Code.INVALID_SYNTAX_TREE, message);
    x.invalidate();
  }

  private void index(@Nullable Target target, Operand x, Expr.IndexExpr e) {
    if (check.indexes.indexExpr(x, e)) {
      check.calls.funcInst(target, e.pos(), x, e, true);
    }
  }

  private void unary(Operand x, Expr.UnaryExpr e) {
    if (e.op() == Operator.MUL) {
      check.operators.indirect(x, e);
    } else {
      check.operators.unary(x, e);
    }
  }

  /**
   * Checks a chain of binary operators from its innermost left operand outwards, so that the depth
   * of recursion does not depend on the length of the chain.
   */
  private void binary(Operand x, Expr.BinaryExpr e) {
    if (!(e.x() instanceof Expr.BinaryExpr)) {
      expr(null, x, e.x());
      check.operators.binaryWithLeft(x, e, e.x(), e.y(), e.op());
      return;
    }
    List<Expr.BinaryExpr> chain = new ArrayList<>();
    for (Expr cur = e; cur instanceof Expr.BinaryExpr b; cur = b.x()) {
      chain.add(b);
    }
    expr(null, x, chain.getLast().x());
    for (int i = chain.size() - 1; i >= 0; i--) {
      Expr.BinaryExpr b = chain.get(i);
      check.operators.binaryWithLeft(x, b, b.x(), b.y(), b.op());
      if (i > 0) {
        x.expr = b;
        finish(null, x, false);
        finishValue(x);
      }
    }
  }

  private void typeAssert(Operand x, Expr.TypeAssertExpr e) {
    expr(null, x, e.x());
    if (x.isInvalid()) {
      return;
    }
    if (isTypeParam(x.typ)) {
      check.errors.errorf(
          x,
          Code.INVALID_ASSERT,
          "invalid operation: cannot use type assertion on type parameter value %s",
          x);
      x.invalidate();
      return;
    }
    if (!(x.typ.underlying() instanceof Interface)) {
      check.errors.errorf(x, Code.INVALID_ASSERT, "invalid operation: %s is not an interface", x);
      x.invalidate();
      return;
    }
    Type type = check.typeExprs.varType(e.type());
    if (!isValid(type)) {
      x.invalidate();
      return;
    }
    typeAssertion(e, x, type, false);
    x.mode = OperandMode.COMMA_OK;
    x.typ = type;
  }

  /**
   * Reports a type assertion, or a case of a type switch, that can never hold.
   *
   * @param x an operand of interface type
   */
  void typeAssertion(Expr e, Operand x, Type type, boolean typeSwitch) {
    Cause cause = new Cause();
    if (check.instantiator.assertableTo(x.typ, type, cause)) {
      return;
    }
    if (typeSwitch) {
      check.errors.errorf(
          e,
          Code.IMPOSSIBLE_ASSERT,
          "impossible type switch case: %s\n\t%s cannot have dynamic type %s %s",
          e,
          x,
          type,
          cause.text);
    } else {
      check.errors.errorf(
          e,
          Code.IMPOSSIBLE_ASSERT,
          "impossible type assertion: %s\n\t%s does not implement %s %s",
          e,
          type,
          x.typ,
          cause.text);
    }
  }
}
