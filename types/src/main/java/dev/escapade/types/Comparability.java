package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** Which types can be compared (Go spec, "Comparison operators"). */
final class Comparability {
  private Comparability() {}

  /**
   * Null if values of type {@code t} can be compared, else why not.
   *
   * @param dynamic whether interfaces that are not type parameters always can
   */
  static @Nullable TypeError comparableType(Type t, boolean dynamic) {
    throw new UnsupportedOperationException();
  }
}
