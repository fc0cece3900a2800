package dev.escapade.types;

import static dev.escapade.types.Predicates.isTypeParam;

import dev.escapade.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks calls, conversions in call form, and instantiations of functions (go/types: call.go). */
final class CallChecker {
  private final Checker check;
  private final ArgumentChecker arguments;

  CallChecker(Checker check) {
    this.check = check;
    this.arguments = new ArgumentChecker(check);
  }

  /**
   * Instantiates the generic function {@code x}.
   *
   * @param target what the function is assigned to, to infer missing type arguments; or null
   * @param pos where errors about the instantiation are reported without {@code inst}
   * @param inst gives type arguments, perhaps not all; or null
   * @param infer whether missing type arguments are inferred; if not, and some are missing, the
   *     given ones are the result and {@code x} is unchanged
   * @return null if {@code x} was instantiated or is invalid
   */
  @Nullable List<Type> funcInst(
      @Nullable Target target, int pos, Operand x, Expr.@Nullable IndexExpr inst, boolean infer) {
    if (inst != null) {
      x.expr = inst;
    }
    int instPos = inst == null ? pos : inst.pos();
    boolean versionOk = check.verifyVersionf(instPos, GoVersion.GO1_18, "function instantiation");
    List<Type> targs = List.of();
    List<Expr> xlist = List.of();
    if (inst != null) {
      xlist = Exprs.unpack(inst.index());
      targs = check.typeExprs.typeList(xlist);
      if (targs == null) {
        x.invalidate();
        return null;
      }
    }
    Signature sig = (Signature) x.typ;
    int want = sig.typeParams().size();
    if (targs.size() > want) {
      tooManyTypeArgs(xlist.get(targs.size() - 1), targs.size(), want);
      x.invalidate();
      return null;
    }
    if (targs.size() < want) {
      if (!infer) {
        return targs;
      }
      if (target != null && versionOk && !check.allowVersion(GoVersion.GO1_21)) {
        String what =
            inst != null
                ? "partially instantiated function in assignment"
                : "implicitly instantiated function in assignment";
        check.errors.versionErrorf(instPos, GoVersion.GO1_21, what);
      }
      targs = inferFromTarget(target, pos, x, sig, targs);
      if (targs == null) {
        x.invalidate();
        return null;
      }
    }
    x.typ = instantiateSignature(x.pos(), x.expr(), sig, targs, xlist);
    x.mode = OperandMode.VALUE;
    return null;
  }

  private void tooManyTypeArgs(Expr at, int got, int want) {
    check.errors.errorf(
        at, Code.WRONG_TYPE_ARG_COUNT, "got %d type arguments but want %d", got, want);
  }

  /**
   * The type arguments of {@code x}, or null with an error. An assignment of a generic function to
   * a variable is taken for a call, with the variable as argument, of a function that has the type
   * parameters of {@code x} and one parameter of its type.
   */
  private @Nullable List<Type> inferFromTarget(
      @Nullable Target target, int pos, Operand x, Signature sig, List<Type> targs) {
    List<Operand> args = List.of();
    Tuple params = Tuple.EMPTY;
    if (target != null) {
      Signature plain =
          new Signature(null, List.of(), List.of(), sig.params(), sig.results(), sig.variadic());
      params = Tuple.of(new Var(VarKind.PARAM, x.pos(), check.pkg, "", plain));
      Expr variable = Exprs.syntheticName(x.pos(), target.desc());
      args = List.of(new Operand(OperandMode.VALUE, variable, target.sig()));
    }
    Infer.Renamed renamed = check.infer.renameTypeParams(pos, sig.typeParams(), params);
    ErrorReporter.Report err = check.errors.newError(Code.CANNOT_INFER_TYPE_ARGS);
    List<Type> inferred =
        check.infer.infer(
            pos, renamed.typeParams(), targs, (Tuple) renamed.type(), args, target != null, err);
    if (inferred == null && !err.isEmpty()) {
      err.report();
    }
    return inferred;
  }

