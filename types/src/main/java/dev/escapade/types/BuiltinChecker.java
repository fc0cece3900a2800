package dev.escapade.types;

import static dev.escapade.types.Predicates.allOrdered;
import static dev.escapade.types.Predicates.allString;
import static dev.escapade.types.Predicates.defaultType;
import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isBoolean;
import static dev.escapade.types.Predicates.isNumeric;
import static dev.escapade.types.Predicates.isString;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.ChanDir;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks calls of predeclared functions (Go spec, "Built-in functions"); those of package unsafe
 * are checked by {@link UnsafeChecker}.
 *
 * <p>Each check leaves the result in the operand that held the function. It also records, as the
 * type of the function in this call, the signature that the call amounts to, unless the result is a
 * constant.
 */
final class BuiltinChecker {
  private final Checker check;
  private final UnsafeChecker unsafe;

  BuiltinChecker(Checker check) {
    this.check = check;
    this.unsafe = new UnsafeChecker(check, this);
  }

  /**
   * Checks the call of the function {@code id}, with the result in {@code x}; only its expression
   * is left to the caller.
   *
   * @return false if there was an error; then {@code x} means nothing
   */
  boolean builtin(Operand x, Expr.CallExpr call, BuiltinId id) {
    if (call.hasDots() && id != BuiltinId.APPEND) {
      check.errors.errorf(
          call,
          Code.INVALID_DOT_DOT_DOT,
          "invalid operation: invalid use of ... with built-in %s",
          id.goName());
      check.calls.use(call.args());
      return false;
    }
    if (id == BuiltinId.LEN || id == BuiltinId.CAP) {
      // The result is constant or not depending on the calls and receives in the argument only.
      boolean outer = check.env.hasCallOrRecv;
      check.env.hasCallOrRecv = false;
      boolean ok = checkCall(x, call, id);
      check.env.hasCallOrRecv = outer;
      return ok;
    }
    return checkCall(x, call, id);
  }

  private boolean checkCall(Operand x, Expr.CallExpr call, BuiltinId id) {
    List<Operand> args = List.of();
    int nargs = call.args().size();
    if (!hasOwnArguments(id)) {
      args = check.calls.exprList(call.args());
      nargs = args.size();
      for (Operand arg : args) {
        if (arg.isInvalid()) {
          return false;
        }
      }
      if (nargs > 0) {
        x.set(args.getFirst());
      }
    }
    if (nargs < id.nargs() || (nargs > id.nargs() && !id.variadic())) {
      check.errors.errorf(
          call,
          Code.WRONG_ARG_COUNT,
          "invalid operation: %s arguments for %v (expected %d, found %d)",
          nargs < id.nargs() ? "not enough" : "too many",
          call,
          id.nargs(),
          nargs);
      return false;
    }
    return switch (id) {
      case APPEND -> append(x, call, args);
      case CAP, LEN -> length(x, call, id);
      case CLEAR -> clear(x, call);
      case CLOSE -> close(x, call);
      case COMPLEX -> complex(x, call, args.get(1));
      case COPY -> copy(x, call, args.get(1));
      case DELETE -> delete(x, call, args.get(1));
      case IMAG, REAL -> part(x, call, id);
      case MAKE -> make(x, call);
      case MAX, MIN -> minMax(x, call, id, args);
      case NEW -> newCall(x, call);
      case PANIC -> panic(x, call);
      case PRINT, PRINTLN -> print(x, call, id, args);
      case RECOVER -> recover(x, call);
      case ADD, ALIGNOF, OFFSETOF, SIZEOF, SLICE, SLICE_DATA, STRING, STRING_DATA ->
          unsafe.check(x, call, id, args);
      case ASSERT -> assertCall(x, call);
      case TRACE -> trace(x, call);
    };
  }

  /** Reports whether the arguments of {@code id} are not all values. */
  private static boolean hasOwnArguments(BuiltinId id) {
    return switch (id) {
      case MAKE, NEW, OFFSETOF, TRACE -> true;
      default -> false;
    };
  }

  // append, copy

