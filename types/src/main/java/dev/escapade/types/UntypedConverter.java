package dev.escapade.types;

import dev.escapade.syntax.*;

/** To be written. */
final class UntypedConverter {
  UntypedConverter(Checker check) {}

  void convertUntyped(Operand x, Type t) {
    throw new UnsupportedOperationException();
  }
}
