package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;

/** The limits of a value that follow from those of its arguments. */
final class FlowLimits {
  private final Facts facts;

  FlowLimits(Facts facts) {
    this.facts = facts;
  }

  private Limit arg(Value v, int i) {
    return facts.limit(v.arg(i));
  }

  private static int length(long x) {
    return 64 - Long.numberOfLeadingZeros(x);
  }

  private static long zext(long x, int bits) {
    return x << (64 - bits) >>> (64 - bits);
  }

  /** The least number of ones after which is nothing but what {@code x} has. */
  private static long allOnes(long x) {
    int n = length(x);
    return n == 64 ? -1 : (1L << n) - 1;
  }

  void learn(Value v) {
    if (!v.type.isInteger()) {
      return;
    }
    int bits = 8 * (int) v.type.size();
    switch (v.op) {
      case ZERO_EXT8TO64,
          ZERO_EXT8TO32,
          ZERO_EXT8TO16,
          ZERO_EXT16TO64,
          ZERO_EXT16TO32,
          ZERO_EXT32TO64 ->
          facts.unsigned(v, arg(v, 0).umin(), arg(v, 0).umax());
      case SIGN_EXT8TO64,
          SIGN_EXT8TO32,
          SIGN_EXT8TO16,
          SIGN_EXT16TO64,
          SIGN_EXT16TO32,
          SIGN_EXT32TO64 ->
          facts.signed(v, arg(v, 0).min(), arg(v, 0).max());
      case TRUNC64TO8, TRUNC64TO16, TRUNC64TO32, TRUNC32TO8, TRUNC32TO16, TRUNC16TO8 -> {
        Limit a = arg(v, 0);
        if (Limit.fitsUnsigned(a.umax(), bits)) {
          facts.unsigned(v, a.umin(), a.umax());
        }
      }
      case CTZ64, CTZ32, CTZ16, CTZ8 -> {
        Limit a = arg(v, 0);
        if (a.isNonZero()) {
          facts.unsignedMax(v, length(zext(a.umax(), v.op.bits())) - 1);
        }
      }
      case POP_COUNT64, POP_COUNT32, POP_COUNT16, POP_COUNT8 -> popCount(v);
      case BIT_LEN64, BIT_LEN32, BIT_LEN16, BIT_LEN8 -> {
        Limit a = arg(v, 0);
        int w = v.op.bits();
        facts.unsigned(v, length(zext(a.umin(), w)), length(zext(a.umax(), w)));
      }
      case AND64, AND32, AND16, AND8 ->
          facts.unsignedMax(v, Limit.uminOf(arg(v, 0).umax(), arg(v, 1).umax()));
      case OR64, OR32, OR16, OR8 -> {
        Limit a = arg(v, 0);
        Limit b = arg(v, 1);
        facts.unsigned(v, Limit.umaxOf(a.umin(), b.umin()), allOnes(a.umax() | b.umax()));
      }
      case XOR64, XOR32, XOR16, XOR8 ->
          facts.unsignedMax(v, allOnes(arg(v, 0).umax() | arg(v, 1).umax()));
      case COM64, COM32, COM16, COM8 -> facts.newLimit(v, arg(v, 0).com(bits));
      case ADD64, ADD32, ADD16, ADD8 -> facts.newLimit(v, arg(v, 0).add(arg(v, 1), bits));
      case SUB64, SUB32, SUB16, SUB8 -> {
        facts.newLimit(v, arg(v, 0).sub(arg(v, 1), bits));
        remainder(v);
        sliceOfLength(v);
        difference(v);
      }
      case NEG64, NEG32, NEG16, NEG8 -> facts.newLimit(v, arg(v, 0).neg(bits));
      case MUL64, MUL32, MUL16, MUL8 -> facts.newLimit(v, arg(v, 0).mul(arg(v, 1), bits));
      case LSH64X64,
          LSH64X32,
          LSH64X16,
          LSH64X8,
          LSH32X64,
          LSH32X32,
          LSH32X16,
          LSH32X8,
          LSH16X64,
          LSH16X32,
          LSH16X16,
          LSH16X8,
          LSH8X64,
          LSH8X32,
          LSH8X16,
          LSH8X8 ->
          facts.newLimit(v, arg(v, 0).mul(arg(v, 1).exp2(bits), bits));
      case RSH64X64,
          RSH64X32,
          RSH64X16,
          RSH64X8,
          RSH32X64,
          RSH32X32,
          RSH32X16,
          RSH32X8,
          RSH16X64,
          RSH16X32,
          RSH16X16,
          RSH16X8,
          RSH8X64,
          RSH8X32,
          RSH8X16,
          RSH8X8 -> {
        Limit a = arg(v, 0);
        Limit b = arg(v, 1);
        if (b.min() >= 0) {
          long lo = Math.min(shift(a.min(), b.min()), shift(a.min(), b.max()));
          long hi = Math.max(shift(a.max(), b.min()), shift(a.max(), b.max()));
          facts.signed(v, lo, hi);
        }
      }
      case RSH64UX64,
          RSH64UX32,
          RSH64UX16,
          RSH64UX8,
          RSH32UX64,
          RSH32UX32,
          RSH32UX16,
          RSH32UX8,
          RSH16UX64,
          RSH16UX32,
          RSH16UX16,
          RSH16UX8,
          RSH8UX64,
          RSH8UX32,
          RSH8UX16,
          RSH8UX8 -> {
        Limit a = arg(v, 0);
        Limit b = arg(v, 1);
        if (b.min() >= 0) {
          facts.unsigned(v, shiftUnsigned(a.umin(), b.max()), shiftUnsigned(a.umax(), b.min()));
        }
      }
      case DIV64, DIV32, DIV16, DIV8 -> {
        if (arg(v, 0).isNonNegative() && arg(v, 1).isNonNegative()) {
          quotient(v);
        }
      }
      case DIV64U, DIV32U, DIV16U, DIV8U -> quotient(v);
      case MOD64, MOD32, MOD16, MOD8 -> remainder(true, v, v.arg(0), v.arg(1));
      case MOD64U, MOD32U, MOD16U, MOD8U -> remainder(false, v, v.arg(0), v.arg(1));
      case PHI -> {
        Limit l = arg(v, 0);
        for (int i = 1; i < v.numArgs(); i++) {
          l = l.union(arg(v, i));
        }
        facts.newLimit(v, l);
      }
      default -> {}
    }
  }

