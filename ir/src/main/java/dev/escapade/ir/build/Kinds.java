package dev.escapade.ir.build;

import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Universe;
import org.jspecify.annotations.Nullable;

/** What kind a type is, by its underlying type. */
final class Kinds {
  private Kinds() {}

  static boolean isPointer(Type t) {
    return t.underlying() instanceof Pointer;
  }

  static boolean isInterface(Type t) {
    return t.underlying() instanceof Interface && !(t.unalias() instanceof TypeParam);
  }

  static boolean isEmptyInterface(Type t) {
    return t.underlying() instanceof Interface i && i.numMethods() == 0;
  }

  static boolean isString(Type t) {
    return is(t, Basic.IS_STRING);
  }

  static boolean isInteger(Type t) {
    return is(t, Basic.IS_INTEGER);
  }

  static boolean isFloat(Type t) {
    return is(t, Basic.IS_FLOAT);
  }

  static boolean isComplex(Type t) {
    return is(t, Basic.IS_COMPLEX);
  }

  static boolean isBoolean(Type t) {
    return is(t, Basic.IS_BOOLEAN);
  }

  static boolean isUntyped(Type t) {
    return t instanceof Basic b && b.is(Basic.IS_UNTYPED);
  }

  static boolean isUnsafePointer(Type t) {
    return t.underlying() instanceof Basic b && b.kind() == BasicKind.UNSAFE_POINTER;
  }

  static boolean isUintptr(Type t) {
    return t.underlying() instanceof Basic b && b.kind() == BasicKind.UINTPTR;
  }

  private static boolean is(Type t, int mask) {
    return t.underlying() instanceof Basic b && b.is(mask);
  }

  /** The kind of a basic type, or null. */
  static @Nullable BasicKind basicKind(Type t) {
    return t.underlying() instanceof Basic b ? b.kind() : null;
  }

  /** Reports whether the type has a name of its own: it is defined or predeclared. */
  static boolean hasName(Type t) {
    Type u = t.unalias();
    return u instanceof Named || u instanceof Basic || u == Universe.ANY_INTERFACE;
  }

  /** The type a pointer type points to. */
  static Type pointee(Type t) {
    if (t.underlying() instanceof Pointer p) {
      return p.elem();
    }
    throw new IllegalArgumentException("not a pointer type: " + t);
  }

  /** {@code T} for a type literal {@code *T}, or else {@code t}. */
  static Type deref(Type t) {
    return t.unalias() instanceof Pointer p ? p.elem() : t;
  }

  /** The struct that {@code t} is or points to. */
  static Struct structOf(Type t) {
    Type u = t.underlying();
    if (u instanceof Pointer p) {
      u = p.elem().underlying();
    }
    if (u instanceof Struct s) {
      return s;
    }
    throw new IllegalArgumentException("not a struct type: " + t);
  }

  static Signature signature(Type t) {
    if (t.underlying() instanceof Signature s) {
      return s;
    }
    throw new IllegalArgumentException("not a function type: " + t);
  }

  /** The array that {@code t} points to, or null. */
  static @Nullable Array pointedArray(Type t) {
    return t.underlying() instanceof Pointer p && p.elem().underlying() instanceof Array a
        ? a
        : null;
  }

  static @Nullable Type sliceElem(Type t) {
    return t.underlying() instanceof Slice s ? s.elem() : null;
  }
}