  /**
   * The signature {@code sig} with its type parameters replaced by {@code targs}, recorded for
   * {@code expr}; whether the type arguments satisfy their constraints is checked later.
   *
   * @param xlist the expressions of the first type arguments, where errors are reported
   */
  Signature instantiateSignature(
      int pos, Expr expr, Signature sig, List<Type> targs, List<Expr> xlist) {
    Signature inst = (Signature) check.instance(pos, sig, targs);
    check.recordInstance(expr, targs, inst);
    check.later(() -> check.verifyInstance(pos, sig.typeParams(), targs, xlist));
    return inst;
  }

  /** Checks a call or a conversion. */
  ExprKind callExpr(Operand x, Expr.CallExpr call) {
    Expr.IndexExpr inst = null;
    if (call.fun() instanceof Expr.IndexExpr index) {
      if (check.indexes.indexExpr(x, index)) {
        inst = index; // arguments take part in inference, so instantiation has to wait for them
      }
      x.expr = index;
      check.record(x);
    } else {
      check.exprs.exprOrType(x, call.fun(), true);
    }
    ExprKind kind =
        switch (x.mode) {
          case INVALID -> {
            use(call.args());
            yield ExprKind.STATEMENT;
          }
          case TYPE_EXPR -> {
            conversion(x, call);
            yield ExprKind.CONVERSION;
          }
          case BUILTIN -> builtin(x, call);
          default -> {
            function(x, call, inst);
            yield ExprKind.STATEMENT;
          }
        };
    x.expr = call;
    return kind;
  }

  private ExprKind builtin(Operand x, Expr.CallExpr call) {
    BuiltinId id = x.id;
    if (id == null) {
      throw new AssertionError("built-in without id");
    }
    if (!check.builtins.builtin(x, call, id)) {
      x.invalidate();
    } else if (x.mode != OperandMode.CONSTANT) {
      check.env.hasCallOrRecv = true;
    }
    return id.kind();
  }

  private void conversion(Operand x, Expr.CallExpr call) {
    check.exprs.nonGeneric(null, x);
    if (x.isInvalid()) {
      return;
    }
    Type type = x.typ;
    x.invalidate();
    List<Expr> args = call.args();
    if (args.isEmpty()) {
      check.errors.errorf(call, Code.WRONG_ARG_COUNT, "missing argument in conversion to %s", type);
      return;
    }
    if (args.size() > 1) {
      use(args);
      check.errors.errorf(
          args.getLast(), Code.WRONG_ARG_COUNT, "too many arguments in conversion to %s", type);
      return;
    }
    check.exprs.expr(null, x, args.getFirst());
    if (x.isInvalid()) {
      return;
    }
    if (type.underlying() instanceof Interface iface
        && !isTypeParam(type)
        && !iface.isMethodSet()) {
      check.errors.errorf(
          call,
          Code.MISPLACED_CONSTRAINT_IFACE,
          "cannot use interface %s in conversion (contains specific type constraints or is"
              + " comparable)",
          type);
      return;
    }
    if (call.hasDots()) {
      check.errors.errorf(
          args.getFirst(),
          Code.BAD_DOT_DOT_DOT_SYNTAX,
          "invalid use of ... in conversion to %s",
          type);
      return;
    }
    check.conversions.conversion(x, type);
  }

  /** Checks the call of the function {@code x}, which is not built in. */
  private void function(Operand x, Expr.CallExpr call, Expr.@Nullable IndexExpr inst) {
    Signature sig = signatureOf(x);
    if (sig == null) {
      x.invalidate();
      return;
    }
    boolean cgo = x.mode == OperandMode.CGO_FUNC;
    boolean wasGeneric = !sig.typeParams().isEmpty();
    List<Type> targs = List.of();
    List<Expr> xlist = List.of();
    if (inst != null) {
      xlist = Exprs.unpack(inst.index());
      targs = check.typeExprs.typeList(xlist);
      int want = sig.typeParams().size();
      if (targs != null && targs.size() > want) {
        tooManyTypeArgs(xlist.get(want), targs.size(), want);
        targs = null;
      }
      if (targs == null) {
        use(call.args());
        x.invalidate();
        return;
      }
      if (targs.size() == want && want > 0) {
        // With all type arguments given, the signature is known whatever the arguments are.
        check.verifyVersionf(inst, GoVersion.GO1_18, "function instantiation");
        sig = instantiateSignature(inst.pos(), inst, sig, targs, xlist);
        targs = List.of();
        xlist = List.of();
      }
    }
    ArgumentChecker.Arguments args = arguments.genericExprList(call.args());
    Signature result = arguments.arguments(call, sig, targs, xlist, args.values(), args.targs());
    if (wasGeneric && result.typeParams().isEmpty()) {
      check.recordTypeAndValue(call.fun(), OperandMode.VALUE, result, null);
    }
    setResult(x, result, cgo);
    check.env.hasCallOrRecv = true;
  }

