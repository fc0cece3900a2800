package dev.escapade.devirtualize;

import dev.escapade.ir.Node;
import dev.escapade.types.Type;

/** Where an interface variable gets a value from. */
sealed interface Source {
  /** From somewhere unknown. */
  record Unknown() implements Source {}

  /** From something of a type that is no interface. */
  record OfType(Type type) implements Source {}

  /** From an expression. */
  record Value(Node node) implements Source {}

  /** The unknown source. */
  Source UNKNOWN = new Unknown();
}
