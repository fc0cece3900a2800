package dev.escapade.types;

import dev.escapade.syntax.*;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class ConstChecker {
  ConstChecker(Checker check) {}

  @Nullable Constant representable(Constant v, Basic t) {
    throw new UnsupportedOperationException();
  }
}
