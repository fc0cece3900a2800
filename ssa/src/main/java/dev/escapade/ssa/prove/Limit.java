package dev.escapade.ssa.prove;

/**
 * Bounds of a value, inclusive: as signed integer, and as unsigned integer of its width.
 *
 * @param min the least as signed
 * @param max the greatest as signed
 * @param umin the least as unsigned
 * @param umax the greatest as unsigned
 */
record Limit(long min, long max, long umin, long umax) {
  static final Limit NONE = new Limit(Long.MIN_VALUE, Long.MAX_VALUE, 0, -1);
  static final Limit ZERO = of(0);
  static final Limit ONE = of(1);

  /** The limits of a constant that is not negative. */
  static Limit of(long c) {
    return new Limit(c, c, c, c);
  }

  /** What holds for all integers of a width. */
  static Limit ofWidth(int bits) {
    return new Limit(-1L << (bits - 1), ~(-1L << (bits - 1)), 0, -1L >>> (64 - bits));
  }

  static long umaxOf(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  static long uminOf(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  Limit intersect(Limit l) {
    return signed(l.min, l.max).unsigned(l.umin, l.umax);
  }

  Limit union(Limit l) {
    return new Limit(
        Math.min(min, l.min), Math.max(max, l.max), uminOf(umin, l.umin), umaxOf(umax, l.umax));
  }

  Limit signedMin(long m) {
    return new Limit(Math.max(min, m), max, umin, umax);
  }

  Limit signed(long lo, long hi) {
    long least = Math.max(min, lo);
    long greatest = Math.min(max, hi);
    return new Limit(least, greatest, umin, umax);
  }

  Limit unsignedMin(long m) {
    return new Limit(min, max, umaxOf(umin, m), umax);
  }

  Limit unsignedMax(long m) {
    return new Limit(min, max, umin, uminOf(umax, m));
  }

  Limit unsigned(long lo, long hi) {
    return new Limit(min, max, umaxOf(umin, lo), uminOf(umax, hi));
  }

  boolean isNonZero() {
    return min > 0 || umin != 0 || max < 0;
  }

  boolean isNonNegative() {
    return min >= 0;
  }

  boolean isEmpty() {
    return min > max || Long.compareUnsigned(umin, umax) > 0;
  }

  boolean isConstant() {
    return min == max || umin == umax;
  }

  /** What each kind of bound says of the other for a value of a width. */
  Limit tightened(int bits) {
    Limit l = this;
    if (l.min >= 0) {
      l = l.unsigned(l.min, l.max);
    }
    if (fitsUnsigned(l.umax, bits - 1)) {
      l = l.signed(l.umin, l.umax);
    }
    return l;
  }

  static boolean fitsUnsigned(long x, int bits) {
    return bits >= 64 || x >>> bits == 0;
  }

  private static boolean fits(long x, int bits) {
    return bits == 64 || (x >= -1L << (bits - 1) && x <= ~(-1L << (bits - 1)));
  }

  /** Whether the sum does not fit into the width. */
  private static boolean addOverflows(long x, long y, int bits) {
    long s = x + y;
    return (x >= 0 && y >= 0 && s < 0) || (x < 0 && y < 0 && s >= 0) || !fits(s, bits);
  }

  private static boolean addOverflowsUnsigned(long x, long y, int bits) {
    long s = x + y;
    return Long.compareUnsigned(s, x) < 0 || !fitsUnsigned(s, bits);
  }

  /** Whether the difference does not fit into the width. */
  static boolean subOverflows(long x, long y, int bits) {
    if (y == Long.MIN_VALUE) {
      return x == Long.MAX_VALUE || addOverflows(x + 1, -(y + 1), bits);
    }
    return addOverflows(x, -y, bits);
  }

  private static long wrap(long x, int bits) {
    return x << (64 - bits) >> (64 - bits);
  }

  Limit add(Limit l, int bits) {
    if (isConstant() && l.isConstant()) {
      long x = min == max ? min : umin;
      long y = l.min == l.max ? l.min : l.umin;
      long r = (x + y) & (-1L >>> (64 - bits));
      long s = wrap(r, bits);
      return new Limit(s, s, r, r);
    }
    Limit r = NONE;
    if (!addOverflows(min, l.min, bits) && !addOverflows(max, l.max, bits)) {
      r = new Limit(min + l.min, max + l.max, r.umin, r.umax);
    }
    if (!addOverflowsUnsigned(umin, l.umin, bits) && !addOverflowsUnsigned(umax, l.umax, bits)) {
      r = new Limit(r.min, r.max, umin + l.umin, umax + l.umax);
    }
    return r;
  }

  Limit sub(Limit l, int bits) {
    Limit r = NONE;
    if (!subOverflows(min, l.max, bits) && !subOverflows(max, l.min, bits)) {
      r = new Limit(min - l.max, max - l.min, r.umin, r.umax);
    }
    if (Long.compareUnsigned(umin, l.umax) >= 0
        && fitsUnsigned(umin - l.umax, bits)
        && Long.compareUnsigned(umax, l.umin) >= 0
        && fitsUnsigned(umax - l.umin, bits)) {
      r = new Limit(r.min, r.max, umin - l.umax, umax - l.umin);
    }
    return r;
  }

  Limit mul(Limit l, int bits) {
    long hi = Math.unsignedMultiplyHigh(umax, l.umax);
    long lo = umax * l.umax;
    if (hi == 0 && fitsUnsigned(lo, bits)) {
      return new Limit(NONE.min, NONE.max, umin * l.umin, lo);
    }
    return NONE;
  }

  /** The limits of 2 to the power of the value. */
  Limit exp2(int bits) {
    if (Long.compareUnsigned(umax, bits) < 0) {
      return new Limit(NONE.min, NONE.max, 1L << umin, 1L << umax);
    }
    return NONE;
  }

  Limit com(int bits) {
    long mask = -1L >>> (64 - bits);
    return new Limit(wrap(~max, bits), wrap(~min, bits), ~umax & mask, ~umin & mask);
  }

  Limit neg(int bits) {
    return com(bits).add(ONE, bits);
  }
}