  private static long shift(long x, long by) {
    return x >> (by > 63 ? 63 : by);
  }

  private static long shiftUnsigned(long x, long by) {
    return by > 63 ? 0 : x >>> by;
  }

  private void popCount(Value v) {
    Limit a = arg(v, 0);
    int changing = length(a.umax() ^ a.umin());
    long shared = changing == 64 ? 0 : -(1L << changing);
    long min = Long.bitCount(a.umax() & shared);
    facts.unsigned(v, min, min + changing);
  }

  private void quotient(Value v) {
    Limit a = arg(v, 0);
    Limit b = arg(v, 1);
    Limit l = Limit.NONE;
    if (b.umax() != 0) {
      l = l.unsignedMin(Long.divideUnsigned(a.umin(), b.umax()));
    }
    if (b.umin() != 0) {
      l = l.unsignedMax(Long.divideUnsigned(a.umax(), b.umin()));
    }
    facts.newLimit(v, l);
  }

  private void remainder(boolean signed, Value v, Value p, Value q) {
    Limit a = facts.limit(p);
    Limit b = facts.limit(q);
    if (signed) {
      if (a.min() < 0 && b.min() > 0) {
        facts.signed(v, -(b.max() - 1), b.max() - 1);
        return;
      }
      if (!(a.isNonNegative() && b.isNonNegative())) {
        return;
      }
      if (a.min() >= 0 && b.min() > 0) {
        facts.setNonNegative(v);
      }
    }
    facts.unsignedMax(v, Limit.uminOf(a.umax(), b.umax() - 1));
  }

  /** {@code x - x/c*c} is a remainder. */
  private void remainder(Value v) {
    int w = v.op.bits();
    Value mul = v.arg(1);
    if (mul.op != Op.width(Op.MUL8, w)) {
      return;
    }
    Value div = mul.arg(0);
    Value c = mul.arg(1);
    if (div.isIntConst()) {
      div = mul.arg(1);
      c = mul.arg(0);
    }
    Op signed = Op.width(Op.DIV8, w);
    if (!c.isIntConst()
        || (div.op != signed && div.op != Op.width(Op.DIV8U, w))
        || div.arg(0) != v.arg(0)
        || !div.arg(1).isIntConst()
        || div.arg(1).auxInt != c.auxInt) {
      return;
    }
    remainder(div.op == signed, v, v.arg(0), c);
  }

  /** {@code len(s) - i} where {@code i <= len(s) - k}. */
  private void sliceOfLength(Value v) {
    if (v.op != Op.SUB64 || !isLength(v.arg(0))) {
      return;
    }
    Value index = v.arg(1);
    if (!facts.isNonNegative(index)) {
      return;
    }
    Value slice = v.arg(0).arg(0);
    for (Facts.Ordering o = facts.orderings(index); o != null; o = o.next) {
      if (o.domain != Relations.SIGNED
          || (o.relation != Relations.LT && o.relation != Relations.LE)) {
        continue;
      }
      Value ow = o.w;
      if (ow.op != Op.ADD64 && ow.op != Op.SUB64) {
        continue;
      }
      Value offset = null;
      if (isLenOf(ow.arg(0), slice)) {
        offset = ow.arg(1);
      } else if (isLenOf(ow.arg(1), slice) && ow.op == Op.ADD64) {
        offset = ow.arg(0);
      }
      if (offset == null || offset.op != Op.CONST64) {
        continue;
      }
      long k = ow.op == Op.ADD64 ? -offset.auxInt : offset.auxInt;
      if (k < 0) {
        continue;
      }
      if (o.relation == Relations.LT) {
        k++;
      }
      if (k >= 0) {
        facts.signedMin(v, k);
      }
    }
  }

  private static boolean isLength(Value v) {
    return v.op == Op.SLICE_LEN || v.op == Op.STRING_LEN || v.op == Op.SLICE_CAP;
  }

  /** Whether {@code v} is the length of {@code slice}. */
  static boolean isLenOf(Value v, Value slice) {
    return (v.op == Op.SLICE_LEN || v.op == Op.STRING_LEN) && v.arg(0) == slice;
  }

  private void difference(Value v) {
    Value x = v.arg(0);
    Value y = v.arg(1);
    if (x == y) {
      facts.signed(v, 0, 0);
      return;
    }
    Limit a = facts.limit(x);
    Limit b = facts.limit(y);
    int bits = 8 * (int) v.type.size();
    if (Limit.subOverflows(a.min(), b.max(), bits) || Limit.subOverflows(a.max(), b.min(), bits)) {
      return;
    }
    if (b.min() >= 0) {
      facts.update(v.block(), v, x, Relations.SIGNED, Relations.LE);
    }
    if (facts.isOrderedOrEqual(y, x)) {
      facts.setNonNegative(v);
    }
  }
}