  private boolean append(Operand x, Expr.CallExpr call, List<Operand> args) {
    SliceElem s = sliceElem(x);
    if (s.error != null) {
      check.errors.errorf(x, Code.INVALID_APPEND, "invalid append: %s", s.error.format(check));
      return false;
    }
    Type type = x.typ;
    Signature sig;
    if (call.hasDots()
        && args.size() == 2
        && isBytes(x)
        && isBytesOrString(args.get(1).typ, true)) {
      sig = signature(type, true, type, args.get(1).typ);
    } else {
      sig = signature(type, true, type, new Slice(s.elem()));
      check.calls.arguments(call, sig, args);
    }
    check.recordBuiltinType(call.fun(), sig);
    x.mode = OperandMode.VALUE;
    x.typ = type;
    return true;
  }

  private boolean isBytes(Operand x) {
    return check.assignability.isAssignable(x, new Slice(Basic.BYTE));
  }

  /**
   * Reports whether the type set of {@code type} consists of byte slices and strings.
   *
   * @param needString whether there must be a string among them
   */
  private static boolean isBytesOrString(Type type, boolean needString) {
    boolean[] hasString = new boolean[1];
    boolean ok =
        TypeSets.all(
            type,
            (_, u) -> {
              if (u instanceof Slice s && identical(s.elem(), Basic.BYTE)) {
                return true;
              }
              hasString[0] |= u != null && isString(u);
              return u != null && isString(u);
            });
    return ok && (hasString[0] || !needString);
  }

  private boolean copy(Operand x, Expr.CallExpr call, Operand y) {
    if (!(isBytes(x) && isBytesOrString(y.typ, false))) {
      SliceElem dst = sliceElem(x);
      if (dst.error != null) {
        check.errors.errorf(x, Code.INVALID_COPY, "invalid copy: %s", dst.error.format(check));
        return false;
      }
      SliceElem src = sliceElem(y);
      if (src.error != null && !allString(y.typ)) {
        check.errors.errorf(y, Code.INVALID_COPY, "invalid copy: %s", src.error.format(check));
        return false;
      }
      Type srcElem = src.error != null ? Basic.BYTE : src.elem();
      if (!identical(dst.elem(), srcElem)) {
        check.errors.errorf(
            x,
            Code.INVALID_COPY,
            "invalid copy: arguments %s and %s have different element types %s and %s",
            x,
            y,
            dst.elem(),
            srcElem);
        return false;
      }
    }
    record(call, Basic.INT, x.typ, y.typ);
    x.mode = OperandMode.VALUE;
    x.typ = Basic.INT;
    return true;
  }

  /** The element type of a slice, or why there is none. */
  private record SliceElem(@Nullable Type type, @Nullable TypeError error) {
    Type elem() {
      return type == null ? Basic.INVALID : type;
    }
  }

  /** The element type that all slices in the type set of {@code x} have. */
  private static SliceElem sliceElem(Operand x) {
    Type[] elem = new Type[1];
    TypeError[] error = new TypeError[1];
    TypeSets.all(
        x.typ,
        (_, u) -> {
          if (!(u instanceof Slice s)) {
            error[0] =
                x.isNil()
                    ? TypeError.of("argument must be a slice; have untyped nil")
                    : TypeError.of("argument must be a slice; have %s", x);
          } else if (elem[0] == null) {
            elem[0] = s.elem();
          } else if (!identical(elem[0], s.elem())) {
            error[0] =
                TypeError.of(
                    "mismatched slice element types %s and %s in %s", elem[0], s.elem(), x);
          }
          return error[0] == null;
        });
    return new SliceElem(elem[0], error[0]);
  }

  // len, cap, clear, close, delete

