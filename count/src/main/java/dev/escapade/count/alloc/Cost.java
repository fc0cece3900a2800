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
 * @param spare how many more it may be if that does not suffice, if it is not wrong by far
 * @param amortized whether slices or maps that are kept may grow now and then, which is not counted
 */
public record Cost(
    Range allocs,
    Range bytes,
    List<String> open,
    boolean assuming,
    boolean amortized,
    Range spare) {
  /** Nothing. */
  public static final Cost ZERO =
      new Cost(Range.ZERO, Range.ZERO, List.of(), false, false, Range.ZERO);

  /** Nothing, if what is reserved suffices. */
  static final Cost ASSUMING = new Cost(Range.ZERO, Range.ZERO, List.of(), true, false, Range.ZERO);

  /** So often a buffer may have to grow for which room was reserved, for 16 times the room. */
  private static final int SPARE = 4;

  /** What may be wrong about one buffer for which room was reserved. */
  static final Cost RESERVED =
      new Cost(Range.ZERO, Range.ZERO, List.of(), true, false, Range.between(0, SPARE));

  private static final int MAX_REASONS = 4;

  /** Nothing but what grows now and then. */
  public static final Cost AMORTIZED =
      new Cost(Range.ZERO, Range.ZERO, List.of(), false, true, Range.ZERO);

  /** A cost with bounds. */
  public static Cost of(Range allocs, Range bytes) {
    return new Cost(allocs, bytes, List.of(), false, false, Range.ZERO);
  }

  /** At least nothing, and nobody knows how much, as {@code reason} tells. */
  public static Cost unknown(String reason) {
    return new Cost(Range.UNKNOWN, Range.UNKNOWN, List.of(reason), false, false, Range.ZERO);
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
        amortized || other.amortized,
        spare.plus(other.spare));
  }

  /** One or the other. */
  public Cost or(Cost other) {
    return new Cost(
        allocs.or(other.allocs),
        bytes.or(other.bytes),
        reasons(open, other.open),
        assuming || other.assuming,
        amortized || other.amortized,
        spare.or(other.spare));
  }

  /** This, or nothing. */
  public Cost orNothing() {
    return isZero()
        ? this
        : new Cost(allocs.orNothing(), bytes.orNothing(), open, assuming, amortized, spare);
  }

  /**
   * So many times.
   *
   * @param reason why {@code times} has no bound, if it has none
   */
  public Cost times(Range times, String reason) {
    if (isZero() && spare.isZero()) {
      return this;
    }
    return new Cost(
        allocs.times(times),
        bytes.times(times),
        times.isBounded() || isZero() ? open : reasons(open, List.of(reason)),
        assuming,
        amortized,
        spare.times(times));
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
