package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.rewrite.Widths;

/** Computes operations on constants. */
final class Fold {
  private Fold() {}

  /** Replaces {@code v} if its value is known from constant arguments. */
  static boolean apply(Value v) {
    int n = v.numArgs();
    if (n == 0 || !isConst(v.arg(0))) {
      return false;
    }
    if (n == 1) {
      return unary(v, v.arg(0));
    }
    if (n == 2 && isConst(v.arg(1))) {
      return binary(v, v.arg(0), v.arg(1));
    }
    return n == 3
        && v.op == Op.ADD64CARRY
        && v.arg(1).op == Op.CONST64
        && v.arg(2).op == Op.CONST64
        && addCarry(v);
  }

  private static boolean isConst(Value v) {
    return switch (v.op) {
      case CONST8, CONST16, CONST32, CONST64, CONST_BOOL, CONST32F, CONST64F -> true;
      default -> false;
    };
  }

  private static boolean set(Value v, Op op, long c) {
    v.reset(op);
    v.auxInt = c;
    return true;
  }

  private static boolean set(Value v, int bits, long c) {
    return set(v, Op.constant(bits), Widths.wrap(c, bits));
  }

  private static boolean set(Value v, boolean b) {
    return set(v, Op.CONST_BOOL, b ? 1 : 0);
  }

  private static boolean setFloat(Value v, int bits, double d) {
    if (Double.isNaN(d)) {
      return false;
    }
    double x = bits == 32 ? (double) (float) d : d;
    return set(v, bits == 32 ? Op.CONST32F : Op.CONST64F, Double.doubleToRawLongBits(x));
  }

  private static boolean unary(Value v, Value a) {
    long c = a.auxInt;
    double d = a.op == Op.CONST32F || a.op == Op.CONST64F ? a.auxFloat() : 0;
    return switch (v.op) {
      case TRUNC16TO8, TRUNC32TO8, TRUNC64TO8 -> set(v, 8, c);
      case TRUNC32TO16, TRUNC64TO16 -> set(v, 16, c);
      case TRUNC64TO32 -> set(v, 32, c);
      case ZERO_EXT8TO16 -> set(v, 16, c & 0xff);
      case ZERO_EXT8TO32 -> set(v, 32, c & 0xff);
      case ZERO_EXT8TO64 -> set(v, 64, c & 0xff);
      case ZERO_EXT16TO32 -> set(v, 32, c & 0xffff);
      case ZERO_EXT16TO64 -> set(v, 64, c & 0xffff);
      case ZERO_EXT32TO64 -> set(v, 64, c & 0xffff_ffffL);
      case SIGN_EXT8TO16 -> set(v, 16, c);
      case SIGN_EXT8TO32, SIGN_EXT16TO32 -> set(v, 32, c);
      case SIGN_EXT8TO64, SIGN_EXT16TO64, SIGN_EXT32TO64 -> set(v, 64, c);
      case NEG8, NEG16, NEG32, NEG64 -> set(v, v.op.bits(), -c);
      case COM8, COM16, COM32, COM64 -> set(v, v.op.bits(), ~c);
      case NEG32F, NEG64F -> d != 0 && setFloat(v, v.op.bits(), -d);
      case CVT64FTO32F -> setFloat(v, 32, d);
      case CVT32FTO64F -> setFloat(v, 64, d);
      case CVT32TO32F, CVT64TO32F -> setFloat(v, 32, (float) c);
      case CVT32TO64F, CVT64TO64F -> setFloat(v, 64, (double) c);
      case CVT32FTO32, CVT64FTO32 -> d >= -0x1p31 && d < 0x1p31 && set(v, 32, (long) d);
      case CVT32FTO64, CVT64FTO64 -> d >= -0x1p63 && d < 0x1p63 && set(v, 64, (long) d);
      case CVT_BOOL_TO_UINT8 -> set(v, 8, c);
      case NOT -> set(v, c == 0);
      case BIT_LEN8, BIT_LEN16, BIT_LEN32, BIT_LEN64 ->
          set(v, 64, 64 - Long.numberOfLeadingZeros(Widths.zext(c, v.op.bits())));
      case POP_COUNT8, POP_COUNT16, POP_COUNT32, POP_COUNT64 ->
          set(v, 64, Long.bitCount(Widths.zext(c, v.op.bits())));
      case CTZ8, CTZ16, CTZ32, CTZ64 ->
          set(v, 64, Math.min(v.op.bits(), Long.numberOfTrailingZeros(c)));
      case FLOOR -> setFloat(v, 64, Math.floor(d));
      case CEIL -> setFloat(v, 64, Math.ceil(d));
      case TRUNC -> setFloat(v, 64, d < 0 ? Math.ceil(d) : Math.floor(d));
      case ROUND_TO_EVEN -> setFloat(v, 64, Math.rint(d));
      case SQRT -> setFloat(v, 64, Math.sqrt(d));
      case SLICEMASK -> c >= 0 && set(v, a.op.bits(), c > 0 ? -1 : 0);
      case IS_NON_NIL -> set(v, c != 0);
      default -> false;
    };
  }

