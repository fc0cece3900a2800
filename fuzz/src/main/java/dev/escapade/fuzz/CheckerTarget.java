package dev.escapade.fuzz;

import dev.escapade.fuzz.Compiler.Depth;

/** Jazzer's way into scanner, parser and type checker. */
public final class CheckerTarget {
  private static final Compiler COMPILER = new Compiler();

  private CheckerTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    COMPILER.run(data, Depth.CHECK);
  }
}
