package dev.escapade.types;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which types can be compared (Go spec, "Comparison operators"). */
final class Comparability {
  private Comparability() {}

  /**
   * Null if values of type {@code t} can be compared, else why not.
   *
   * @param dynamic whether interfaces that are not type parameters always can, although comparing
   *     them may panic
   */
  static @Nullable TypeError comparableType(Type t, boolean dynamic) {
    return comparableType(t, dynamic, null);
  }

  /**
   * Like {@link #comparableType(Type, boolean)}.
   *
   * @param seen types under consideration, which are taken to be comparable; or null
   */
  static @Nullable TypeError comparableType(Type t, boolean dynamic, @Nullable Set<Type> seen) {
    return switch (t.underlying()) {
      case Basic b -> b.kind() == BasicKind.UNTYPED_NIL ? TypeError.EMPTY : null;
      case Pointer _, Chan _ -> null;
      case Struct s -> {
        Set<Type> set = seen == null ? new HashSet<>() : seen;
        yield set.add(t) ? comparableStruct(s, dynamic, set) : null;
      }
      case Array a -> {
        Set<Type> set = seen == null ? new HashSet<>() : seen;
        yield set.add(t) && comparableType(a.elem(), dynamic, set) != null
            ? TypeError.of("%s cannot be compared", t)
            : null;
      }
      case Interface i -> {
        if (dynamic && !Predicates.isTypeParam(t)) {
          yield null;
        }
        Set<Type> set = seen == null ? new HashSet<>() : seen;
        yield set.add(t) ? comparableInterface(i, set) : null;
      }
      case Slice _, MapType _, Signature _, Tuple _, Union _ -> TypeError.EMPTY;
      case Named _, Alias _, TypeParam _ -> throw new AssertionError("no underlying type");
    };
  }

  private static @Nullable TypeError comparableStruct(Struct s, boolean dynamic, Set<Type> seen) {
    for (Var f : s.fields()) {
      if (comparableType(f.type(), dynamic, seen) != null) {
        return TypeError.of("struct containing %s cannot be compared", f.type());
      }
    }
    return null;
  }

  private static @Nullable TypeError comparableInterface(Interface i, Set<Type> seen) {
    TypeSet set = i.typeSet();
    if (set.isComparable(seen)) {
      return null;
    }
    return TypeError.of(set.isEmpty() ? "empty type set" : "incomparable types in type set");
  }
}