  private static boolean binary(Value v, Value a, Value b) {
    long c = a.auxInt;
    long d = b.auxInt;
    int w = v.op.bits();
    return switch (v.op) {
      case ADD8, ADD16, ADD32, ADD64 -> set(v, w, c + d);
      case SUB8, SUB16, SUB32, SUB64 -> set(v, w, c - d);
      case MUL8, MUL16, MUL32, MUL64 -> set(v, w, c * d);
      case AND8, AND16, AND32, AND64 -> set(v, w, c & d);
      case OR8, OR16, OR32, OR64 -> set(v, w, c | d);
      case XOR8, XOR16, XOR32, XOR64 -> set(v, w, c ^ d);
      case DIV8, DIV16, DIV32, DIV64 -> d != 0 && set(v, w, c / d);
      case MOD8, MOD16, MOD32, MOD64 -> d != 0 && set(v, w, c % d);
      case DIV8U, DIV16U, DIV32U, DIV64U ->
          d != 0 && set(v, w, Long.divideUnsigned(Widths.zext(c, w), Widths.zext(d, w)));
      case MOD8U, MOD16U, MOD32U, MOD64U ->
          d != 0 && set(v, w, Long.remainderUnsigned(Widths.zext(c, w), Widths.zext(d, w)));
      case LSH8X64, LSH16X64, LSH32X64, LSH64X64 -> set(v, w, d < 0 || d >= w ? 0 : c << d);
      case RSH8X64, RSH16X64, RSH32X64, RSH64X64 -> set(v, w, c >> (d < 0 || d > 63 ? 63 : d));
      case RSH8UX64, RSH16UX64, RSH32UX64, RSH64UX64 ->
          set(v, w, d < 0 || d >= w ? 0 : Widths.zext(c, w) >>> d);
      case EQ8, EQ16, EQ32, EQ64, EQ_B -> set(v, c == d);
      case NEQ8, NEQ16, NEQ32, NEQ64, NEQ_B -> set(v, c != d);
      case EQ_PTR -> set(v, c == d);
      case NEQ_PTR -> set(v, c != d);
      case LESS8, LESS16, LESS32, LESS64 -> set(v, c < d);
      case LEQ8, LEQ16, LEQ32, LEQ64 -> set(v, c <= d);
      case LESS8U, LESS16U, LESS32U, LESS64U -> set(v, Long.compareUnsigned(c, d) < 0);
      case LEQ8U, LEQ16U, LEQ32U, LEQ64U -> set(v, Long.compareUnsigned(c, d) <= 0);
      case IS_IN_BOUNDS -> set(v, 0 <= c && c < d);
      case IS_SLICE_IN_BOUNDS -> set(v, 0 <= c && c <= d);
      case MUL32UHILO, MUL64UHILO, MUL32UOVER, MUL64UOVER -> wideProduct(v, c, d, w);
      default -> floats(v, a, b);
    };
  }

  private static boolean floats(Value v, Value a, Value b) {
    double c = a.auxFloat();
    double d = b.auxFloat();
    int w = v.op.bits();
    return switch (v.op) {
      // A sum, difference, product or quotient of float32s rounded twice is rounded right.
      case ADD32F, ADD64F -> setFloat(v, w, c + d);
      case SUB32F, SUB64F -> setFloat(v, w, c - d);
      case MUL32F, MUL64F -> setFloat(v, w, c * d);
      case DIV32F, DIV64F -> setFloat(v, w, c / d);
      case EQ32F, EQ64F -> set(v, c == d);
      case NEQ32F, NEQ64F -> set(v, c != d);
      case LESS32F, LESS64F -> set(v, c < d);
      case LEQ32F, LEQ64F -> set(v, c <= d);
      default -> false;
    };
  }

  private static boolean addCarry(Value v) {
    long x = v.arg(0).auxInt;
    long y = v.arg(1).auxInt;
    long c = v.arg(2).auxInt;
    if (c < 0 || c > 1) {
      return false;
    }
    SType t = v.arg(0).type;
    long sum = x + y + c;
    long carry = ((x & y) | ((x | y) & ~sum)) >>> 63;
    v.reset(Op.MAKE_TUPLE);
    v.addArg(v.block().newValueI(v.pos, v.inl, Op.CONST64, t, sum));
    v.addArg(v.block().newValueI(v.pos, v.inl, Op.CONST64, t, carry));
    return true;
  }

  private static boolean wideProduct(Value v, long c, long d, int w) {
    boolean over = v.op == Op.MUL32UOVER || v.op == Op.MUL64UOVER;
    long hi;
    long lo;
    if (w == 64) {
      hi = Math.unsignedMultiplyHigh(c, d);
      lo = c * d;
    } else {
      long p = Widths.zext(c, 32) * Widths.zext(d, 32);
      hi = (int) (p >>> 32);
      lo = (int) p;
    }
    var types = v.func().config.types;
    SType t = w == 64 ? types.uint64 : types.uint32;
    Op k = Op.constant(w);
    v.reset(Op.MAKE_TUPLE);
    v.addArg(v.block().newValueI(v.pos, v.inl, k, t, over ? lo : hi));
    v.addArg(
        over
            ? v.block().newValueI(v.pos, v.inl, Op.CONST_BOOL, types.bool, hi != 0 ? 1 : 0)
            : v.block().newValueI(v.pos, v.inl, k, t, lo));
    return true;
  }
}
