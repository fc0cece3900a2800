package dev.escapade.fuzz;

import dev.escapade.fuzz.Compiler.Depth;

/** Jazzer's way into everything from the scanner to the printed decisions. */
public final class PipelineTarget {
  private static final Compiler COMPILER = new Compiler();

  private PipelineTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    COMPILER.run(data, Depth.DECIDE);
  }
}
