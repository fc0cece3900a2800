package dev.escapade.advice.code;

/**
 * Between which numbers an integer lies, both of them included. A limit that nobody knows, or that
 * is too large to matter, is {@link #LOWEST} or {@link #HIGHEST}.
 */
public record Range(long low, long high) {
  /** No lower limit. */
  public static final long LOWEST = Long.MIN_VALUE;

  /** No upper limit. */
  public static final long HIGHEST = Long.MAX_VALUE;

  /** Nothing is known. */
  static final Range ALL = new Range(LOWEST, HIGHEST);

  /** What is not negative. */
  static final Range NATURAL = new Range(0, HIGHEST);

  static final Range ZERO = new Range(0, 0);

  /** Sums and products of what is larger might leave their type. */
  private static final long LIMIT = 1L << 31;

  private static final int LARGEST_SHIFT = 20;

  /** One number. */
  static Range of(long n) {
    return of(n, n);
  }

  /** Limits that are too large are as good as none. */
  static Range of(long low, long high) {
    return new Range(
        low > -LIMIT && low < LIMIT ? low : LOWEST, high > -LIMIT && high < LIMIT ? high : HIGHEST);
  }

  /** Reports whether all of the numbers are from {@code least} to {@code most}. */
  boolean isWithin(long least, long most) {
    return low >= least && high <= most;
  }

  boolean isWithin(Range other) {
    return isWithin(other.low, other.high);
  }

  boolean isKnown() {
    return low != LOWEST && high != HIGHEST;
  }

  boolean isNatural() {
    return low >= 0;
  }

  /** What lies in this range or in the other. */
  Range or(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** What lies in both; this range if nothing does, for then nobody gets there. */
  Range and(Range other) {
    Range both = new Range(Math.max(low, other.low), Math.min(high, other.high));
    return both.low <= both.high ? both : this;
  }

  /** The lesser of two numbers. */
  Range least(Range other) {
    return new Range(Math.min(low, other.low), Math.min(high, other.high));
  }

  /** The greater of two numbers. */
  Range most(Range other) {
    return new Range(Math.max(low, other.low), Math.max(high, other.high));
  }

  Range plus(Range other) {
    return of(sum(low, other.low, LOWEST), sum(high, other.high, HIGHEST));
  }

  Range minus(Range other) {
    return of(difference(low, other.high, LOWEST), difference(high, other.low, HIGHEST));
  }

  private static long sum(long x, long y, long unknown) {
    return isNumber(x) && isNumber(y) ? x + y : unknown;
  }

  private static long difference(long x, long y, long unknown) {
    return isNumber(x) && isNumber(y) ? x - y : unknown;
  }

  private static boolean isNumber(long limit) {
    return limit != LOWEST && limit != HIGHEST;
  }

  Range times(Range other) {
    if (!isNatural() || !other.isNatural()) {
      return ALL;
    }
    boolean known = isNumber(high) && isNumber(other.high);
    return of(low * other.low, known ? high * other.high : HIGHEST).and(NATURAL);
  }

  /** Divided without a rest, towards zero. */
  Range dividedBy(Range other) {
    if (other.low > 0) {
      return other.low == other.high
          ? new Range(quotient(low, other.low), quotient(high, other.low))
          : new Range(Math.min(low, 0), Math.max(high, 0));
    }
    return isNatural() && isNumber(high) ? new Range(-high, high) : ALL;
  }

  private static long quotient(long limit, long by) {
    return isNumber(limit) ? limit / by : limit;
  }

  /** The rest of a division, which has the sign of what is divided. */
  Range rest(Range other) {
    if (other.low <= 0) {
      return isNatural() ? new Range(0, high) : ALL;
    }
    long most = isNumber(other.high) ? other.high - 1 : HIGHEST;
    if (isNatural()) {
      return new Range(0, Math.min(most, high));
    }
    return new Range(isNumber(most) ? -most : LOWEST, most);
  }

  /** The bits that both have. */
  Range bitAnd(Range other) {
    long most = HIGHEST;
    most = isNatural() ? Math.min(most, high) : most;
    most = other.isNatural() ? Math.min(most, other.high) : most;
    return isNatural() || other.isNatural() ? new Range(0, most) : ALL;
  }

  /** The bits that one or the other has. */
  Range bitOr(Range other) {
    if (!isNatural() || !other.isNatural()) {
      return ALL;
    }
    long most = Math.max(high, other.high);
    return isNumber(most)
        ? new Range(0, most == 0 ? 0 : Long.highestOneBit(most) * 2 - 1)
        : NATURAL;
  }

  Range shiftedLeft(Range by) {
    if (!isNatural()) {
      return ALL;
    }
    boolean known = isNumber(high) && by.isWithin(0, LARGEST_SHIFT);
    return known ? of(0, high << by.high) : NATURAL;
  }

  Range shiftedRight(Range by) {
    if (by.low == by.high && by.isWithin(0, Long.SIZE - 2)) {
      return new Range(shifted(low, by.low), shifted(high, by.low));
    }
    return isNatural() ? new Range(0, high) : ALL;
  }

  private static long shifted(long limit, long by) {
    return isNumber(limit) ? limit >> by : limit;
  }
}
