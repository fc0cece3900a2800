package dev.escapade.types;

import dev.escapade.syntax.*;
import java.util.List;

/** To be written. */
final class Mono {
  Mono(Checker check) {}

  void check() {
    throw new UnsupportedOperationException();
  }

  void recordCanon(TypeParam a, TypeParam b) {
    throw new UnsupportedOperationException();
  }

  void recordInstance(Package p, int pos, List<TypeParam> tp, List<Type> ta, List<Expr> xl) {
    throw new UnsupportedOperationException();
  }
}
