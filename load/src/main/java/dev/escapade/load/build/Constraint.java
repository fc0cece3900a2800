package dev.escapade.load.build;

import java.util.function.Predicate;

/** A build constraint as an expression over tags (go/build/constraint). */
public sealed interface Constraint {
  /** A tag. */
  record Tag(String name) implements Constraint {}

  /** {@code !x}. */
  record Not(Constraint x) implements Constraint {}

  /** {@code x && y}. */
  record And(Constraint x, Constraint y) implements Constraint {}

  /** {@code x || y}. */
  record Or(Constraint x, Constraint y) implements Constraint {}

  /** Evaluates the constraint, given which tags hold. */
  default boolean eval(Predicate<String> holds) {
    return switch (this) {
      case Tag(String name) -> holds.test(name);
      case Not(Constraint x) -> !x.eval(holds);
      case And(Constraint x, Constraint y) -> x.eval(holds) && y.eval(holds);
      case Or(Constraint x, Constraint y) -> x.eval(holds) || y.eval(holds);
    };
  }
}
