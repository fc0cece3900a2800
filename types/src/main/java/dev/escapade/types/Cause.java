package dev.escapade.types;

/** Where a predicate leaves the reason why it does not hold. */
final class Cause {
  /** The reason; "" if there is none to give. */
  String text = "";
}
