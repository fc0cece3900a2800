package dev.escapade.decisions;

/** One record of the compiler's optimization log. */
public sealed interface Optimization {
  /** Where it applies. */
  Place place();

  /**
   * What the machine code's line table has for the place: 0 for it does not matter, 1 for the start
   * of a statement, 2 for none. Of two records in one place the smaller comes first
   * (cmd/internal/src: PosDefaultStmt, PosIsStmt, PosNotStmt).
   */
  default int statement() {
    return 0;
  }

  /** A function can be inlined, at a cost. */
  record CanInlineFunction(Place place, int cost) implements Optimization {}

  /** A function cannot be inlined. */
  record CannotInlineFunction(Place place, String reason) implements Optimization {}

  /** A call is not replaced though the callee could be inlined. */
  record CannotInlineCall(Place place, String reason) implements Optimization {}

  /** Calls of a function are not made static though the profile has it. */
  record NotWorthDevirtualizing(Place place, String reason) implements Optimization {}

  /**
   * Why something is on the heap.
   *
   * @param settled whether this was clear before the flow graph was solved
   */
  record Escape(Place place, String subject, boolean settled, PlacedPath path)
      implements Optimization {}

  /** Why a parameter leaks, and where to. */
  record Leak(Place place, String parameter, String sink, int derefs, PlacedPath path)
      implements Optimization {}

  /** What an expression allocates is on the heap. */
  record OnHeap(Place place) implements Optimization {}

  /** A loop variable is now one for each iteration. */
  record IterationVariable(Place place, String variable, boolean inlined, boolean onHeap)
      implements Optimization {}

  /** A loop was rewritten because of such a variable; {@code last} is its end. */
  record LoopModified(Place place, Place last, boolean range) implements Optimization {}

  /** A pointer is checked against nil by an instruction of its own. */
  record NilCheck(Place place, int statement) implements Optimization {}

  /** An index, or with {@code slice} a slice operation's bounds, are checked. */
  record BoundsCheck(Place place, int statement, boolean slice) implements Optimization {}

  /** Memory is copied by a loop or call. */
  record Copy(Place place, int statement, long sizeBytes) implements Optimization {}
}
