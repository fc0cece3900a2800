package dev.escapade.count.alloc;

import org.jspecify.annotations.Nullable;

/**
 * What lies between two formulas.
 *
 * @param low at least so much
 * @param high at most so much; null if nothing is known
 */
public record Range(Formula low, @Nullable Formula high) {
  /** Nothing. */
  public static final Range ZERO = new Range(Formula.ZERO, Formula.ZERO);

  /** Anything. */
  public static final Range UNKNOWN = new Range(Formula.ZERO, null);

  public Range {
    if (high != null && high.isTooLong()) {
      high = null;
    }
  }

  /** Exactly {@code n}. */
  public static Range exactly(long n) {
    return n == 0 ? ZERO : exactly(Formula.of(n));
  }

  /** Exactly so much. */
  public static Range exactly(Formula f) {
    return new Range(f, f);
  }

  /** From {@code low} to {@code high}. */
  public static Range between(long low, long high) {
    return new Range(Formula.of(low), Formula.of(high));
  }

  /** Reports whether this is 0 and nothing else. */
  public boolean isZero() {
    return high != null && high.isZero();
  }

  /** Reports whether there is an upper bound. */
  public boolean isBounded() {
    return high != null;
  }

  /** Reports whether this is one number. */
  public boolean isExactNumber() {
    return high != null && high.isConstant() && low.equals(high);
  }

  /** The number, if it is one that is known, or else -1. */
  public long number() {
    return isExactNumber() ? low.constant() : -1;
  }

  /** The sum. */
  public Range plus(Range other) {
    if (other.isZero()) {
      return this;
    }
    if (isZero()) {
      return other;
    }
    return new Range(
        low.plus(other.low), high == null || other.high == null ? null : high.plus(other.high));
  }

  /** The product; nothing, however often, is nothing. */
  public Range times(Range other) {
    if (isZero() || other.isZero()) {
      return ZERO;
    }
    return new Range(
        low.times(other.low), high == null || other.high == null ? null : high.times(other.high));
  }

  /** {@code n} times this, divided by {@code d}; what is no number is not divided. */
  public Range per(long n, long d) {
    Range all = times(exactly(n));
    Formula high = all.high;
    long least = all.low.isConstant() ? all.low.constant() / d : 0;
    if (high != null && high.isConstant()) {
      high = Formula.of(Math.ceilDiv(high.constant(), d));
    }
    return new Range(Formula.of(least), high);
  }

  /** One or the other. */
  public Range or(Range other) {
    if (equals(other)) {
      return this;
    }
    return new Range(
        low.min(other.low), high == null || other.high == null ? null : high.max(other.high));
  }

  /** From 0 to the same bound. */
  public Range orNothing() {
    return low.isZero() ? this : new Range(Formula.ZERO, high);
  }

  /** Reports whether the upper bound is worse than that of another, or there is none any more. */
  public boolean isWorseThan(Range other) {
    return other.high != null && (high == null || high.isWorseThan(other.high));
  }

  /** As {@code 2}, {@code 0–2}, {@code 1–len(x)} or {@code ≥ 1}. */
  @Override
  public String toString() {
    if (high == null) {
      return low.isZero() ? "?" : "≥ " + low;
    }
    return low.equals(high) ? low.toString() : low + " … " + high;
  }
}
