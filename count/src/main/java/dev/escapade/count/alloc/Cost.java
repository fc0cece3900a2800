package dev.escapade.count.alloc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What running some code allocates.
 *
 * @param allocs how many objects
 * @param bytes how much of the heap they take, in size classes
 * @param open why there is no upper bound, if there is none; a few reasons
 * @param assuming whether it is assumed that what is reserved for appends suffices
 * @param spare how many more it may be if that does not suffice, if it is not wrong by far
 * @param amortized whether slices or maps that are kept may grow now and then, which is not counted
 * @param growth which slices grow that are counted by whoever runs the code several times
 */
public record Cost(
    Range allocs,
    Range bytes,
    List<String> open,
    boolean assuming,
    boolean amortized,
    Range spare,
    Set<String> growth) {
  /** Nothing. */
  public static final Cost ZERO =
      new Cost(Range.ZERO, Range.ZERO, List.of(), false, false, Range.ZERO, Set.of());

  /** Nothing, if what is reserved suffices. */
  static final Cost ASSUMING =
      new Cost(Range.ZERO, Range.ZERO, List.of(), true, false, Range.ZERO, Set.of());

  /** So often a buffer may have to grow for which room was reserved, for 16 times the room. */
  private static final int SPARE = 4;

  /** What may be wrong about one buffer for which room was reserved. */
  static final Cost RESERVED =
      new Cost(Range.ZERO, Range.ZERO, List.of(), true, false, Range.between(0, SPARE), Set.of());

  private static final int MAX_REASONS = 4;

  /** So many entries on slices that grow are kept; recursion would make ever more. */
  private static final int MAX_GROWTH = 24;

  /** What stands for more entries than are kept: the slices cannot be told apart. */
  public static final Set<String> TOO_MUCH_GROWTH = Set.of("-");

  /** Nothing but what grows now and then. */
  public static final Cost AMORTIZED =
      new Cost(Range.ZERO, Range.ZERO, List.of(), false, true, Range.ZERO, Set.of());

  /** A cost with bounds. */
  public static Cost of(Range allocs, Range bytes) {
    return new Cost(allocs, bytes, List.of(), false, false, Range.ZERO, Set.of());
  }

  /** At least nothing, and nobody knows how much, as {@code reason} tells. */
  public static Cost unknown(String reason) {
    return new Cost(
        Range.UNKNOWN, Range.UNKNOWN, List.of(reason), false, false, Range.ZERO, Set.of());
  }

  /** Nothing but what {@code entry} says of a slice. */
  public static Cost growing(String entry) {
    return ZERO.withGrowth(Set.of(entry));
  }

  /** The same with other entries on growing slices. */
  public Cost withGrowth(Set<String> entries) {
    return entries.equals(growth)
        ? this
        : new Cost(allocs, bytes, open, assuming, amortized, spare, Set.copyOf(entries));
  }

  /** Reports whether nothing is allocated. */
  public boolean isZero() {
    return allocs.isZero();
  }

  /** Reports whether nothing is allocated, whatever is assumed, and nothing grows now and then. */
  public boolean isNothing() {
    return isZero() && !assuming && !amortized && growth.isEmpty();
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
        spare.plus(other.spare),
        both(growth, other.growth));
  }

  /** One or the other. */
  public Cost or(Cost other) {
    return new Cost(
        allocs.or(other.allocs),
        bytes.or(other.bytes),
        reasons(open, other.open),
        assuming || other.assuming,
        amortized || other.amortized,
        spare.or(other.spare),
        both(growth, other.growth));
  }

  /** This, or nothing. */
  public Cost orNothing() {
    return isZero()
        ? this
        : new Cost(allocs.orNothing(), bytes.orNothing(), open, assuming, amortized, spare, growth);
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
        spare.times(times),
        growth);
  }

  /** A part of this: {@code n} times, divided by {@code d}. */
  public Cost per(long n, long d) {
    return new Cost(
        allocs.per(n, d), bytes.per(n, d), open, assuming, amortized, spare.per(n, d), growth);
  }

  private static Set<String> both(Set<String> a, Set<String> b) {
    if (b.isEmpty() || a.equals(b) || a.equals(TOO_MUCH_GROWTH)) {
      return a;
    }
    if (a.isEmpty() || b.equals(TOO_MUCH_GROWTH)) {
      return b;
    }
    Set<String> all = new HashSet<>(a);
    if (!all.addAll(b)) {
      return a;
    }
    return all.size() > MAX_GROWTH ? TOO_MUCH_GROWTH : Set.copyOf(all);
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
