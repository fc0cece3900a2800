package dev.escapade.unit;

/**
 * The compiler's debug settings ({@code -d}) that change what the middle end decides or says
 * (cmd/compile/internal/base/debug.go, go 1.26).
 *
 * @param checkptr how conversions of {@code unsafe.Pointer} are instrumented: 0 not at all, 1 with
 *     checks, 2 by moving what they point to to the heap
 * @param escapeMutationsCalls whether it is also said which parameters are written through or
 *     called
 * @param zeroCopy whether the bytes of a string may be used in place
 * @param inlineClosures whether functions with function literals are inlined
 * @param inlineStaticInit whether inlined calls may initialize variables statically
 * @param deadLocals whether assignments to variables that are never read are removed
 * @param boundsChecks whether it is said which bounds checks stay
 * @param nilChecks whether it is said which checks for nil pointers stay
 * @param liveness whether it is said which variables are live at calls (the flag {@code -live})
 */
public record DebugSettings(
    int checkptr,
    boolean escapeMutationsCalls,
    boolean zeroCopy,
    boolean inlineClosures,
    boolean inlineStaticInit,
    boolean deadLocals,
    boolean boundsChecks,
    boolean nilChecks,
    boolean liveness) {
  /** What holds when nothing is said. */
  public static final DebugSettings DEFAULT =
      new DebugSettings(0, false, true, true, true, true, false, false, false);

  /** Whether something is said that only machine code tells. */
  public boolean asksForCode() {
    return boundsChecks || nilChecks || liveness;
  }

  /** These settings without checks of {@code unsafe.Pointer}. */
  public DebugSettings withoutCheckptr() {
    return new DebugSettings(
        0,
        escapeMutationsCalls,
        zeroCopy,
        inlineClosures,
        inlineStaticInit,
        deadLocals,
        boundsChecks,
        nilChecks,
        liveness);
  }
}
