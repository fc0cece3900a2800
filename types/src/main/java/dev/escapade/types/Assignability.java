package dev.escapade.types;

import static dev.escapade.types.Predicates.hasName;
import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.ChanDir;
import org.jspecify.annotations.Nullable;

/** Decides what may be assigned to what (Go spec, "Assignability"). */
final class Assignability {
  private final Checker check;

  Assignability(Checker check) {
    this.check = check;
  }

  /** Reports whether {@code x} may be assigned to a variable of type {@code target}. */
  boolean isAssignable(Operand x, Type target) {
    return failure(x, target, null) == null;
  }

  /**
   * Why {@code x} may not be assigned to a variable of type {@code target}; null if it may, or if
   * either is invalid.
   *
   * @param cause receives more detail where there is some; or null
   */
  @Nullable Code failure(Operand x, Type target, @Nullable Cause cause) {
    if (x.isInvalid() || !isValid(target)) {
      return null;
    }
    Type v = x.typ.unalias();
    Type t = target.unalias();
    if (identical(v, t)) {
      return null;
    }
    Type vu = v.underlying();
    Type tu = t.underlying();
    TypeParam vp = v instanceof TypeParam p ? p : null;
    TypeParam tp = t instanceof TypeParam p ? p : null;
    if (isUntyped(vu)) {
      return isImplicitlyConvertible(x, t, tp) ? null : Code.INCOMPATIBLE_ASSIGN;
    }
    boolean bothNamed = hasName(v) && hasName(t);
    if (!bothNamed && vp == null && tp == null && identical(vu, tu)) {
      return null;
    }
    if ((tu instanceof Interface && tp == null) || Lookup.isInterfacePtr(tu)) {
      if (check.implementsType(v, t, false, cause)) {
        return null;
      }
      if (vp == null) {
        return Code.INVALID_IFACE_ASSIGN;
      }
      if (cause != null) {
        cause.text = ""; // each type of the type set may still do
      }
    }
    if (vu instanceof Interface && vp == null && check.implementsType(t, v, false, null)) {
      if (cause != null) {
        cause.text = "need type assertion";
      }
      return Code.INCOMPATIBLE_ASSIGN;
    }
    if (vu instanceof Chan vc
        && vc.dir() == ChanDir.BOTH
        && tu instanceof Chan tc
        && identical(vc.elem(), tc.elem())) {
      return bothNamed ? Code.INVALID_CHAN_ASSIGN : null;
    }
    if (tp != null && !hasName(v)) {
      return toEachType(x, tp, cause);
    }
    if (vp != null && !hasName(t)) {
      return fromEachType(x, vp, t, target, cause);
    }
    return Code.INCOMPATIBLE_ASSIGN;
  }

  /** Whether the untyped {@code x} is representable in {@code t}, or each type in its type set. */
  private boolean isImplicitlyConvertible(Operand x, Type t, @Nullable TypeParam tp) {
    if (tp == null) {
      return check.untypeds.implicitTypeAndValue(x, t).type() != null;
    }
    // A type's underlying type is that of its tilde term too.
    return tp.is(
        term -> term != null && check.untypeds.implicitTypeAndValue(x, term.type()).type() != null);
  }

  private @Nullable Code toEachType(Operand x, TypeParam tp, @Nullable Cause cause) {
    @Nullable Code[] code = {Code.INCOMPATIBLE_ASSIGN};
    tp.is(term -> {
      if (term == null) {
        return false;
      }
      code[0] = failure(x, term.type(), cause);
      if (code[0] != null) {
        addCause(cause, "cannot assign %s to %s (in %s)", x.typ, term.type(), tp);
      }
      return code[0] == null;
    });
    return code[0];
  }

  private @Nullable Code fromEachType(
      Operand x, TypeParam vp, Type t, Type target, @Nullable Cause cause) {
    @Nullable Code[] code = {Code.INCOMPATIBLE_ASSIGN};
    Operand each = x.copy();
    vp.is(term -> {
      if (term == null) {
        return false;
      }
      each.typ = term.type();
      code[0] = failure(each, t, cause);
      if (code[0] != null) {
        addCause(cause, "cannot assign %s (in %s) to %s", term.type(), vp, target);
      }
      return code[0] == null;
    });
    return code[0];
  }

  /** Puts a message in front of the cause. */
  void addCause(@Nullable Cause cause, String pattern, @Nullable Object... args) {
    if (cause == null) {
      return;
    }
    String message = check.errors.sprintf(pattern, args);
    cause.text = cause.text.isEmpty() ? message : message + "\n\t" + cause.text;
  }
}
