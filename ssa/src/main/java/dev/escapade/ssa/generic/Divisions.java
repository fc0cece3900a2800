package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.rewrite.Rewriter;
import dev.escapade.ssa.rewrite.Widths;
import java.math.BigInteger;

/**
 * Replaces divisions by constants by multiplications (Hacker's Delight, chapter 10), and tests for
 * divisibility by less than that.
 */
final class Divisions {
  private Divisions() {}

  /** Replaces tests of {@code x == x/c*c}. */
  static void divisible(Func f) {
    Rewriter.apply(f, Divisions::test, _ -> false, true);
  }

  /** Replaces divisions. */
  static void divmod(Func f) {
    Rewriter.apply(f, Divisions::division, _ -> false, true);
  }

  private static boolean isPowerOfTwo(long c) {
    return c > 0 && (c & (c - 1)) == 0;
  }

  private static Value constant(Value v, SType t, int bits, long c) {
    return v.block().newValueI(v.pos, v.inl, Op.constant(bits), t, Widths.wrap(c, bits));
  }

  private static Value make(Value v, Op op, SType t) {
    return v.block().newValue(v.pos, v.inl, op, t);
  }

  // Divisibility.

  private static boolean test(Value v) {
    boolean eq =
        switch (v.op) {
          case EQ8, EQ16, EQ32, EQ64 -> true;
          default -> false;
        };
    if (!eq) {
      switch (v.op) {
        case NEQ8, NEQ16, NEQ32, NEQ64 -> {}
        default -> {
          return false;
        }
      }
    }
    int w = v.op.bits();
    for (int k = 0; k < 2; k++) {
      Value x = v.arg(k);
      Value mul = v.arg(1 - k);
      if (mul.op != Op.width(Op.MUL8, w)) {
        continue;
      }
      for (int j = 0; j < 2; j++) {
        Value div = mul.arg(j);
        Value c = mul.arg(1 - j);
        boolean signed = div.op == Op.width(Op.DIV8, w);
        if ((signed || div.op == Op.width(Op.DIV8U, w))
            && c.isIntConst()
            && div.arg(0) == x
            && div.arg(1).isIntConst()
            && div.arg(1).auxInt == c.auxInt
            && replaceTest(v, eq, w, x, mul.type, div, signed, c.auxInt)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean replaceTest(
      Value v, boolean eq, int w, Value x, SType t, Value div, boolean signed, long c) {
    if (isPowerOfTwo(c) && x.op != Op.CONST64) {
      v.reset(v.op);
      Value and = make(v, Op.width(Op.AND8, w), t);
      and.addArgs(x, constant(v, t, w, c - 1));
      v.addArgs(and, constant(v, t, w, 0));
      return true;
    }
    long d = signed ? c : Widths.zext(c, w);
    boolean ok = signed ? c >= 0 && (c & (c - 1)) != 0 : (d & (d - 1)) != 0;
    if (div.uses != 1 || x.isIntConst() || !ok) {
      return false;
    }
    int k = Long.numberOfTrailingZeros(d);
    long odd = d >>> k;
    long mask = -1L >>> (64 - w);
    long m = inverse(odd) & mask;
    long a = Long.divideUnsigned(mask >>> 1, odd) & -(1L << k);
    long max = signed ? (2 * a) >>> k : Long.divideUnsigned(mask, d);
    v.reset(Op.width(eq ? Op.LEQ8U : Op.LESS8U, w));
    if (!eq) {
      v.addArg(constant(v, t, w, max));
    }
    Value rotate = make(v, Op.width(Op.ROTATE_LEFT8, w), t);
    Value sum = signed ? make(v, Op.width(Op.ADD8, w), t) : null;
    Value mul = make(v, Op.width(Op.MUL8, w), t);
    mul.addArgs(x, constant(v, t, w, m));
    if (sum != null) {
      sum.addArgs(mul, constant(v, t, w, a));
    }
    rotate.addArgs(sum != null ? sum : mul, constant(v, t, w, w - k));
    v.addArg(rotate);
    if (eq) {
      v.addArg(constant(v, t, w, max));
    }
    return true;
  }

  /** The inverse of an odd number modulo 2^64, by Newton's method from 3 right bits. */
  private static long inverse(long odd) {
    long m = odd;
    for (int i = 0; i < 5; i++) {
      m *= 2 - m * odd;
    }
    return m;
  }

  // Divisions.

  private static boolean division(Value v) {
    return switch (v.op) {
      case DIV8, DIV16, DIV32, DIV64 -> signed(v);
      case DIV8U, DIV16U, DIV32U, DIV64U -> unsigned(v);
      default -> false;
    };
  }

  private static int log2(long c) {
    return 63 - Long.numberOfLeadingZeros(c);
  }

  private static Value shift(Value v, Op eight, int w, SType t, Value x, long n) {
    Value s = make(v, Op.shift(eight, w, 64), t);
    s.addArgs(x, constant(v, v.func().config.types.uint64, 64, n));
    return s;
  }

  /** ⌈2^(n+s) / c⌉. */
  private static BigInteger magic(int n, int s, long c) {
    BigInteger d = new BigInteger(Long.toUnsignedString(c));
    return BigInteger.ONE.shiftLeft(n + s).add(d).subtract(BigInteger.ONE).divide(d);
  }

  private static boolean signed(Value v) {
    Value x = v.arg(0);
    Value k = v.arg(1);
    if (!k.isIntConst()) {
      return false;
    }
    int w = v.op.bits();
    long c = k.auxInt;
    SType t = v.type;
    var types = v.func().config.types;
    Block b = v.block();
    if (isPowerOfTwo(c)) {
      // Rounds toward zero: adds c-1 to negative numbers.
      int log = log2(c);
      v.reset(Op.shift(Op.RSH8X8, w, 64));
      Value sum = make(v, Op.width(Op.ADD8, w), t);
      Value high = make(v, Op.shift(Op.RSH8UX8, w, 64), t);
      high.addArg(shift(v, Op.RSH8X8, w, t, x, w - 1));
      high.addArg(constant(v, types.uint64, 64, w - log));
      sum.addArgs(x, high);
      v.addArg(sum);
      v.addArg(constant(v, types.uint64, 64, log));
      return true;
    }
    if (c < 0 || (c & (c - 1)) == 0) {
      return false;
    }
    int s = log2(c);
    long m = magic(w, s, c).longValue();
    v.reset(Op.width(Op.SUB8, w));
    v.type = t;
    if (w < 64) {
      int wide = w == 32 ? 64 : 32;
      SType u = w == 32 ? types.uint64 : types.uint32;
      Op ext = w == 8 ? Op.SIGN_EXT8TO32 : w == 16 ? Op.SIGN_EXT16TO32 : Op.SIGN_EXT32TO64;
      SType et = w == 32 ? types.int64 : types.int32;
      Value q = make(v, Op.shift(Op.RSH8X8, wide, 64), t);
      Value mul = make(v, Op.width(Op.MUL8, wide), u);
      Value e = b.newValue(v.pos, v.inl, ext, et, x);
      mul.addArgs(e, constant(v, u, wide, m));
      q.addArgs(mul, constant(v, types.uint64, 64, w + s));
      Value sign = make(v, Op.shift(Op.RSH8X8, wide, 64), t);
      sign.addArgs(e, constant(v, types.uint64, 64, wide - 1));
      v.addArgs(q, sign);
      return true;
    }
    boolean even = (m & 1) == 0;
    Value q = make(v, Op.RSH64X64, t);
    if (even) {
      Value h = make(v, Op.HMUL64, t);
      h.addArgs(x, constant(v, types.uint64, 64, m >>> 1));
      q.addArgs(h, constant(v, types.uint64, 64, s - 1));
    } else {
      Value sum = make(v, Op.ADD64, t);
      Value h = make(v, Op.HMUL64, t);
      h.addArgs(x, constant(v, types.uint64, 64, m));
      sum.addArgs(x, h);
      q.addArgs(sum, constant(v, types.uint64, 64, s));
    }
    v.addArgs(q, shift(v, Op.RSH8X8, 64, t, x, 63));
    return true;
  }

  private static boolean unsigned(Value v) {
    Value x = v.arg(0);
    Value k = v.arg(1);
    if (!k.isIntConst()) {
      return false;
    }
    int w = v.op.bits();
    long c = k.auxInt;
    SType t = v.type;
    var types = v.func().config.types;
    Block b = v.block();
    if (w > 8 && t.isSigned() && c >= 0 && (c & (c - 1)) != 0) {
      // A signed division of what is not negative.
      int s = log2(c);
      long m = magic(w, s, c).longValue();
      if (w == 64) {
        v.reset(Op.RSH64UX64);
        v.type = t;
        Value h = make(v, Op.HMUL64U, types.uint64);
        h.addArgs(x, constant(v, types.uint64, 64, m));
        v.addArgs(h, constant(v, types.uint64, 64, s));
        return true;
      }
      int wide = w == 32 ? 64 : 32;
      SType u = w == 32 ? types.uint64 : types.uint32;
      v.reset(Op.shift(Op.RSH8UX8, wide, 64));
      v.type = t;
      Value mul = make(v, Op.width(Op.MUL8, wide), u);
      Op ext = w == 16 ? Op.SIGN_EXT16TO32 : Op.SIGN_EXT32TO64;
      mul.addArg(b.newValue(v.pos, v.inl, ext, w == 32 ? types.int64 : types.int32, x));
      mul.addArg(constant(v, u, wide, m));
      v.addArgs(mul, constant(v, types.uint64, 64, w + s));
      return true;
    }
    if ((c & (c - 1)) == 0) {
      return false;
    }
    long d = Widths.zext(c, w);
    int s = 64 - Long.numberOfLeadingZeros(d);
    BigInteger all = magic(w, s, d);
    long m = all.clearBit(w).longValue();
    if (w == 64) {
      return unsigned64(v, x, t, c, s, m);
    }
    int wide = w == 8 ? 32 : 64;
    SType u = w == 8 ? types.uint32 : types.uint64;
    Op ext = w == 8 ? Op.ZERO_EXT8TO32 : w == 16 ? Op.ZERO_EXT16TO64 : Op.ZERO_EXT32TO64;
    v.reset(w == 8 ? Op.TRUNC32TO8 : w == 16 ? Op.TRUNC64TO16 : Op.TRUNC64TO32);
    v.type = t;
    Value q = make(v, Op.shift(Op.RSH8UX8, wide, 64), u);
    if (w < 32) {
      Value mul = make(v, Op.width(Op.MUL8, wide), u);
      mul.addArg(b.newValue(v.pos, v.inl, ext, u, x));
      mul.addArg(constant(v, u, wide, (1L << w) + m));
      q.addArgs(mul, constant(v, types.uint64, 64, w + s));
    } else if ((m & 1) == 0) {
      Value mul = make(v, Op.MUL64, u);
      mul.addArg(b.newValue(v.pos, v.inl, ext, u, x));
      mul.addArg(constant(v, u, 64, (1L << 31) + m / 2));
      q.addArgs(mul, constant(v, types.uint64, 64, 32 + s - 1));
    } else if ((c & 1) == 0) {
      Value mul = make(v, Op.MUL64, u);
      Value half = make(v, Op.RSH64UX64, u);
      half.addArg(b.newValue(v.pos, v.inl, ext, u, x));
      half.addArg(constant(v, types.uint64, 64, 1));
      mul.addArg(half);
      mul.addArg(constant(v, u, 64, (1L << 31) + (m + 1) / 2));
      q.addArgs(mul, constant(v, types.uint64, 64, 32 + s - 2));
    } else {
      Value avg = make(v, Op.AVG64U, types.uint64);
      Value high = make(v, Op.LSH64X64, u);
      Value e = b.newValue(v.pos, v.inl, ext, u, x);
      high.addArgs(e, constant(v, types.uint64, 64, 32));
      Value mul = make(v, Op.MUL64, u);
      mul.addArgs(e, constant(v, types.uint32, 64, m));
      avg.addArgs(high, mul);
      q.addArgs(avg, constant(v, types.uint64, 64, 32 + s - 1));
    }
    v.addArg(q);
    return true;
  }

  private static boolean unsigned64(Value v, Value x, SType t, long c, int s, long m) {
    SType u = v.func().config.types.uint64;
    v.reset(Op.RSH64UX64);
    v.type = t;
    Value h;
    int by;
    if ((m & 1) == 0) {
      h = make(v, Op.HMUL64U, u);
      h.addArgs(x, constant(v, u, 64, (1L << 63) + (m >>> 1)));
      by = s - 1;
    } else if ((c & 1) == 0) {
      h = make(v, Op.HMUL64U, u);
      h.addArg(shift(v, Op.RSH8UX8, 64, u, x, 1));
      h.addArg(constant(v, u, 64, (1L << 63) + ((m + 1) >>> 1)));
      by = s - 2;
    } else {
      h = make(v, Op.AVG64U, u);
      Value mul = make(v, Op.HMUL64U, u);
      mul.addArgs(x, constant(v, u, 64, m));
      h.addArgs(x, mul);
      by = s - 1;
    }
    v.addArgs(h, constant(v, u, 64, by));
    return true;
  }
}
