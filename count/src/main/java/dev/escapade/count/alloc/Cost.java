package dev.escapade.count.alloc;

import java.util.ArrayList;
import java.util.List;

/**
 * What running some code allocates.
 *
 * @param allocs how many objects
 * @param bytes how much of the heap they take, in size classes
 * @param open why there is no upper bound, if there is none; a few reasons
 */
public record Cost(Range allocs, Range bytes, List<String> open) {
  /** Nothing. */
  public static final Cost ZERO = new Cost(Range.ZERO, Range.ZERO, List.of());

  private static final int MAX_REASONS = 4;

  /** A cost with bounds. */
  public static Cost of(Range allocs, Range bytes) {
    return new Cost(allocs, bytes, List.of());
  }

  /** At least nothing, and nobody knows how much, as {@code reason} tells. */
  public static Cost unknown(String reason) {
    return new Cost(Range.UNKNOWN, Range.UNKNOWN, List.of(reason));
  }

  /** Reports whether nothing is allocated. */
  public boolean isZero() {
    return allocs.isZero();
  }

  /** One after the other. */
  public Cost plus(Cost other) {
    if (other == ZERO) {
      return this;
    }
    if (this == ZERO) {
      return other;
    }
    return new Cost(allocs.plus(other.allocs), bytes.plus(other.bytes), reasons(open, other.open));
  }

  /** One or the other. */
  public Cost or(Cost other) {
    if (this == other) {
      return this;
    }
    return new Cost(allocs.or(other.allocs), bytes.or(other.bytes), reasons(open, other.open));
  }

  /** This, or nothing. */
  public Cost orNothing() {
    return isZero() ? ZERO : new Cost(allocs.orNothing(), bytes.orNothing(), open);
  }

  /**
   * So many times.
   *
   * @param reason why {@code times} has no bound, if it has none
   */
  public Cost times(Range times, String reason) {
    if (isZero()) {
      return ZERO;
    }
    return new Cost(
        allocs.times(times),
        bytes.times(times),
        times.isBounded() ? open : reasons(open, List.of(reason)));
  }

  private static List<String> reasons(List<String> a, List<String> b) {
    if (b.isEmpty() || a.size() >= MAX_REASONS) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    List<String> all = new ArrayList<>(a);
    for (String reason : b) {
      if (all.size() < MAX_REASONS && !all.contains(reason)) {
        all.add(reason);
      }
    }
    return List.copyOf(all);
  }
}
