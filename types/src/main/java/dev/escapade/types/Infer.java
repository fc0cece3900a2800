package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class Infer {
  Infer(Checker check) {}

  /** A type with other type parameters, and these. */
  record Renamed(List<TypeParam> typeParams, Type type) {}

  Renamed renameTypeParams(int pos, List<TypeParam> tparams, Type type) {
    throw new UnsupportedOperationException();
  }

  @Nullable List<Type> infer(
      int pos,
      List<TypeParam> tparams,
      List<? extends @Nullable Type> targs,
      Tuple params,
      List<Operand> args,
      boolean reverse,
      ErrorReporter.Report err) {
    throw new UnsupportedOperationException();
  }

  static boolean isParameterized(List<TypeParam> tparams, Type type) {
    throw new UnsupportedOperationException();
  }
}
