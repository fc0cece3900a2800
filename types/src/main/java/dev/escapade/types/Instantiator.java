package dev.escapade.types;

import dev.escapade.syntax.*;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class Instantiator {
  Instantiator(Checker check) {}

  record Failure(int index, String cause) {}

  Type instance(int pos, Type g, List<Type> t, @Nullable Named e) {
    throw new UnsupportedOperationException();
  }

  @Nullable Failure verify(int pos, List<TypeParam> tp, List<Type> ta) {
    throw new UnsupportedOperationException();
  }

  boolean assertableTo(Type v, Type t, @Nullable Cause cause) {
    throw new UnsupportedOperationException();
  }

  boolean validateTypeArgLen(int pos, String n, int want, int got) {
    throw new UnsupportedOperationException();
  }

  boolean implementsType(Type v, Type t, boolean c, @Nullable Cause cause) {
    throw new UnsupportedOperationException();
  }

  Type renameTypeParams(int pos, Type t, List<TypeParam> from, List<TypeParam> to) {
    throw new UnsupportedOperationException();
  }
}