  private boolean length(Operand x, Expr.CallExpr call, BuiltinId id) {
    boolean isLen = id == BuiltinId.LEN;
    Type u = arrayPtrDeref(x.typ.underlying());
    Constant val = null;
    boolean ok;
    if (u instanceof Basic && x.isConstant() && isLen && isString(u)) {
      val = Constant.of(Constants.stringVal(x.val()).length());
      ok = true;
    } else if (u instanceof Array array) {
      if (!check.env.hasCallOrRecv) {
        val = array.len() >= 0 ? Constant.of(array.len()) : Constant.UNKNOWN;
      }
      ok = true;
    } else if (isTypeParam(x.typ)) {
      ok = TypeSets.underIs(x.typ, t -> t != null && hasLength(arrayPtrDeref(t), isLen));
    } else {
      ok = hasLength(u, isLen);
    }
    if (!ok) {
      if (isValid(x.typ.underlying())) {
        check.errors.errorf(
            x,
            isLen ? Code.INVALID_LEN : Code.INVALID_CAP,
            "invalid argument: %s for built-in %s",
            x,
            id.goName());
      }
      return false;
    }
    if (val == null) {
      record(call, Basic.INT, x.typ);
      x.mode = OperandMode.VALUE;
    } else {
      x.mode = OperandMode.CONSTANT;
    }
    x.typ = Basic.INT;
    x.val = val;
    return true;
  }

  private static boolean hasLength(Type u, boolean isLen) {
    return switch (u) {
      case Array _, Slice _, Chan _ -> true;
      case MapType _ -> isLen;
      case Basic b -> isLen && isString(b);
      default -> false;
    };
  }

  /**
   * The array that {@code type} points to if it is an unnamed pointer to one, else {@code type}.
   */
  static Type arrayPtrDeref(Type type) {
    return type.unalias() instanceof Pointer p && p.elem().underlying() instanceof Array array
        ? array
        : type;
  }

