package dev.escapade.types;

import static dev.escapade.types.Predicates.allString;
import static dev.escapade.types.Predicates.defaultType;
import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.identicalIgnoreTags;
import static dev.escapade.types.Predicates.isComplex;
import static dev.escapade.types.Predicates.isConstType;
import static dev.escapade.types.Predicates.isInteger;
import static dev.escapade.types.Predicates.isIntegerOrFloat;
import static dev.escapade.types.Predicates.isNonTypeParamInterface;
import static dev.escapade.types.Predicates.isString;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isUntyped;

import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks conversions (Go spec, "Conversions"). */
final class ConversionChecker {
  private final Checker check;

  ConversionChecker(Checker check) {
    this.check = check;
  }

  /** Converts {@code x} to {@code target}, or reports that this is not possible. */
  void conversion(Operand x, Type target) {
    boolean constant = x.isConstant();
    Cause cause = new Cause();
    boolean ok;
    if (constant && isConstType(target)) {
      Constant val = convertConstant(x, target);
      ok = val != null;
      if (!ok && isInteger(target)) {
        // Messages show the integer that does not fit, however it is written.
        Constant i = Constants.toInt(x.val());
        x.val = i.kind() == Constant.Kind.INT ? i : x.val;
      }
      if (!ok && isInteger(x.typ) && isInteger(target)) {
        check.errors.errorf(
            x, Code.INVALID_CONVERSION, "constant %s overflows %s", x.val().toString(), target);
        x.invalidate();
        return;
      }
      if (ok) {
        x.val = val;
      }
    } else if (constant && isTypeParam(target)) {
      ok = TypeSets.underIs(target, u -> isConstantConvertible(x, u, target, cause));
      x.mode = OperandMode.VALUE;
    } else {
      ok = isConvertible(x, target, cause);
      if (ok) {
        x.mode = OperandMode.VALUE;
      }
    }
    if (!ok) {
      if (cause.text.isEmpty()) {
        check.errors.errorf(x, Code.INVALID_CONVERSION, "cannot convert %s to type %s", x, target);
      } else {
        check.errors.errorf(
            x, Code.INVALID_CONVERSION, "cannot convert %s to type %s: %s", x, target, cause.text);
      }
      x.invalidate();
      return;
    }
    if (isUntyped(x.typ)) {
      check.untypeds.updateExprType(x.expr(), argumentType(x, target, constant), true);
    }
    x.typ = target;
  }

  /** The type that the untyped argument {@code x} of a conversion gets. */
  private static Type argumentType(Operand x, Type target, boolean constant) {
    if (x.typ == Basic.UNTYPED_NIL) {
      return target;
    }
    if (isNonTypeParamInterface(target) || (constant && !isConstType(target))) {
      return defaultType(x.typ); // such as string for the argument of []byte("foo")
    }
    if (x.isConstant() && isInteger(x.typ) && allString(target)) {
      return x.typ;
    }
    return target;
  }

  /** The constant {@code x} as a value of {@code target}, or null. */
  private @Nullable Constant convertConstant(Operand x, Type target) {
    if (!(target.underlying() instanceof Basic basic)) {
      return null;
    }
    Constant val = check.constants.representable(x.val(), basic);
    if (val == null && isInteger(x.typ) && isString(basic)) {
      return Constant.ofString(codePointString(x.val()));
    }
    return val;
  }

