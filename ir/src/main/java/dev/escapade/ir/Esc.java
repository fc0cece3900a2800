package dev.escapade.ir;

/** What escape analysis found for a variable or an allocating expression. */
public enum Esc {
  /** Not analysed yet. */
  UNKNOWN,
  /** Does not escape to the heap, a result or a parameter. */
  NONE,
  /** Reachable from the heap. */
  HEAP,
  /** By construction does not escape. */
  NEVER
}
