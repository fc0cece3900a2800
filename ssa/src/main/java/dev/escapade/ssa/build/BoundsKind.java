package dev.escapade.ssa.build;

/**
 * What a bounds check checks (cmd/compile/internal/ssa/op.go); the numbers tell the panic which
 * message to show. Each has a relative for indices without a sign.
 */
enum BoundsKind {
  /** {@code s[x], 0 <= x < len(s)}. */
  INDEX,
  INDEX_U,
  /** {@code s[?:x], 0 <= x <= len(s)}. */
  SLICE_LEN,
  SLICE_LEN_U,
  /** {@code s[?:x], 0 <= x <= cap(s)}. */
  SLICE_CAP,
  SLICE_CAP_U,
  /** {@code s[x:y], 0 <= x <= y}. */
  SLICE_LOW,
  SLICE_LOW_U,
  /** {@code s[::x], 0 <= x <= len(s)}. */
  SLICE3_LEN,
  SLICE3_LEN_U,
  /** {@code s[::x], 0 <= x <= cap(s)}. */
  SLICE3_CAP,
  SLICE3_CAP_U,
  /** {@code s[:x:y], 0 <= x <= y}. */
  SLICE3_HIGH,
  SLICE3_HIGH_U,
  /** {@code s[x:y:], 0 <= x <= y}. */
  SLICE3_LOW,
  SLICE3_LOW_U,
  /** {@code (*[x]T)(s), 0 <= x <= len(s)}. */
  CONVERT;

  private static final BoundsKind[] VALUES = values();

  /** The same for an index without a sign. */
  BoundsKind unsigned() {
    return isSigned() && this != CONVERT ? VALUES[number() + 1] : this;
  }

  private boolean isSigned() {
    return (number() & 1) == 0;
  }

  /** Reports whether the upper bound itself is out of bounds. */
  boolean isIndex() {
    return this == INDEX || this == INDEX_U;
  }

  /** The number by which the runtime knows it. */
  int number() {
    return compareTo(INDEX);
  }
}
