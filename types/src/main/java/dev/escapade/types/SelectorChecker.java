package dev.escapade.types;

import dev.escapade.syntax.*;

/** To be written. */
final class SelectorChecker {
  SelectorChecker(Checker check) {}
}
