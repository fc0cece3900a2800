package dev.escapade.ssa.generic;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.Objects;

/** Rules for checks of bounds and of nil, comparisons of pointers, and of floats. */
final class CheckRules {
  /** The name of the parameter with the dictionary of a generic function. */
  private static final String DICTIONARY = ".dict";

  private CheckRules() {}

  static boolean apply(Value v) {
    return switch (v.op) {
      case IS_IN_BOUNDS -> isInBounds(v);
      case IS_SLICE_IN_BOUNDS -> isSliceInBounds(v);
      case NIL_CHECK -> nilCheck(v);
      case EQ_PTR -> eqPtr(v, true);
      case NEQ_PTR -> eqPtr(v, false);
      case IS_NON_NIL -> isNonNil(v);
      case EQ_INTER -> compareParts(v, Op.EQ_PTR, Op.ITAB);
      case NEQ_INTER -> compareParts(v, Op.NEQ_PTR, Op.ITAB);
      case EQ_SLICE -> compareParts(v, Op.EQ_PTR, Op.SLICE_PTR);
      case NEQ_SLICE -> compareParts(v, Op.NEQ_PTR, Op.SLICE_PTR);
      case PHI -> phi(v);
      case MUL32F, MUL64F -> floatProduct(v);
      case DIV32F, DIV64F -> floatQuotient(v);
      case DIV128U -> wideQuotient(v);
      case MUL32UOVER, MUL64UOVER -> overflow(v);
      default -> false;
    };
  }

  static boolean set(Value v, boolean b) {
    v.reset(Op.CONST_BOOL);
    v.auxInt = b ? 1 : 0;
    return true;
  }

  // Bounds.

  private static boolean isInBounds(Value v) {
    Value i = v.arg(0);
    Value n = v.arg(1);
    if (i == n) {
      return set(v, false);
    }
    if (n.isIntConst() && greatest(i, n) < n.auxInt) {
      return set(v, true);
    }
    return (i.op == Op.MOD32U || i.op == Op.MOD64U) && i.arg(1) == n && set(v, true);
  }

  /**
   * The greatest value of an index that is compared with constant {@code n}, if its operations tell
   * that it is not negative; else the greatest integer.
   */
  private static long greatest(Value i, Value n) {
    int w = n.op.bits();
    Value x = i;
    int width = i.op.bits();
    boolean extended = false;
    switch (i.op) {
      case ZERO_EXT8TO16,
          ZERO_EXT8TO32,
          ZERO_EXT8TO64,
          ZERO_EXT16TO32,
          ZERO_EXT16TO64,
          ZERO_EXT32TO64 -> {
        x = i.arg(0);
        extended = true;
        if (width < 32 && w >= 32) {
          long all = (1L << width) - 1;
          if (all < n.auxInt) {
            return all;
          }
        }
      }
      default -> {}
    }
    switch (x.op) {
      case AND8, AND16, AND32, AND64 -> {
        for (int k = 0; k < 2; k++) {
          Value c = x.arg(k);
          if (c.isIntConst() && c.auxInt >= 0 && (extended || c.op.bits() == w)) {
            return c.auxInt;
          }
        }
      }
      case RSH8UX64, RSH16UX64, RSH32UX64, RSH64UX64 -> {
        Value c = x.arg(1);
        int bits = x.op.bits();
        if (c.op == Op.CONST64
            && 0 < c.auxInt
            && c.auxInt < bits
            && (extended || n.op == Op.CONST64)) {
          return (1L << (bits - c.auxInt)) - 1;
        }
      }
      default -> {}
    }
    return Long.MAX_VALUE;
  }

  private static boolean isSliceInBounds(Value v) {
    Value i = v.arg(0);
    Value n = v.arg(1);
    if (i == n) {
      return set(v, true);
    }
    if ((i.op == Op.AND32 || i.op == Op.AND64) && n.isIntConst()) {
      for (int k = 0; k < 2; k++) {
        Value c = i.arg(k);
        if (c.isIntConst() && 0 <= c.auxInt && c.auxInt <= n.auxInt) {
          return set(v, true);
        }
      }
    }
    if (i.isIntConst() && i.auxInt == 0) {
      return set(v, true);
    }
    return i.op == Op.SLICE_LEN && n.op == Op.SLICE_CAP && i.arg(0) == n.arg(0) && set(v, true);
  }

