package dev.escapade.count.alloc;

import java.util.ArrayList;
import java.util.List;

/**
 * What running some code allocates.
 *
 * @param allocs how many objects
 * @param bytes how much of the heap they take, in size classes
 * @param open why there is no upper bound, if there is none; a few reasons
 * @param assuming whether it is assumed that what is reserved for appends suffices
 * @param amortized whether slices or maps that are kept may grow now and then, which is not counted
 */
public record Cost(
    Range allocs, Range bytes, List<String> open, boolean assuming, boolean amortized) {
  /** Nothing. */
  public static final Cost ZERO = new Cost(Range.ZERO, Range.ZERO, List.of(), false, false);

  /** Nothing, if what is reserved suffices. */
  static final Cost ASSUMING = new Cost(Range.ZERO, Range.ZERO, List.of(), true, false);

  private static final int MAX_REASONS = 4;

  /** Nothing but what grows now and then. */
  public static final Cost AMORTIZED = new Cost(Range.ZERO, Range.ZERO, List.of(), false, true);

  /** A cost with bounds. */
  public static Cost of(Range allocs, Range bytes) {
    return new Cost(allocs, bytes, List.of(), false, false);
  }

  /** At least nothing, and nobody knows how much, as {@code reason} tells. */
  public static Cost unknown(String reason) {
    return new Cost(Range.UNKNOWN, Range.UNKNOWN, List.of(reason), false, false);
  }

  /** Reports whether nothing is allocated. */
  public boolean isZero() {
    return allocs.isZero();
  }

  private boolean isNothing() {
    return isZero() && !assuming && !amortized;
  }

  /** One after the other. */
  public Cost plus(Cost other) {
    if (other.isNothing()) {
      return this;
    }
    if (isNothing()) {
      return other;
    }
    return new Cost(
        allocs.plus(other.allocs),
        bytes.plus(other.bytes),
        reasons(open, other.open),
        assuming || other.assuming,
        amortized || other.amortized);
  }

  /** One or the other. */
  public Cost or(Cost other) {
    return new Cost(
        allocs.or(other.allocs),
        bytes.or(other.bytes),
        reasons(open, other.open),
        assuming || other.assuming,
        amortized || other.amortized);
  }

  /** This, or nothing. */
  public Cost orNothing() {
    return isZero()
        ? this
        : new Cost(allocs.orNothing(), bytes.orNothing(), open, assuming, amortized);
  }

  /**
   * So many times.
   *
   * @param reason why {@code times} has no bound, if it has none
   */
  public Cost times(Range times, String reason) {
    if (isZero()) {
      return this;
    }
    return new Cost(
        allocs.times(times),
        bytes.times(times),
        times.isBounded() ? open : reasons(open, List.of(reason)),
        assuming,
        amortized);
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
