package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/**
 * What a generic function value is assigned to: a function type, from which missing type arguments
 * are inferred, and the name of the variable for messages (go/types: target).
 */
record Target(Signature sig, String desc) {
  /** The target for a variable of type {@code type}, or null if that is not a function type. */
  static @Nullable Target of(@Nullable Type type, String desc) {
    return type != null && type.underlying() instanceof Signature sig
        ? new Target(sig, desc)
        : null;
  }
}