  /** The signature that all types of the function {@code x} have, or null with an error. */
  private @Nullable Signature signatureOf(Operand x) {
    if (x.typ instanceof Signature sig) {
      return sig;
    }
    TypeError[] error = new TypeError[1];
    Type u =
        TypeSets.commonUnder(
            x.typ,
            (t, under) ->
                under == null || under instanceof Signature
                    ? null
                    : TypeError.of("%s is not a function", t),
            error);
    if (u == null) {
      check.errors.errorf(
          x, Code.INVALID_CALL, "invalid operation: cannot call %s: %s", x, error[0].format(check));
      return null;
    }
    return (Signature) u;
  }

  private static void setResult(Operand x, Signature sig, boolean cgo) {
    Tuple results = sig.results();
    switch (results.len()) {
      case 0 -> x.mode = OperandMode.NO_VALUE;
      case 1 -> {
        x.mode = cgo ? OperandMode.COMMA_ERR : OperandMode.VALUE;
        x.typ = results.at(0).type();
      }
      default -> {
        x.mode = OperandMode.VALUE;
        x.typ = results;
      }
    }
    // If inference failed, the result may be of a type that does not exist out here.
    if (x.mode == OperandMode.VALUE
        && !sig.typeParams().isEmpty()
        && Infer.isParameterized(sig.typeParams(), x.typ)) {
      x.invalidate();
    }
  }

  /** The values of a list of expressions; a single call may give several. */
  List<Operand> exprList(List<Expr> elist) {
    if (elist.size() == 1) {
      return check.exprs.multiExpr(elist.getFirst(), false);
    }
    List<Operand> list = new ArrayList<>(elist.size());
    for (Expr e : elist) {
      Operand x = new Operand();
      check.exprs.expr(null, x, e);
      list.add(x);
    }
    return list;
  }

  /**
   * Checks the arguments of a call against the parameters of {@code sig}, which is not generic.
   *
   * @param args the values of the arguments
   */
  void arguments(Expr.CallExpr call, Signature sig, List<Operand> args) {
    arguments.arguments(call, sig, List.of(), List.of(), args, List.of());
  }

  /** Checks {@code x.sel}; {@code wantType} if only a type will do. */
  void selector(Operand x, Expr.SelectorExpr e, boolean wantType) {
    check.selectors.selector(x, e, wantType);
  }

  /**
   * Checks expressions whose values do not matter because of another error, so that their names
   * count as used.
   *
   * @return whether all were valid
   */
  boolean use(List<? extends @Nullable Expr> list) {
    return use(list, false);
  }

  /** Like {@link #use(List)} for one expression. */
  boolean use(@Nullable Expr e) {
    return use(e, false);
  }

  /** Like {@link #use(List)} for the left side of an assignment, which does not use a variable. */
  boolean useLhs(List<? extends @Nullable Expr> list) {
    return use(list, true);
  }

  /** Like {@link #useLhs(List)} for one expression. */
  boolean useLhs(@Nullable Expr e) {
    return use(e, true);
  }

  private boolean use(List<? extends @Nullable Expr> list, boolean lhs) {
    boolean ok = true;
    for (Expr e : list) {
      ok &= use(e, lhs);
    }
    return ok;
  }

  private boolean use(@Nullable Expr e, boolean lhs) {
    if (e == null) {
      return true;
    }
    Operand x = new Operand();
    switch (Exprs.unparen(e)) {
      case Expr.Name name -> {
        if (name.isBlank()) {
          return true;
        }
        Var v = lhs ? check.localVariable(name) : null;
        boolean used = v != null && check.isUsed(v);
        check.exprs.exprOrType(x, name, true);
        if (v != null) {
          check.setUsed(v, used);
        }
      }
      case Expr.ListExpr list -> {
        return use(list.elems(), lhs);
      }
      default -> check.exprs.rawExpr(null, x, e, null, true);
    }
    return !x.isInvalid();
  }
}
