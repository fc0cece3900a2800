package dev.escapade.types;

import dev.escapade.syntax.ChanDir;
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
    return all(t, (_, u) -> f.test(u));
  }

  /** Like {@link #underIs}, with the types too. */
  static boolean all(Type t, TypePredicate f) {
    if (t.unalias() instanceof TypeParam p) {
      return p.iface().typeSet().all(f);
    }
    return f.test(t, t.underlying());
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
    if (!(t.unalias() instanceof TypeParam)) {
      Type u = t.underlying(); // the common case, without ado
      TypeError wrong = cond == null ? null : cond.check(t, u);
      if (wrong == null) {
        return u;
      }
      if (error != null) {
        error[0] = wrong;
      }
      return null;
    }
    Common common = new Common(cond);
    all(t, common);
    if (common.error == null) {
      return common.under;
    }
    if (error != null) {
      error[0] = common.error;
    }
    return null;
  }

  /** Looks at one type of the set after the other, and stops at the first that does not fit. */
  private static final class Common implements TypePredicate {
    private final @Nullable Condition cond;
    private @Nullable Type type;
    private @Nullable Type under;
    private @Nullable TypeError error;

    Common(@Nullable Condition cond) {
      this.cond = cond;
    }

    @Override
    public boolean test(@Nullable Type t, @Nullable Type u) {
      error = cond == null ? null : cond.check(t, u);
      if (error == null) {
        error = merge(t, u);
      }
      return error == null;
    }

    private @Nullable TypeError merge(@Nullable Type t, @Nullable Type u) {
      if (u == null) {
        return TypeError.of("no specific type");
      }
      if (under == null) {
        type = t;
        under = u;
        return null;
      }
      if (under instanceof Chan a && u instanceof Chan b) {
        return mergeChan(a, b, t);
      }
      return Predicates.identical(under, u)
          ? null
          : TypeError.of("%s and %s have different underlying types", type, t);
    }

    private @Nullable TypeError mergeChan(Chan a, Chan b, @Nullable Type t) {
      if (!Predicates.identical(a.elem(), b.elem())) {
        return TypeError.of("channels %s and %s have different element types", type, t);
      }
      if (a.dir() == b.dir()) {
        return null;
      }
      if (a.dir() == ChanDir.BOTH) {
        type = t;
        under = b;
        return null;
      }
      return b.dir() == ChanDir.BOTH
          ? null
          : TypeError.of("channels %s and %s have conflicting directions", type, t);
    }
  }

  /** The core type of {@code t}: its one underlying type, or null (types2: CoreType). */
  static @Nullable Type coreType(Type t) {
    return commonUnder(t, null, null);
  }
}
