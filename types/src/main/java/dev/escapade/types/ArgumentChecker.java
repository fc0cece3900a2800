package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of calls, and finds the type arguments of the callee and of generic
 * functions among the arguments together (Go spec, "Calls" and "Type inference").
 */
final class ArgumentChecker {
  private final Checker check;

  ArgumentChecker(Checker check) {
    this.check = check;
  }

  /**
   * The values of arguments.
   *
   * @param targs for values that are partially instantiated functions, their type arguments; else
   *     an empty list; shorter than {@code values} if only empty lists follow
   */
  record Arguments(List<Operand> values, List<List<Type>> targs) {}

  /** The values of a list of expressions; generic functions may lack type arguments. */
  Arguments genericExprList(List<Expr> elist) {
    if (elist.size() == 1) {
      return genericSingle(elist.getFirst());
    }
    List<Operand> values = new ArrayList<>(elist.size());
    List<List<Type>> targs = List.of();
    for (int i = 0; i < elist.size(); i++) {
      Operand x = new Operand();
      List<Type> partial = generic(x, elist.get(i));
      check.exprs.singleValue(x);
      if (partial != null) {
        targs = withPartial(targs, i, partial);
      }
      values.add(x);
    }
    return new Arguments(values, targs);
  }

  private Arguments genericSingle(Expr e) {
    Operand x = new Operand();
    List<Type> partial = generic(x, e);
    if (partial != null) {
      return new Arguments(List.of(x), List.of(partial));
    }
    if (!x.isInvalid() && x.typ instanceof Tuple tuple) {
      return new Arguments(ExprChecker.unpack(tuple, e), List.of());
    }
    return new Arguments(List.of(x), List.of());
  }

  private static List<List<Type>> withPartial(
      List<List<Type>> targs, int index, List<Type> partial) {
    List<List<Type>> list = targs.isEmpty() ? new ArrayList<>() : targs;
    while (list.size() < index) {
      list.add(List.of());
    }
    list.add(partial);
    return list;
  }

  /**
   * Checks one argument, which may be a generic function.
   *
   * @return the type arguments of a partially instantiated function; otherwise null
   */
  private @Nullable List<Type> generic(Operand x, Expr e) {
    if (!(e instanceof Expr.IndexExpr inst)) {
      check.exprs.rawExpr(null, x, e, null, true);
    } else if (!check.indexes.indexExpr(x, inst)) {
      check.exprs.finishIndex(x, inst);
    } else {
      // Before Go 1.21, the type arguments of an argument must follow from the argument alone.
      boolean infer = !check.allowVersion(GoVersion.GO1_21);
      List<Type> partial = check.calls.funcInst(null, x.pos(), x, inst, infer);
      if (partial != null) {
        x.expr = inst;
      } else {
        check.record(x);
      }
      return partial;
    }
    check.exprs.excludeNonValues(x);
    return null;
  }

  /**
   * Checks the arguments of a call.
   *
   * @param targs the type arguments of the callee that are given, perhaps not all
   * @param xlist the expressions of {@code targs}
   * @param args the values of the arguments
   * @param atargs the type arguments of partially instantiated functions among the arguments
   * @return the signature of the callee, instantiated if it is generic and there was no error
   */
  Signature arguments(
      Expr.CallExpr call,
      Signature sig,
      List<Type> targs,
      List<Expr> xlist,
      List<Operand> args,
      List<List<Type>> atargs) {
    Tuple params = parameters(call, sig, args);
    if (params == null) {
      return sig;
    }
    Signature result = sig;
    if (!sig.typeParams().isEmpty() || hasGeneric(args)) {
      Instantiation inst = instantiate(call, sig, params, targs, xlist, args, atargs);
      if (inst == null) {
        return sig;
      }
      result = inst.sig();
      params = inst.params();
    }
    if (!args.isEmpty()) {
      assignArguments(call, params, args);
    }
    return result;
  }

  private void assignArguments(Expr.CallExpr call, Tuple params, List<Operand> args) {
    AssignmentContext context = new AssignmentContext.Argument(call.fun());
    for (int i = 0; i < args.size(); i++) {
      check.assignments.assignment(args.get(i), params.at(i).type(), context);
    }
  }

  /**
   * The parameters of {@code sig}, one for each argument: a variadic parameter is repeated or left
   * out unless the call has dots. Null, with an error, if the numbers do not match.
   */
  private @Nullable Tuple parameters(Expr.CallExpr call, Signature sig, List<Operand> args) {
    int nargs = args.size();
    int npars = sig.params().len();
    if (call.hasDots()) {
      if (!sig.variadic()) {
        check.errors.errorf(
            call,
            Code.NON_VARIADIC_DOT_DOT_DOT,
            "cannot use ... in call to non-variadic %s",
            call.fun());
        return null;
      }
      if (call.args().size() == 1 && nargs > 1) {
        check.errors.errorf(
            call,
            Code.INVALID_DOT_DOT_DOT,
            "cannot use ... with %d-valued %s",
            nargs,
            call.args().getFirst());
        return null;
      }
    } else if (sig.variadic()) {
      npars--;
      if (nargs >= npars) {
        return expandVariadic(sig.params(), nargs);
      }
    }
    if (nargs != npars) {
      wrongCount(call, sig, args, npars);
      return null;
    }
    return sig.params();
  }

  private static Tuple expandVariadic(Tuple params, int nargs) {
    int fixed = params.len() - 1;
    Var last = params.at(fixed);
    Type elem = ((Slice) last.type()).elem();
    List<Var> vars = new ArrayList<>(nargs);
    for (int i = 0; i < fixed; i++) {
      vars.add(params.at(i));
    }
    if (nargs > fixed) {
      Var each = new Var(VarKind.PARAM, last.pos(), last.pkg(), last.name(), elem);
      while (vars.size() < nargs) {
        vars.add(each);
      }
    }
    return Tuple.of(vars);
  }

