package dev.escapade.escape;

/**
 * Where a parameter's value flows: to the heap, to a store through it, to an unknown call, to a
 * result; for each the least number of dereferences on the way. The set is one {@code long} of
 * eight bytes, each 0 for "does not flow there" or the number of dereferences plus 1
 * (cmd/compile/internal/escape/leaks.go).
 */
public final class Leaks {
  /** Flows nowhere. */
  public static final long NONE = 0;

  /** Flows to the heap as it is: what is assumed of an unknown function. */
  public static final long TO_HEAP = add(NONE, Leaks.HEAP, 0);

  static final int HEAP = 0;
  static final int MUTATOR = 1;
  static final int CALLEE = 2;
  static final int RESULT_0 = 3;

  private static final int SLOTS = 8;

  /** The results, from the first on, of which it is known what flows to them. */
  public static final int RESULTS = SLOTS - RESULT_0;

  private static final int MAX_VALUE = 0xff;

  private Leaks() {}

  /** The least number of dereferences on the way to {@code slot}, or -1 if there is no way. */
  static int get(long leaks, int slot) {
    return (int) ((leaks >>> (8 * slot)) & MAX_VALUE) - 1;
  }

  /** The dereferences on the way to the heap, or -1. */
  public static int heap(long leaks) {
    return get(leaks, HEAP);
  }

  /** The dereferences on the way to result {@code i} (from 0), or -1. */
  public static int result(long leaks, int i) {
    return get(leaks, RESULT_0 + i);
  }

  /** {@code leaks} with a way to {@code slot} of {@code derefs} (0 or more) dereferences. */
  static long add(long leaks, int slot, int derefs) {
    int old = get(leaks, slot);
    return old < 0 || derefs < old ? set(leaks, slot, derefs) : leaks;
  }

  private static long set(long leaks, int slot, int derefs) {
    long value = Math.min(derefs + 1, MAX_VALUE);
    return (leaks & ~((long) MAX_VALUE << (8 * slot))) | (value << (8 * slot));
  }

  /**
   * {@code leaks} without the ways that the way to the heap makes pointless, those that are not
   * shorter.
   */
  static long optimize(long leaks) {
    int heap = heap(leaks);
    if (heap < 0) {
      return leaks;
    }
    long result = leaks;
    for (int slot = 1; slot < SLOTS; slot++) {
      if (get(result, slot) >= heap) {
        result = set(result, slot, -1);
      }
    }
    return result;
  }

  /** What importers see of {@code leaks}: a value that flows to the heap as it is tells it all. */
  static long encode(long leaks) {
    return heap(leaks) == 0 ? TO_HEAP : leaks;
  }

  /** Reports whether the value flows anywhere. */
  public static boolean any(long leaks) {
    return leaks != NONE;
  }
}
