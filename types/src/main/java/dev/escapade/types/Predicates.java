package dev.escapade.types;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Predicates on types (types2: predicates.go). Those named {@code isX} do not look inside type
 * parameters; those named {@code allX} ask for every type in the type set.
 */
public final class Predicates {
  private Predicates() {}

  public static boolean isValid(Type t) {
    return t.unalias() != Basic.INVALID;
  }

  public static boolean isBoolean(Type t) {
    return isBasic(t, Basic.IS_BOOLEAN);
  }

  public static boolean isInteger(Type t) {
    return isBasic(t, Basic.IS_INTEGER);
  }

  public static boolean isUnsigned(Type t) {
    return isBasic(t, Basic.IS_UNSIGNED);
  }

  public static boolean isFloat(Type t) {
    return isBasic(t, Basic.IS_FLOAT);
  }

  public static boolean isComplex(Type t) {
    return isBasic(t, Basic.IS_COMPLEX);
  }

  public static boolean isNumeric(Type t) {
    return isBasic(t, Basic.IS_NUMERIC);
  }

  public static boolean isString(Type t) {
    return isBasic(t, Basic.IS_STRING);
  }

  public static boolean isIntegerOrFloat(Type t) {
    return isBasic(t, Basic.IS_INTEGER | Basic.IS_FLOAT);
  }

  public static boolean isConstType(Type t) {
    return isBasic(t, Basic.IS_CONST_TYPE);
  }

  /** Reports whether the underlying type is basic and has one of the properties {@code info}. */
  public static boolean isBasic(Type t, int info) {
    return t.underlying() instanceof Basic b && b.is(info);
  }

  public static boolean allBoolean(Type t) {
    return allBasic(t, Basic.IS_BOOLEAN);
  }

  public static boolean allInteger(Type t) {
    return allBasic(t, Basic.IS_INTEGER);
  }

  public static boolean allUnsigned(Type t) {
    return allBasic(t, Basic.IS_UNSIGNED);
  }

  public static boolean allNumeric(Type t) {
    return allBasic(t, Basic.IS_NUMERIC);
  }

  public static boolean allString(Type t) {
    return allBasic(t, Basic.IS_STRING);
  }

  public static boolean allOrdered(Type t) {
    return allBasic(t, Basic.IS_ORDERED);
  }

  public static boolean allNumericOrString(Type t) {
    return allBasic(t, Basic.IS_NUMERIC | Basic.IS_STRING);
  }

  /** Like {@link #isBasic}, for each specific type of a type parameter; there must be one. */
  public static boolean allBasic(Type t, int info) {
    if (t.unalias() instanceof TypeParam) {
      return TypeSets.all(t, (term, _) -> term != null && isBasic(term, info));
    }
    return isBasic(t, info);
  }

  /** Reports whether the type has a name: predeclared, defined, or a type parameter. */
  public static boolean hasName(Type t) {
    Type u = t.unalias();
    return u instanceof Basic || u instanceof Named || u instanceof TypeParam;
  }

  /** Reports whether the type is a literal or basic. */
  public static boolean isTypeLit(Type t) {
    Type u = t.unalias();
    return !(u instanceof Named || u instanceof TypeParam);
  }

  public static boolean isTyped(Type t) {
    return !isUntyped(t);
  }

  public static boolean isUntyped(Type t) {
    return t instanceof Basic b && b.is(Basic.IS_UNTYPED);
  }

  public static boolean isUntypedNumeric(Type t) {
    return t instanceof Basic b && b.is(Basic.IS_UNTYPED) && b.is(Basic.IS_NUMERIC);
  }

  /** Reports whether the underlying type is an interface, as that of a type parameter is. */
  public static boolean isInterface(Type t) {
    return t.underlying() instanceof Interface;
  }

  public static boolean isNonTypeParamInterface(Type t) {
    return !isTypeParam(t) && isInterface(t);
  }

  public static boolean isTypeParam(Type t) {
    return t.unalias() instanceof TypeParam;
  }

  /** Reports whether the type is generic and not instantiated; signatures do not count. */
  public static boolean isGeneric(Type t) {
    if (t instanceof Alias a && !a.typeParams().isEmpty() && a.typeArgs().isEmpty()) {
      return true;
    }
    Named named = t.asNamed();
    return named != null && !named.isInstance() && !named.typeParams().isEmpty();
  }

  /** Reports whether the type is a type parameter whose type set is known to be empty. */
  static boolean hasEmptyTypeset(Type t) {
    if (t.unalias() instanceof TypeParam p
        && safeUnderlying(p.constraint()) instanceof Interface i) {
      TypeSet s = i.typeSetIfKnown();
      return s != null && s.isEmpty();
    }
    return false;
  }

  /** The underlying type without expanding an instance; null if that would be needed. */
  static @Nullable Type safeUnderlying(Type t) {
    Named named = t.asNamed();
    return named != null ? named.underlyingIfKnown() : t.underlying();
  }

  /** Reports whether values of the type can be compared by {@code ==}. */
  public static boolean comparable(Type t) {
    return Comparability.comparableType(t, true) == null;
  }

  /** Reports whether nil is a value of the type. */
  public static boolean hasNil(Type t) {
    return switch (t.underlying()) {
      case Basic b -> b.kind() == BasicKind.UNSAFE_POINTER;
      case Slice _, Pointer _, Signature _, MapType _, Chan _ -> true;
      case Interface _ -> !isTypeParam(t) || TypeSets.underIs(t, u -> u != null && hasNil(u));
      case Named _, Alias _, Array _, Struct _, Tuple _, TypeParam _, Union _ -> false;
    };
  }

  /** Reports whether the types are identical (Go spec, "Type identity"). */
  public static boolean identical(Type x, Type y) {
    return x == y || new Identity(false, false).identical(x, y);
  }

  /** Reports whether the types are identical if struct tags do not count. */
  public static boolean identicalIgnoreTags(Type x, Type y) {
    return x == y || new Identity(true, false).identical(x, y);
  }

  /** Reports whether the lists have identical types. */
  static boolean identicalLists(List<Type> xs, List<Type> ys) {
    if (xs.size() != ys.size()) {
      return false;
    }
    for (int i = 0; i < xs.size(); i++) {
      if (!identical(xs.get(i), ys.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The type that an untyped constant takes by itself; any other type is its own default. */
  public static Type defaultType(Type t) {
    if (!(t instanceof Basic b)) {
      return t;
    }
    return switch (b.kind()) {
      case UNTYPED_BOOL -> Basic.BOOL;
      case UNTYPED_INT -> Basic.INT;
      case UNTYPED_RUNE -> Basic.RUNE;
      case UNTYPED_FLOAT -> Basic.FLOAT64;
      case UNTYPED_COMPLEX -> Basic.COMPLEX128;
      case UNTYPED_STRING -> Basic.STRING;
      default -> t;
    };
  }

  /**
   * The type that both operands of an operation on untyped numbers take: the later of integer,
   * rune, floating-point, complex. Null for other types unless they are the same.
   */
  static @Nullable Type maxType(Type x, Type y) {
    if (x == y) {
      return x;
    }
    if (isUntypedNumeric(x) && isUntypedNumeric(y)) {
      return ((Basic) x).kind().compareTo(((Basic) y).kind()) > 0 ? x : y;
    }
    return null;
  }

  /** Reports whether the named types come from the same declaration. */
  static boolean identicalOrigin(Named x, Named y) {
    return Objects.equals(x.obj(), y.obj());
  }
}