  private void wrongCount(Expr.CallExpr call, Signature sig, List<Operand> args, int npars) {
    Expr at = call;
    String qualifier = "not enough";
    if (args.size() > npars) {
      at = args.get(npars).expr(); // the first one too many
      qualifier = "too many";
    } else if (!args.isEmpty()) {
      at = args.getLast().expr();
    }
    List<Type> have = AssignmentChecker.operandTypes(args);
    List<Type> want = AssignmentChecker.varTypes(sig.params().vars());
    check
        .errors
        .newError(Code.WRONG_ARG_COUNT)
        .addf(at, "%s arguments in call to %s", qualifier, call.fun())
        .addf(
            SourceMap.NO_POS,
            "have %s",
            check.assignments.typesSummary(have, false, call.hasDots()))
        .addf(
            SourceMap.NO_POS,
            "want %s",
            check.assignments.typesSummary(want, sig.variadic(), false))
        .report();
  }

  private static boolean isGenericFunction(Operand x) {
    return x.typ instanceof Signature sig && !sig.typeParams().isEmpty();
  }

  private static boolean hasGeneric(List<Operand> args) {
    for (Operand x : args) {
      if (isGenericFunction(x)) {
        return true;
      }
    }
    return false;
  }

  /** The callee's signature and the parameters for its arguments, both instantiated. */
  private record Instantiation(Signature sig, Tuple params) {}

  /**
   * Finds the missing type arguments of the callee and of the generic functions among its
   * arguments, and instantiates them all. The type parameters of all of them are solved for
   * together; each function's are renamed first, as a function may be an argument of itself.
   *
   * @return null, with an error, if type arguments could not be inferred
   */
  private @Nullable Instantiation instantiate(
      Expr.CallExpr call,
      Signature sig,
      Tuple sigParams,
      List<Type> given,
      List<Expr> xlist,
      List<Operand> args,
      List<List<Type>> atargs) {
    List<TypeParam> tparams = new ArrayList<>();
    List<@Nullable Type> targs = new ArrayList<>(given);
    Tuple params = sigParams;
    int calleeParams = sig.typeParams().size();
    if (calleeParams > 0) {
      checkInstantiationVersion(call);
      Infer.Renamed renamed = check.infer.renameTypeParams(call.pos(), sig.typeParams(), sigParams);
      tparams.addAll(renamed.typeParams());
      params = (Tuple) renamed.type();
      pad(targs, tparams.size());
    }
    List<Operand> genericArgs = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      Operand arg = args.get(i);
      if (!isGenericFunction(arg)) {
        continue;
      }
      Signature asig = (Signature) arg.typ;
      Infer.Renamed renamed = check.infer.renameTypeParams(call.pos(), asig.typeParams(), asig);
      Signature fresh = ((Signature) renamed.type()).copy(); // not that of the function object
      fresh.setTypeParams(renamed.typeParams());
      arg.typ = fresh;
      tparams.addAll(renamed.typeParams());
      if (i < atargs.size()) {
        targs.addAll(atargs.get(i));
      }
      pad(targs, tparams.size());
      genericArgs.add(arg);
    }
    if (!genericArgs.isEmpty()) {
      check.verifyVersionf(
          genericArgs.getFirst().startPos(),
          GoVersion.GO1_21,
          "implicitly instantiated function as argument");
    }
    List<Type> inferred = infer(call, tparams, targs, params, args);
    if (inferred == null) {
      return null;
    }
    Signature result = sig;
    if (calleeParams > 0) {
      List<Type> own = inferred.subList(0, calleeParams);
      result = check.calls.instantiateSignature(call.pos(), call.fun(), sig, own, xlist);
      params =
          sigParams == sig.params()
              ? result.params()
              : (Tuple) check.subst(call.pos(), params, tparams.subList(0, calleeParams), own);
    }
    instantiateArguments(call, genericArgs, inferred, calleeParams);
    return new Instantiation(result, params);
  }

  private void checkInstantiationVersion(Expr.CallExpr call) {
    if (check.allowVersion(GoVersion.GO1_18)) {
      return;
    }
    if (call.fun() instanceof Expr.IndexExpr index) {
      check.errors.versionErrorf(index, GoVersion.GO1_18, "function instantiation");
    } else {
      check.errors.versionErrorf(call, GoVersion.GO1_18, "implicit function instantiation");
    }
  }

  private static void pad(List<@Nullable Type> targs, int size) {
    while (targs.size() < size) {
      targs.add(null);
    }
  }

  private @Nullable List<Type> infer(
      Expr.CallExpr call,
      List<TypeParam> tparams,
      List<@Nullable Type> targs,
      Tuple params,
      List<Operand> args) {
    ErrorReporter.Report err = check.errors.newError(Code.CANNOT_INFER_TYPE_ARGS);
    List<Type> inferred = check.infer.infer(call.pos(), tparams, targs, params, args, false, err);
    if (inferred == null && !err.isEmpty()) {
      check.errors.errorf(
          err.pos(), Code.CANNOT_INFER_TYPE_ARGS, "in call to %s, %s", call.fun(), err.message());
    }
    return inferred;
  }

  private void instantiateArguments(
      Expr.CallExpr call, List<Operand> genericArgs, List<Type> inferred, int from) {
    int next = from;
    for (Operand arg : genericArgs) {
      Signature asig = (Signature) arg.typ;
      int end = next + asig.typeParams().size();
      arg.typ =
          check.calls.instantiateSignature(
              call.pos(), arg.expr(), asig, inferred.subList(next, end), List.of());
      check.record(arg);
      next = end;
    }
  }
}