  // Nil.

  private static boolean nilCheck(Value v) {
    Value p = v.arg(0);
    boolean needless =
        switch (p.op) {
          case GET_G -> p.arg(0) == v.arg(1);
          case SELECT_N -> CallRules.isNewObject(p);
          case OFF_PTR -> CallRules.isNewObject(p.arg(0));
          case ADDR -> p.arg(0).op == Op.SB;
          case CONVERT -> p.arg(0).op == Op.ADDR && p.arg(0).arg(0).op == Op.SB;
          case LOCAL_ADDR, NIL_CHECK -> true;
          case ARG -> p.aux instanceof Name n && n.sym.name().equals(DICTIONARY);
          default -> false;
        };
    if (needless) {
      v.copyOf(p);
    }
    return needless;
  }

  private static boolean isNonNil(Value v) {
    Value p = v.arg(0);
    return switch (p.op) {
      case CONST_NIL -> set(v, false);
      case ADDR, LOCAL_ADDR -> set(v, true);
      case CONVERT -> p.arg(0).op == Op.ADDR && set(v, true);
      default -> false;
    };
  }

  // Pointers.

  private static boolean compareParts(Value v, Op compare, Op part) {
    Value x = v.arg(0);
    Value y = v.arg(1);
    var types = v.func().config.types;
    var t = part == Op.ITAB ? types.uintptr : types.bytePtr;
    v.reset(compare);
    Value a = v.block().newValue(v.pos, v.inl, part, t, x);
    Value b = v.block().newValue(v.pos, v.inl, part, t, y);
    v.addArgs(a, b);
    return true;
  }

  private static boolean eqPtr(Value v, boolean eq) {
    Value p = v.arg(0);
    Value q = v.arg(1);
    if (p == q) {
      return set(v, eq);
    }
    for (int k = 0; k < 2; k++) {
      if (compareBases(v, k == 0 ? p : q, k == 0 ? q : p, eq)) {
        return true;
      }
    }
    for (int k = 0; k < 2; k++) {
      if (compareOffsets(v, k == 0 ? p : q, k == 0 ? q : p, eq)) {
        return true;
      }
    }
    for (int k = 0; k < 2; k++) {
      Value a = k == 0 ? p : q;
      Value b = k == 0 ? q : p;
      if (a.op == Op.ADD_PTR && Pointers.isSame(a.arg(0), b)) {
        return testNil(v, a.arg(1), eq);
      }
    }
    for (int k = 0; k < 2; k++) {
      Value a = k == 0 ? p : q;
      if ((a.isIntConst() && a.auxInt == 0) || a.op == Op.CONST_NIL) {
        return testNil(v, k == 0 ? q : p, eq);
      }
    }
    return false;
  }

  private static Value base(Value p) {
    return p.op == Op.OFF_PTR ? p.arg(0) : p;
  }

  private static long offset(Value p) {
    return p.op == Op.OFF_PTR ? p.auxInt : 0;
  }

  /** Addresses of variables at fixed offsets. */
  private static boolean compareBases(Value v, Value p, Value q, boolean eq) {
    Value a = base(p);
    Value b = base(q);
    if ((a.op == Op.ADDR && b.op == Op.ADDR) || (a.op == Op.LOCAL_ADDR && b.op == Op.LOCAL_ADDR)) {
      boolean same = Objects.equals(a.aux, b.aux) && offset(p) == offset(q);
      return set(v, same == eq);
    }
    if (p.op == Op.CONVERT && p.arg(0).op == Op.ADDR && q.op == Op.ADDR) {
      return set(v, Objects.equals(p.arg(0).aux, q.aux) == eq);
    }
    return a.op == Op.LOCAL_ADDR && b.op == Op.ADDR && set(v, !eq);
  }

