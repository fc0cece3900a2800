package dev.escapade.fuzz;

import dev.escapade.fuzz.FrontEnd.Depth;

/** Jazzer's way into scanner and parser. */
public final class ParserTarget {
  private static final FrontEnd FRONT_END = new FrontEnd();

  private ParserTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    FRONT_END.run(data, Depth.PARSE);
  }
}
