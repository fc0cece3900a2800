package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces type parameters in types by type arguments (types2: subst.go). Types in which nothing is
 * replaced are shared.
 */
final class Subst {
  /**
   * A substitution.
   *
   * @param check the running checker, or null
   * @param pos where the substitution is asked for
   * @param typeParams replaced by the types of {@code typeArgs} with the same index; a null
   *     argument leaves its parameter
   * @param expanding the instance that is being expanded, or null
   * @param context holds instances; may be null if {@code expanding} is not
   */
  Subst(
      @Nullable Checker check,
      int pos,
      List<TypeParam> typeParams,
      List<? extends @Nullable Type> typeArgs,
      @Nullable Named expanding,
      @Nullable Context context) {}

  Type type(Type t) {
    throw new UnsupportedOperationException();
  }

  Tuple tuple(Tuple t) {
    throw new UnsupportedOperationException();
  }
}
