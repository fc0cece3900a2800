package dev.escapade.types;

import static dev.escapade.types.Predicates.isTypeParam;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Checks calls of the functions of package unsafe (Go spec, "Package unsafe"). */
final class UnsafeChecker {
  private final Checker check;
  private final BuiltinChecker builtins;

  UnsafeChecker(Checker check, BuiltinChecker builtins) {
    this.check = check;
    this.builtins = builtins;
  }

  /** Checks a call; false with an error. */
  boolean check(Operand x, Expr.CallExpr call, BuiltinId id, List<Operand> args) {
    return switch (id) {
      case ADD -> add(x, call, args.get(1));
      case ALIGNOF -> alignof(x, call);
      case OFFSETOF -> offsetof(x, call);
      case SIZEOF -> sizeof(x, call);
      case SLICE -> slice(x, call, args.get(1));
      case SLICE_DATA -> sliceData(x, call);
      case STRING -> string(x, call, args.get(1));
      case STRING_DATA -> stringData(x, call);
      default -> throw new AssertionError("not in package unsafe: " + id);
    };
  }

  private boolean add(Operand x, Expr.CallExpr call, Operand len) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_17, "unsafe.Add");
    check.assignments.assignment(x, Basic.UNSAFE_POINTER, "argument to unsafe.Add");
    if (x.isInvalid()
        || !check.indexes.isValidIndex(len, Code.INVALID_UNSAFE_ADD, "length", true)) {
      return false;
    }
    builtins.record(call, Basic.UNSAFE_POINTER, Basic.UNSAFE_POINTER, len.typ);
    return value(x, Basic.UNSAFE_POINTER);
  }

  private boolean slice(Operand x, Expr.CallExpr call, Operand len) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_17, "unsafe.Slice");
    if (!(TypeSets.coreType(x.typ) instanceof Pointer ptr)) {
      check.errors.errorf(x, Code.INVALID_UNSAFE_SLICE, "invalid argument: %s is not a pointer", x);
      return false;
    }
    if (!check.indexes.isValidIndex(len, Code.INVALID_UNSAFE_SLICE, "length", false)) {
      return false;
    }
    Type result = new Slice(ptr.elem());
    builtins.record(call, result, ptr, len.typ);
    return value(x, result);
  }

  private boolean sliceData(Operand x, Expr.CallExpr call) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_20, "unsafe.SliceData");
    if (!(TypeSets.coreType(x.typ) instanceof Slice slice)) {
      check.errors.errorf(
          x, Code.INVALID_UNSAFE_SLICE_DATA, "invalid argument: %s is not a slice", x);
      return false;
    }
    Type result = new Pointer(slice.elem());
    builtins.record(call, result, slice);
    return value(x, result);
  }

  private boolean string(Operand x, Expr.CallExpr call, Operand len) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_20, "unsafe.String");
    Type bytePtr = new Pointer(Basic.BYTE);
    check.assignments.assignment(x, bytePtr, "argument to unsafe.String");
    if (x.isInvalid()
        || !check.indexes.isValidIndex(len, Code.INVALID_UNSAFE_STRING, "length", false)) {
      return false;
    }
    builtins.record(call, Basic.STRING, bytePtr, len.typ);
    return value(x, Basic.STRING);
  }

  private boolean stringData(Operand x, Expr.CallExpr call) {
    check.verifyVersionf(call.fun(), GoVersion.GO1_20, "unsafe.StringData");
    check.assignments.assignment(x, Basic.STRING, "argument to unsafe.StringData");
    if (x.isInvalid()) {
      return false;
    }
    Type result = new Pointer(Basic.BYTE);
    builtins.record(call, result, Basic.STRING);
    return value(x, result);
  }

  private boolean alignof(Operand x, Expr.CallExpr call) {
    check.assignments.assignment(x, null, "argument to unsafe.Alignof");
    if (x.isInvalid()) {
      return false;
    }
    if (hasVarSize(x.typ)) {
      return variableUintptr(x, call, x.typ);
    }
    return constantUintptr(x, check.conf.sizes().alignof(x.typ));
  }

  private boolean sizeof(Operand x, Expr.CallExpr call) {
    check.assignments.assignment(x, null, "argument to unsafe.Sizeof");
    if (x.isInvalid()) {
      return false;
    }
    if (hasVarSize(x.typ)) {
      return variableUintptr(x, call, x.typ);
    }
    return sizeOrTooLarge(x, check.conf.sizes().sizeof(x.typ));
  }

  private boolean offsetof(Operand x, Expr.CallExpr call) {
    Expr arg = call.args().getFirst();
    if (!(Exprs.unparen(arg) instanceof Expr.SelectorExpr selector)) {
      check.errors.errorf(
          arg, Code.BAD_OFFSETOF_SYNTAX, "invalid argument: %s is not a selector expression", arg);
      check.calls.use(arg);
      return false;
    }
    check.exprs.expr(null, x, selector.x());
    if (x.isInvalid()) {
      return false;
    }
    Type base = derefStructPtr(x.typ);
    String sel = selector.sel().value();
    Lookup.Result found = Lookup.lookupFieldOrMethod(base, false, check.pkg, sel, false);
    Obj obj = found.obj();
    int[] index = found.index();
    if (obj == null || index == null) {
      check.errors.errorf(
          x,
          Code.MISSING_FIELD_OR_METHOD,
          "invalid argument: %s has no single field %s",
          base,
          sel);
      return false;
    }
    if (obj instanceof Func) {
      check.errors.errorf(
          arg, Code.INVALID_OFFSETOF, "invalid argument: %s is a method value", arg);
      return false;
    }
    if (found.indirect()) {
      check.errors.errorf(
          x,
          Code.INVALID_OFFSETOF,
          "invalid argument: field %s is embedded via a pointer in %s",
          sel,
          base);
      return false;
    }
    check.recordSelection(selector, SelectionKind.FIELD_VAL, base, found);
    OperandMode mode = x.mode == OperandMode.VARIABLE ? OperandMode.VARIABLE : OperandMode.VALUE;
    check.record(new Operand(mode, selector, obj.type()));
    if (hasVarSize(base)) {
      return variableUintptr(x, call, obj.type());
    }
    return sizeOrTooLarge(x, check.conf.sizes().offsetof(base, index));
  }

  private static Type derefStructPtr(Type type) {
    return type.underlying() instanceof Pointer p && p.elem().underlying() instanceof Struct
        ? p.elem()
        : type;
  }

  private boolean sizeOrTooLarge(Operand x, long size) {
    if (size < 0) {
      check.errors.errorf(x, Code.TYPE_TOO_LARGE, "%s is too large", x);
      return false;
    }
    return constantUintptr(x, size);
  }

  private static boolean constantUintptr(Operand x, long size) {
    x.mode = OperandMode.CONSTANT;
    x.val = Constant.of(size);
    x.typ = Basic.UINTPTR;
    return true;
  }

  private boolean variableUintptr(Operand x, Expr.CallExpr call, Type param) {
    builtins.record(call, Basic.UINTPTR, param);
    return value(x, Basic.UINTPTR);
  }

  private static boolean value(Operand x, Type type) {
    x.mode = OperandMode.VALUE;
    x.typ = type;
    return true;
  }

  private static boolean hasVarSize(Type type) {
    return hasVarSize(type, new IdentityHashMap<>());
  }

  /**
   * Reports whether the size of {@code type} depends on type parameters, or is infinite because of
   * a cycle that has not been reported yet.
   *
   * @param seen the answers for named types; true while a type is looked at
   */
  private static boolean hasVarSize(Type type, Map<Named, Boolean> seen) {
    Named named = type.asNamed();
    if (named == null) {
      return partsHaveVarSize(type, seen);
    }
    Boolean known = seen.putIfAbsent(named, true);
    if (known != null) {
      return known;
    }
    boolean result = partsHaveVarSize(type, seen);
    seen.put(named, result);
    return result;
  }

  private static boolean partsHaveVarSize(Type type, Map<Named, Boolean> seen) {
    return switch (type.underlying()) {
      case Array array -> hasVarSize(array.elem(), seen);
      case Struct struct -> {
        for (Var field : struct.fields()) {
          if (hasVarSize(field.type(), seen)) {
            yield true;
          }
        }
        yield false;
      }
      case Interface _ -> isTypeParam(type);
      default -> false;
    };
  }
}
