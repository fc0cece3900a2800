package dev.escapade.count;

import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Range;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What some code costs, by how it ends.
 *
 * @param normal if all goes well; null if it never does
 * @param failed if something returned an error on the way; null if nothing can
 */
public record Outcome(@Nullable Cost normal, @Nullable Cost failed) {
  /** It costs nothing and ends well. */
  public static final Outcome NOTHING = new Outcome(Cost.ZERO, null);

  /** It never ends, or panics. */
  public static final Outcome NEVER = new Outcome(null, null);

  static Outcome unknown(String reason) {
    return new Outcome(Cost.unknown(reason), null);
  }

  static Outcome of(Cost cost) {
    return new Outcome(cost, null);
  }

  /** Reports whether it never ends. */
  public boolean isNever() {
    return normal == null && failed == null;
  }

  /** The cost however it ends; nothing if it never does. */
  public Cost any() {
    Cost c = or(normal, failed);
    return c == null ? Cost.ZERO : c;
  }

  /** One or the other. */
  Outcome or(Outcome other) {
    return new Outcome(or(normal, other.normal), or(failed, other.failed));
  }

  /** The same, as something has failed before. */
  Outcome asFailed() {
    return new Outcome(null, or(normal, failed));
  }

  /** This, or nothing. */
  Outcome orNothing() {
    return new Outcome(
        normal == null ? null : normal.orNothing(), failed == null ? null : failed.orNothing());
  }

  /** This, so many times. */
  Outcome times(Range times, String reason) {
    return times.number() == 1
        ? this
        : new Outcome(
            normal == null ? null : normal.times(times, reason),
            failed == null ? null : failed.times(times, reason));
  }

  /** A part of this: {@code n} times, divided by {@code d}. */
  Outcome per(long n, long d) {
    return n == d
        ? this
        : new Outcome(
            normal == null ? null : normal.per(n, d), failed == null ? null : failed.per(n, d));
  }

  /** This after {@code cost}. */
  Outcome after(Cost cost) {
    return new Outcome(plus(cost, normal), plus(cost, failed));
  }

  /** This, and then {@code next}. */
  Outcome then(Outcome next) {
    Cost well = plus(normal, next.normal);
    Cost a = plus(normal, next.failed);
    Cost b = failed == null || next.isNever() ? null : failed.plus(next.any());
    return new Outcome(well, or(a, b));
  }

  /** This, and then a cost. */
  Outcome plus(Cost cost) {
    return new Outcome(plus(normal, cost), plus(failed, cost));
  }

  /** What is written down of growing slices, however it ends. */
  Set<String> growth() {
    return any().growth();
  }

  /** The same with other entries on growing slices. */
  Outcome withGrowth(UnaryOperator<Set<String>> change) {
    return growth().isEmpty()
        ? this
        : new Outcome(
            normal == null ? null : normal.withGrowth(change.apply(normal.growth())),
            failed == null ? null : failed.withGrowth(change.apply(failed.growth())));
  }

  /** Reports whether there is an upper bound. */
  boolean isBounded() {
    return any().allocs().isBounded();
  }

  static @Nullable Cost plus(@Nullable Cost a, @Nullable Cost b) {
    return a == null || b == null ? null : a.plus(b);
  }

  static @Nullable Cost or(@Nullable Cost a, @Nullable Cost b) {
    return a == null ? b : b == null ? a : a.or(b);
  }
}
