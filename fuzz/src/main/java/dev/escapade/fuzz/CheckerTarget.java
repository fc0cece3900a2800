package dev.escapade.fuzz;

import dev.escapade.fuzz.FrontEnd.Depth;

/** Jazzer's way into scanner, parser and type checker. */
public final class CheckerTarget {
  private static final FrontEnd FRONT_END = new FrontEnd();

  private CheckerTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    FRONT_END.run(data, Depth.CHECK);
  }
}
