package dev.escapade.types;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the types in the type set of a type parameter have in common (types2: under.go). */
final class TypeSets {
  private TypeSets() {}

  /** A condition on a type and its underlying type; both are null if there is no specific type. */
  @FunctionalInterface
  interface Condition {
    /** Null if the condition holds, else what is wrong. */
    @Nullable TypeError check(@Nullable Type t, @Nullable Type under);
  }

  /** A predicate on a type and its underlying type; both are null if there is no specific type. */
  @FunctionalInterface
  interface TypePredicate {
    boolean test(@Nullable Type t, @Nullable Type under);
  }

  /**
   * Reports whether {@code f} holds for the underlying type of {@code t}; if {@code t} is a type
   * parameter, for those of all specific types, or for null if there are none.
   */
  static boolean underIs(Type t, Predicate<@Nullable Type> f) {
    throw new UnsupportedOperationException();
  }

  /** Like {@link #underIs}, with the types too. */
  static boolean all(Type t, TypePredicate f) {
    throw new UnsupportedOperationException();
  }

  /**
   * The one underlying type of all types that {@code t} stands for, or null. Channel types may
   * differ in direction; then it is the restricted one.
   *
   * @param cond a further condition, tested first, or null
   * @param error gets what is wrong if the result is null; may be null
   */
  static @Nullable Type commonUnder(
      Type t, @Nullable Condition cond, @Nullable TypeError @Nullable [] error) {
    throw new UnsupportedOperationException();
  }
}
