package dev.escapade.fuzz;

import dev.escapade.fuzz.Compiler.Depth;

/** Jazzer's way into scanner and parser. */
public final class ParserTarget {
  private static final Compiler COMPILER = new Compiler();

  private ParserTarget() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] data) {
    COMPILER.run(data, Depth.PARSE);
  }
}
