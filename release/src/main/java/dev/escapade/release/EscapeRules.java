package dev.escapade.release;

/**
 * The limits of escape analysis (cmd/compile/internal/escape, ir/cfg.go).
 *
 * @param maxStackVarSizeBytes the greatest declared variable on the stack
 * @param maxImplicitStackVarSizeBytes the greatest allocation by an expression (new, make, a
 *     composite literal, a function literal) on the stack
 * @param maxCaptureByValueSizeBytes the greatest variable that a closure copies
 * @param maxResultTags the number of results for which a parameter's tag has room
 * @param maxDerefs the greatest number of dereferences that a tag tells apart
 */
public record EscapeRules(
    long maxStackVarSizeBytes,
    long maxImplicitStackVarSizeBytes,
    long maxCaptureByValueSizeBytes,
    int maxResultTags,
    int maxDerefs) {
  /** These limits as {@code -smallframes} sets them (cmd/compile/internal/gc/main.go, go 1.26). */
  EscapeRules withSmallFrames() {
    return new EscapeRules(
        64 << 10, 16 << 10, maxCaptureByValueSizeBytes, maxResultTags, maxDerefs);
  }
}
