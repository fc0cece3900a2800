package dev.escapade.fuzz.programs;

/** New names. */
final class Names {
  private int locals;
  private int labels;

  String local() {
    return "v" + locals++;
  }

  String label() {
    return "L" + labels++;
  }

  /** Starts again, for another function. */
  void reset() {
    locals = 0;
    labels = 0;
  }
}