  private static boolean compareOffsets(Value v, Value p, Value q, boolean eq) {
    if (p.op != Op.OFF_PTR) {
      return false;
    }
    if (Pointers.isSame(p.arg(0), q)) {
      return set(v, (p.auxInt == 0) == eq);
    }
    return q.op == Op.OFF_PTR
        && Pointers.isSame(p.arg(0), q.arg(0))
        && set(v, (p.auxInt == q.auxInt) == eq);
  }

  private static boolean testNil(Value v, Value p, boolean eq) {
    if (!eq) {
      v.reset(Op.IS_NON_NIL);
      v.addArg(p);
      return true;
    }
    v.reset(Op.NOT);
    v.addArg(v.block().newValue(v.pos, v.inl, Op.IS_NON_NIL, v.func().config.types.bool, p));
    return true;
  }

  // Others.

  private static boolean phi(Value v) {
    if (v.numArgs() != 2) {
      return false;
    }
    Value a = v.arg(0);
    Value b = v.arg(1);
    if (a.op != b.op || !a.isIntConst() || a.auxInt != b.auxInt) {
      return false;
    }
    Op op = a.op;
    long c = a.auxInt;
    v.reset(op);
    v.auxInt = c;
    return true;
  }

  private static boolean floatProduct(Value v) {
    boolean single = v.op == Op.MUL32F;
    Op constant = single ? Op.CONST32F : Op.CONST64F;
    for (int k = 0; k < 2; k++) {
      Value c = v.arg(1 - k);
      Value x = v.arg(k);
      if (c.op != constant) {
        continue;
      }
      double d = c.auxFloat();
      if (d == 1) {
        v.copyOf(x);
        return true;
      }
      if (d == -1) {
        v.reset(single ? Op.NEG32F : Op.NEG64F);
        v.addArg(x);
        return true;
      }
      if (d == 2) {
        v.reset(single ? Op.ADD32F : Op.ADD64F);
        v.addArgs(x, x);
        return true;
      }
    }
    return false;
  }

  /** A division by a power of two is a multiplication, if the inverse is exact. */
  private static boolean floatQuotient(Value v) {
    boolean single = v.op == Op.DIV32F;
    Value x = v.arg(0);
    Value c = v.arg(1);
    if (c.op != (single ? Op.CONST32F : Op.CONST64F)) {
      return false;
    }
    double d = c.auxFloat();
    int exponent = single ? Math.getExponent((float) d) : Math.getExponent(d);
    int max = single ? 127 : 1023;
    long mantissa =
        single
            ? Float.floatToRawIntBits((float) d) & 0x7fffff
            : Double.doubleToRawLongBits(d) & 0xf_ffff_ffff_ffffL;
    if (mantissa != 0 || exponent < 1 - max || exponent >= max) {
      return false;
    }
    var t = c.type;
    v.reset(single ? Op.MUL32F : Op.MUL64F);
    v.addArg(x);
    v.addArg(v.block().newValueI(v.pos, v.inl, c.op, t, Double.doubleToRawLongBits(1 / d)));
    return true;
  }

  private static boolean wideQuotient(Value v) {
    Value hi = v.arg(0);
    if (hi.op != Op.CONST64 || hi.auxInt != 0) {
      return false;
    }
    Value lo = v.arg(1);
    Value y = v.arg(2);
    var t = v.type;
    v.reset(Op.MAKE_TUPLE);
    Value q = v.block().newValue(v.pos, v.inl, Op.DIV64U, t.field(0), lo, y);
    Value r = v.block().newValue(v.pos, v.inl, Op.MOD64U, t.field(1), lo, y);
    v.addArgs(q, r);
    return true;
  }

  private static boolean overflow(Value v) {
    for (int k = 0; k < 2; k++) {
      Value c = v.arg(k);
      Value x = v.arg(1 - k);
      if (!c.isIntConst() || c.auxInt < 0 || c.auxInt > 1) {
        continue;
      }
      var t = v.type;
      long n = c.auxInt;
      Op op = c.op;
      v.reset(Op.MAKE_TUPLE);
      v.addArg(n == 1 ? x : v.block().newValueI(v.pos, v.inl, op, t.field(0), 0));
      v.addArg(v.block().newValueI(v.pos, v.inl, Op.CONST_BOOL, t.field(1), 0));
      return true;
    }
    return false;
  }
}