  private boolean clear(Operand x, Expr.CallExpr call) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_21, "clear");
    boolean ok =
        TypeSets.underIs(
            x.typ,
            u -> {
              if (u instanceof MapType || u instanceof Slice) {
                return true;
              }
              check.errors.errorf(
                  x,
                  Code.INVALID_CLEAR,
                  "invalid argument: cannot clear %s: argument must be (or constrained by) map or"
                      + " slice",
                  x);
              return false;
            });
    return ok && noValue(x, call, x.typ);
  }

  private boolean close(Operand x, Expr.CallExpr call) {
    boolean ok =
        TypeSets.underIs(
            x.typ,
            u -> {
              if (u instanceof Chan ch && ch.dir() != ChanDir.RECV_ONLY) {
                return true;
              }
              String what = u instanceof Chan ? "receive-only channel" : "non-channel";
              check.errors.errorf(
                  x, Code.INVALID_CLOSE, "invalid operation: cannot close %s %s", what, x);
              return false;
            });
    return ok && noValue(x, call, x.typ);
  }

  private boolean delete(Operand x, Expr.CallExpr call, Operand key) {
    Type map = x.typ;
    Type[] keyType = new Type[1];
    boolean ok =
        TypeSets.underIs(
            map,
            u -> {
              if (!(u instanceof MapType m)) {
                check.errors.errorf(x, Code.INVALID_DELETE, "invalid argument: %s is not a map", x);
                return false;
              }
              if (keyType[0] != null && !identical(m.key(), keyType[0])) {
                check.errors.errorf(
                    x,
                    Code.INVALID_DELETE,
                    "invalid argument: maps of %s must have identical key types",
                    x);
                return false;
              }
              keyType[0] = m.key();
              return true;
            });
    if (!ok) {
      return false;
    }
    x.set(key);
    check.assignments.assignment(x, keyType[0], "argument to delete");
    return !x.isInvalid() && noValue(x, call, map, keyType[0]);
  }

  // complex, real, imag

  private boolean complex(Operand x, Expr.CallExpr call, Operand y) {
    matchParts(x, y);
    if (x.isInvalid() || y.isInvalid()) {
      return false;
    }
    if (!identical(x.typ, y.typ)) {
      check.errors.errorf(
          x,
          Code.INVALID_COMPLEX,
          "invalid operation: %v (mismatched types %s and %s)",
          call,
          x.typ,
          y.typ);
      return false;
    }
    Type result = applyToTypes(x, BuiltinId.COMPLEX, Code.INVALID_COMPLEX);
    if (result == null) {
      check.errors.errorf(
          x,
          Code.INVALID_COMPLEX,
          "invalid argument: arguments have type %s, expected floating-point",
          x.typ);
      return false;
    }
    if (x.isConstant() && y.isConstant()) {
      x.val = Constants.complex(Constants.toFloat(x.val()), Constants.toFloat(y.val()));
    } else {
      record(call, result, x.typ, x.typ);
      x.mode = OperandMode.VALUE;
    }
    x.typ = result;
    return true;
  }

  /** Gives the parts of a complex number one type, as far as they are untyped. */
  private void matchParts(Operand x, Operand y) {
    boolean xUntyped = isUntyped(x.typ);
    boolean yUntyped = isUntyped(y.typ);
    if (xUntyped && !yUntyped) {
      check.untypeds.convertUntyped(x, y.typ);
    } else if (yUntyped && !xUntyped) {
      check.untypeds.convertUntyped(y, x.typ);
    } else if (xUntyped && x.isConstant() && y.isConstant()) {
      asUntypedFloat(x);
      asUntypedFloat(y);
    } else if (xUntyped) {
      // One is an untyped shift, which becomes an error when it gets a floating-point type.
      check.untypeds.convertUntyped(x, Basic.FLOAT64);
      check.untypeds.convertUntyped(y, Basic.FLOAT64);
    }
  }

  private static void asUntypedFloat(Operand x) {
    if (isNumeric(x.typ) && Constants.sign(Constants.imag(x.val())) == 0) {
      x.typ = Basic.UNTYPED_FLOAT;
    }
  }

  private boolean part(Operand x, Expr.CallExpr call, BuiltinId id) {
    if (isUntyped(x.typ)) {
      if (x.isConstant()) {
        if (isNumeric(x.typ)) {
          x.typ = Basic.UNTYPED_COMPLEX;
        }
      } else {
        // An untyped shift: an error when it gets a complex type.
        check.untypeds.convertUntyped(x, Basic.COMPLEX128);
        if (x.isInvalid()) {
          return false;
        }
      }
    }
    boolean isReal = id == BuiltinId.REAL;
    Code code = isReal ? Code.INVALID_REAL : Code.INVALID_IMAG;
    Type result = applyToTypes(x, id, code);
    if (result == null) {
      check.errors.errorf(
          x, code, "invalid argument: argument has type %s, expected complex type", x.typ);
      return false;
    }
    if (x.isConstant()) {
      x.val = isReal ? Constants.real(x.val()) : Constants.imag(x.val());
    } else {
      record(call, result, x.typ);
      x.mode = OperandMode.VALUE;
    }
    x.typ = result;
    return true;
  }

  /**
   * The result type of {@code id} for an argument {@code x}; null if it does not apply. For a type
   * parameter it is a new one, constrained by the results for its types, and a soft error.
   */
  private @Nullable Type applyToTypes(Operand x, BuiltinId id, Code code) {
    if (!(x.typ.unalias() instanceof TypeParam tp)) {
      return partType(x.typ, id);
    }
    List<Term> terms = new ArrayList<>();
    boolean ok =
        tp.is(term -> {
          Type r = term == null ? null : partType(term.type(), id);
          if (term != null && r != null) {
            terms.add(new Term(term.tilde(), r));
          }
          return r != null;
        });
    if (!ok) {
      return null;
    }
    check.errors.softErrorf(
        x,
        code,
        "%s not supported as argument to built-in %s for go1.18 (see go.dev/issue/50937)",
        x,
        id.goName());
    TypeName name = new TypeName(0, check.pkg, tp.obj().name(), null);
    Interface bound = new Interface(List.of(), List.of(new Union(terms)));
    TypeParam result = new TypeParam(check, name, bound);
    result.setIndex(tp.index());
    return result;
  }

  /** The complex type of a float type for complex; the float type of a complex type otherwise. */
  private static @Nullable Type partType(Type type, BuiltinId id) {
    if (!(type.underlying() instanceof Basic b)) {
      return null;
    }
    if (id == BuiltinId.COMPLEX) {
      return switch (b.kind()) {
        case FLOAT32 -> Basic.COMPLEX64;
        case FLOAT64 -> Basic.COMPLEX128;
        case UNTYPED_FLOAT -> Basic.UNTYPED_COMPLEX;
        default -> null;
      };
    }
    return switch (b.kind()) {
      case COMPLEX64 -> Basic.FLOAT32;
      case COMPLEX128 -> Basic.FLOAT64;
      case UNTYPED_COMPLEX -> Basic.UNTYPED_FLOAT;
      default -> null;
    };
  }

  // make, new

  private boolean make(Operand x, Expr.CallExpr call) {
    Expr arg0 = call.args().getFirst();
    Type type = check.typeExprs.varType(arg0);
    if (!isValid(type)) {
      return false;
    }
    TypeError[] error = new TypeError[1];
    Type u =
        TypeSets.commonUnder(
            type,
            (_, under) ->
                switch (under) {
                  case null -> TypeError.of("no specific type");
                  case Slice _, MapType _, Chan _ -> null;
                  default -> TypeError.of("type must be slice, map, or channel");
                },
            error);
    if (u == null) {
      check.errors.errorf(
          arg0,
          Code.INVALID_MAKE,
          "invalid argument: cannot make %s: %s",
          arg0,
          error[0].format(check));
      return false;
    }
    int nargs = call.args().size();
    int min = u instanceof Slice ? 2 : 1;
    if (nargs < min || nargs > min + 1) {
      check.errors.errorf(
          call,
          Code.WRONG_ARG_COUNT,
          "invalid operation: %v expects %d or %d arguments; found %d",
          call,
          min,
          min + 1,
          nargs);
      return false;
    }
    Type[] types = new Type[nargs];
    types[0] = type;
    long[] sizes = {-1, -1};
    for (int i = 1; i < nargs; i++) {
      IndexChecker.Index index = check.indexes.index(call.args().get(i), -1);
      types[i] = index.type();
      sizes[i - 1] = index.val();
    }
    if (sizes[1] >= 0 && sizes[0] > sizes[1]) {
      check.errors.error(
          call.args().get(1),
          Code.SWAPPED_MAKE_ARGS,
          "invalid argument: length and capacity swapped");
    }
    x.mode = OperandMode.VALUE;
    x.typ = type;
    record(call, type, types);
    return true;
  }

  private boolean newCall(Operand x, Expr.CallExpr call) {
    Expr arg = call.args().getFirst();
    check.exprs.exprOrType(x, arg, false);
    check.exprs.excludeBuiltin(x);
    if (x.isInvalid()) {
      return false;
    }
    if (x.mode == OperandMode.TYPE_EXPR) {
      check.typeExprs.validVarType(arg, x.typ);
    } else {
      if (isUntyped(x.typ)) {
        check.assignments.assignment(x, null, "argument to new");
        if (x.isInvalid()) {
          return false;
        }
      }
      check.verifyVersionf(call.fun(), GoVersion.GO1_26, "new(%s)", arg);
    }
    Type type = x.typ;
    x.mode = OperandMode.VALUE;
    x.typ = new Pointer(type);
    record(call, x.typ, type);
    return true;
  }

  // min, max

  private boolean minMax(Operand x, Expr.CallExpr call, BuiltinId id, List<Operand> args) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_21, "built-in %s", id.goName());
    Operator better = id == BuiltinId.MAX ? Operator.GTR : Operator.LSS;
    for (int i = 0; i < args.size(); i++) {
      Operand arg = args.get(i);
      if (!allOrdered(arg.typ)) {
        check.errors.errorf(
            arg, Code.INVALID_MIN_MAX_OPERAND, "invalid argument: %s cannot be ordered", arg);
        return false;
      }
      if (i > 0 && !combine(x, arg, better)) {
        return false;
      }
    }
    if (!x.isConstant()) {
      x.mode = OperandMode.VALUE;
      // A value must have a type.
      check.assignments.assignment(x, Interface.EMPTY, "argument to built-in " + id.goName());
      if (x.isInvalid()) {
        return false;
      }
    }
    for (Operand arg : args) {
      check.untypeds.updateExprType(arg.expr(), x.typ, true);
    }
    if (!x.isConstant()) {
      Type[] types = new Type[args.size()];
      Arrays.fill(types, x.typ);
      record(call, x.typ, types);
    }
    return true;
  }

  /** Makes {@code x} the better one of itself and {@code arg}; false with an error. */
  private boolean combine(Operand x, Operand arg, Operator better) {
    check.untypeds.matchTypes(x, arg);
    if (x.isInvalid()) {
      return false;
    }
    if (!identical(x.typ, arg.typ)) {
      check.errors.errorf(
          arg,
          Code.MISMATCHED_TYPES,
          "invalid argument: mismatched types %s (previous argument) and %s (type of %s)",
          x.typ,
          arg.typ,
          arg.expr());
      return false;
    }
    if (!x.isConstant() || !arg.isConstant()) {
      x.mode = OperandMode.VALUE;
    } else if (Constants.compare(arg.val(), better, x.val())) {
      x.set(arg);
    }
    return true;
  }

  // panic, recover, print

  private boolean panic(Operand x, Expr.CallExpr call) {
    Signature sig = check.env.sig;
    if (sig != null && sig.results().len() > 0) {
      check.env.addPanicCall(call); // ends a function with results like a return statement
    }
    check.assignments.assignment(x, Interface.EMPTY, "argument to panic");
    return !x.isInvalid() && noValue(x, call, Interface.EMPTY);
  }

  private boolean recover(Operand x, Expr.CallExpr call) {
    x.mode = OperandMode.VALUE;
    x.typ = Interface.EMPTY;
    record(call, x.typ);
    return true;
  }

  private boolean print(Operand x, Expr.CallExpr call, BuiltinId id, List<Operand> args) {
    Type[] types = new Type[args.size()];
    for (int i = 0; i < types.length; i++) {
      Operand arg = args.get(i);
      check.assignments.assignment(arg, null, "argument to built-in " + id.goName());
      if (arg.isInvalid()) {
        return false;
      }
      types[i] = arg.typ;
    }
    return noValue(x, call, types);
  }

  // assert, trace: only defined for tests of the checker

  private boolean assertCall(Operand x, Expr.CallExpr call) {
    if (!x.isConstant() || !isBoolean(x.typ)) {
      check.errors.errorf(x, Code.TEST, "invalid argument: %s is not a boolean constant", x);
      return false;
    }
    if (x.val().kind() != Constant.Kind.BOOL) {
      check.errors.errorf(
          x, Code.TEST, "internal error: value of %s should be a boolean constant", x);
      return false;
    }
    if (!Constants.boolVal(x.val())) {
      check.errors.errorf(call, Code.TEST, "%v failed", call);
    }
    return true;
  }

  /** The result of trace is its first argument. */
  private boolean trace(Operand x, Expr.CallExpr call) {
    if (call.args().isEmpty()) {
      x.mode = OperandMode.NO_VALUE;
      return true;
    }
    Operand y = x;
    for (Expr arg : call.args()) {
      check.exprs.rawExpr(null, y, arg, null, false);
      y = new Operand();
    }
    return !x.isInvalid();
  }

  // recording

  /** Makes {@code x} the result of a call without value. */
  private boolean noValue(Operand x, Expr.CallExpr call, Type... params) {
    x.mode = OperandMode.NO_VALUE;
    check.recordBuiltinType(call.fun(), signature(null, false, params));
    return true;
  }

  /** Records the signature of the function in this call. */
  void record(Expr.CallExpr call, Type result, Type... params) {
    check.recordBuiltinType(call.fun(), signature(result, false, params));
  }

  /** A signature with unnamed parameters and perhaps a result; untyped types become typed. */
  private static Signature signature(@Nullable Type result, boolean variadic, Type... params) {
    Var[] vars = new Var[params.length];
    for (int i = 0; i < vars.length; i++) {
      vars[i] = new Var(VarKind.PARAM, 0, null, "", defaultType(params[i]));
    }
    Tuple results =
        result == null ? Tuple.EMPTY : Tuple.of(new Var(VarKind.RESULT, 0, null, "", result));
    return new Signature(null, List.of(), List.of(), Tuple.of(vars), results, variadic);
  }
}
