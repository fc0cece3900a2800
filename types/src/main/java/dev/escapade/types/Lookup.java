package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** To be written. */
public final class Lookup {
  private Lookup() {}

  /** What was found. */
  public record Result(@Nullable Obj obj, int @Nullable [] index, boolean indirect) {}
}
