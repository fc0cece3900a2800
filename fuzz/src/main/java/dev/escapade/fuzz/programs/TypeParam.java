package dev.escapade.fuzz.programs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A type parameter. Compared by identity, as two functions may both have a {@code T}. */
final class TypeParam {
  /** What arguments must satisfy. */
  sealed interface Constraint {
    record Any() implements Constraint {}

    record Equality() implements Constraint {}

    /** {@code ~int | ~int64 | ~uint8 | ~float64}, or with integers only. */
    record Numeric(boolean integer) implements Constraint {}

    /** {@code ~string | ~[]byte}. */
    record Text() implements Constraint {}

    /** An interface with methods. */
    record Methods(GoType.Named type) implements Constraint {}

    /** {@code ~[]E}. */
    record SliceOf(GoType elem) implements Constraint {}

    default boolean isComparable() {
      return this instanceof Equality || this instanceof Numeric;
    }

    default String text(PackageModel pkg) {
      return switch (this) {
        case Any() -> "any";
        case Equality() -> "comparable";
        case Numeric(boolean integer) ->
            integer ? "~int | ~int64 | ~uint8" : "~int | ~int64 | ~uint8 | ~float64";
        case Text() -> "~string | ~[]byte";
        case Methods(GoType.Named type) -> type.text(pkg);
        case SliceOf(GoType elem) -> "~[]" + elem.text(pkg);
      };
    }
  }

  private final String name;
  private final Constraint constraint;

  TypeParam(String name, Constraint constraint) {
    this.name = name;
    this.constraint = constraint;
  }

  String name() {
    return name;
  }

  Constraint constraint() {
    return constraint;
  }

  static Map<TypeParam, GoType> bind(List<TypeParam> params, List<GoType> args) {
    Map<TypeParam, GoType> bindings = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      bindings.put(params.get(i), args.get(i));
    }
    return bindings;
  }
}
