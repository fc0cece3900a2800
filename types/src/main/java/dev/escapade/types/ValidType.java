package dev.escapade.types;

import dev.escapade.syntax.*;

/** To be written. */
final class ValidType {
  ValidType(Checker check) {}

  void validType(Named n) {
    throw new UnsupportedOperationException();
  }
}