  /** The UTF-8 encoding, one char for each byte, of a code point; of U+FFFD if it is none. */
  private static String codePointString(Constant val) {
    long c = Constants.longValueOr(val, -1);
    boolean valid = c >= 0 && c <= Character.MAX_CODE_POINT && !(c >= 0xd800 && c < 0xe000);
    String s = Character.toString(valid ? (int) c : 0xfffd);
    return new String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Whether the constant {@code x} may be converted to {@code u}, one of the types of a parameter.
   */
  private boolean isConstantConvertible(Operand x, @Nullable Type u, Type target, Cause cause) {
    if (u == null) {
      cause.text = check.sprintf("%s does not contain specific types", target);
      return false;
    }
    if ((isString(x.typ) && isBytesOrRunes(u)) || convertConstant(x, u) != null) {
      return true;
    }
    if (isInteger(x.typ) && isInteger(u)) {
      cause.text = check.sprintf("constant %s overflows %s (in %s)", x.val().toString(), u, target);
    } else {
      cause.text = check.sprintf("cannot convert %s to type %s (in %s)", x, u, target);
    }
    return false;
  }

  /** Reports whether {@code x}, which is no constant, may be converted to {@code target}. */
  boolean isConvertible(Operand x, Type target, Cause cause) {
    if (check.assignability.failure(x, target, cause) == null) {
      return true;
    }
    Type v = x.typ.unalias();
    Type t = target.unalias();
    TypeParam vp = v instanceof TypeParam p ? p : null;
    TypeParam tp = t instanceof TypeParam p ? p : null;
    if (haveSameStructure(v, t)) {
      return true;
    }
    if (isBasicConversion(v.underlying(), t.underlying())) {
      return true;
    }
    if (v.underlying() instanceof Slice s) {
      GoVersion since = sliceToArray(s, t.underlying());
      if (since != null) {
        if (check.allowVersion(since)) {
          return true;
        }
        if (t.underlying() instanceof Array) {
          cause.text = "conversion of slice to array requires " + since + " or later";
          return false;
        }
        cause.text = "conversion of slice to array pointer requires " + since + " or later";
        return false;
      }
    }
    if (vp != null || tp != null) {
      return areTypesConvertible(x, vp, t, tp, target, cause);
    }
    return false;
  }

  /** Identical underlying types, or pointers to such, without regard to tags. */
  private static boolean haveSameStructure(Type v, Type t) {
    if (!isTypeParam(v) && !isTypeParam(t) && identicalIgnoreTags(v.underlying(), t.underlying())) {
      return true;
    }
    return v instanceof Pointer vp
        && t instanceof Pointer tp
        && !isTypeParam(vp.elem())
        && !isTypeParam(tp.elem())
        && identicalIgnoreTags(vp.elem().underlying(), tp.elem().underlying());
  }

  /** Conversions between numbers, between strings and bytes, and those of package unsafe. */
  private static boolean isBasicConversion(Type vu, Type tu) {
    if (isIntegerOrFloat(vu) && isIntegerOrFloat(tu)) {
      return true;
    }
    if (isComplex(vu) && isComplex(tu)) {
      return true;
    }
    if (isString(tu) && (isInteger(vu) || isBytesOrRunes(vu))) {
      return true;
    }
    if (isString(vu) && isBytesOrRunes(tu)) {
      return true;
    }
    return (isUnsafePointer(tu) && (vu instanceof Pointer || isUintptr(vu)))
        || (isUnsafePointer(vu) && (tu instanceof Pointer || isUintptr(tu)));
  }

  private static boolean isUintptr(Type u) {
    return u instanceof Basic b && b.kind() == BasicKind.UINTPTR;
  }

  private static boolean isUnsafePointer(Type u) {
    return u instanceof Basic b && b.kind() == BasicKind.UNSAFE_POINTER;
  }

  private static boolean isBytesOrRunes(Type type) {
    return type.underlying() instanceof Slice s
        && s.elem().underlying() instanceof Basic b
        && (b.kind() == BasicKind.UINT8 || b.kind() == BasicKind.INT32);
  }

  /** Since when a slice may be converted to {@code tu}, an array or pointer to one; else null. */
  private static @Nullable GoVersion sliceToArray(Slice s, Type tu) {
    if (tu instanceof Array a) {
      return identical(s.elem(), a.elem()) ? GoVersion.GO1_20 : null;
    }
    if (tu instanceof Pointer p && p.elem().underlying() instanceof Array a) {
      return identical(s.elem(), a.elem()) ? GoVersion.GO1_17 : null;
    }
    return null;
  }

  /** Whether each type of {@code x} may be converted to each type of the target. */
  private boolean areTypesConvertible(
      Operand x, @Nullable TypeParam vp, Type t, @Nullable TypeParam tp, Type target, Cause cause) {
    if (vp == null) {
      return tp != null && tp.is(term -> isTermConvertible(x, null, term, tp, cause));
    }
    Operand each = x.copy();
    return vp.is(from -> {
      if (from == null) {
        return false;
      }
      each.typ = from.type();
      if (tp != null) {
        return tp.is(to -> isTermConvertible(each, vp, to, tp, cause));
      }
      if (!isConvertible(each, t, cause)) {
        check.assignability.addCause(
            cause, "cannot convert %s (in %s) to type %s", from.type(), vp, target);
        return false;
      }
      return true;
    });
  }

  private boolean isTermConvertible(
      Operand x, @Nullable TypeParam vp, @Nullable Term to, TypeParam tp, Cause cause) {
    if (to == null) {
      return false;
    }
    if (isConvertible(x, to.type(), cause)) {
      return true;
    }
    if (vp == null) {
      check.assignability.addCause(
          cause, "cannot convert %s to type %s (in %s)", x.typ, to.type(), tp);
    } else {
      check.assignability.addCause(
          cause, "cannot convert %s (in %s) to type %s (in %s)", x.typ, vp, to.type(), tp);
    }
    return false;
  }
}
