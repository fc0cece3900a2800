package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** Makes values simpler by what is known. */
final class Simplify {
  private final Facts facts;

  Simplify(Facts facts) {
    this.facts = facts;
  }

  /** Replaces arguments that are known to be constant. */
  void foldArgs(Value v) {
    for (int i = 0; i < v.numArgs(); i++) {
      Value arg = v.arg(i);
      Limit l = facts.limit(arg);
      if (!l.isConstant()) {
        continue;
      }
      long c = l.min() == l.max() ? l.min() : l.umin();
      switch (arg.op) {
        case CONST64, CONST32, CONST16, CONST8, CONST_BOOL, CONST_NIL -> {
          continue;
        }
        default -> {}
      }
      Func f = v.func();
      SType t = arg.type;
      Value k;
      if (t.isBoolean()) {
        k = f.constBool(t, c != 0);
      } else if (t.isInteger()) {
        k =
            switch ((int) t.size()) {
              case 1 -> f.constInt8(t, (byte) c);
              case 2 -> f.constInt16(t, (short) c);
              case 4 -> f.constInt32(t, (int) c);
              default -> f.constInt64(t, c);
            };
      } else if (t.isPtrShaped() && c == 0) {
        k = f.constNil(t);
      } else {
        continue;
      }
      v.setArg(i, k);
      facts.addValue(k);
    }
  }

  void value(Block b, Value v) {
    switch (v.op) {
      case SLICEMASK -> slicemask(v);
      case CTZ8 -> nonZero(v, Op.CTZ8NON_ZERO);
      case CTZ16 -> nonZero(v, Op.CTZ16NON_ZERO);
      case CTZ32 -> nonZero(v, Op.CTZ32NON_ZERO);
      case CTZ64 -> nonZero(v, Op.CTZ64NON_ZERO);
      case RSH8X8,
          RSH8X16,
          RSH8X32,
          RSH8X64,
          RSH16X8,
          RSH16X16,
          RSH16X32,
          RSH16X64,
          RSH32X8,
          RSH32X16,
          RSH32X32,
          RSH32X64,
          RSH64X8,
          RSH64X16,
          RSH64X32,
          RSH64X64 -> {
        if (facts.isNonNegative(v.arg(0))) {
          int by = Integer.parseInt(v.op.text().substring(v.op.text().indexOf('x') + 1));
          v.op = Op.shift(Op.RSH8UX8, v.op.bits(), by);
        }
        bounded(v);
      }
      case LSH8X8,
          LSH8X16,
          LSH8X32,
          LSH8X64,
          LSH16X8,
          LSH16X16,
          LSH16X32,
          LSH16X64,
          LSH32X8,
          LSH32X16,
          LSH32X32,
          LSH32X64,
          LSH64X8,
          LSH64X16,
          LSH64X32,
          LSH64X64,
          RSH8UX8,
          RSH8UX16,
          RSH8UX32,
          RSH8UX64,
          RSH16UX8,
          RSH16UX16,
          RSH16UX32,
          RSH16UX64,
          RSH32UX8,
          RSH32UX16,
          RSH32UX32,
          RSH32UX64,
          RSH64UX8,
          RSH64UX16,
          RSH64UX32,
          RSH64UX64 ->
          bounded(v);
      case DIV8, DIV16, DIV32, DIV64 -> division(v, Op.DIV8U);
      case MOD8, MOD16, MOD32, MOD64 -> division(v, Op.MOD8U);
      case MUL64, MUL32, MUL16, MUL8 -> product(b, v);
      default -> {}
    }
  }

  /** The mask of a capacity that is not zero is all ones. */
  private void slicemask(Value v) {
    Value cap = v.arg(0);
    Relations.Delta x = Relations.delta(cap);
    boolean positive =
        x != null
            ? Long.compareUnsigned(facts.limit(x.base()).umin(), -x.delta()) > 0
            : facts.limit(cap).umin() != 0;
    if (positive) {
      v.reset(v.type.size() == 8 ? Op.CONST64 : Op.CONST32);
      v.auxInt = -1;
    }
  }

  private void nonZero(Value v, Op op) {
    if (facts.limit(v.arg(0)).isNonZero()) {
      v.op = op;
    }
  }

  private void bounded(Value v) {
    Value by = v.arg(1);
    Limit l = facts.limit(by);
    long bits = 8 * v.arg(0).type.size();
    if (Long.compareUnsigned(l.umax(), bits) < 0 || (l.max() < bits && facts.isNonNegative(by))) {
      v.auxInt = 1;
    }
  }

  private void division(Value v, Op unsigned) {
    Limit p = facts.limit(v.arg(0));
    Limit q = facts.limit(v.arg(1));
    int bits = v.op.bits();
    if (p.isNonNegative() && q.isNonNegative()) {
      v.op = Op.width(unsigned, bits);
      v.auxInt = 0;
    } else if (bits != 8 && (q.max() < -1 || q.min() > -1 || p.min() > -1L << (bits - 1))) {
      v.auxInt = 1; // the quotient does not overflow
    }
  }

  private static boolean isPowerOfTwo(Limit l) {
    return (l.umin() == l.umax() && Long.bitCount(l.umin()) == 1)
        || (l.min() == l.max() && l.min() > 0 && Long.bitCount(l.min()) == 1);
  }

  /** A product with 0 or 1 is a choice. */
  private void product(Block b, Value v) {
    Value x = v.arg(0);
    Value y = v.arg(1);
    Limit xl = facts.limit(x);
    Limit yl = facts.limit(y);
    if (facts.limit(v).isConstant() || isPowerOfTwo(xl) || isPowerOfTwo(yl)) {
      return;
    }
    boolean xOne = Long.compareUnsigned(xl.umax(), 1) <= 0;
    boolean yOne = Long.compareUnsigned(yl.umax(), 1) <= 0;
    int bits = 8 * (int) v.type.size();
    if (xOne && yOne) {
      v.op = Op.width(Op.AND8, bits);
      return;
    }
    if ((!xOne && !yOne) || bits < 16) {
      return;
    }
    Value bool = yOne ? y : x;
    Value other = yOne ? x : y;
    Func f = b.func;
    Value zero =
        switch (bits) {
          case 16 -> f.constInt16(v.type, (short) 0);
          case 32 -> f.constInt32(v.type, 0);
          default -> f.constInt64(v.type, 0);
        };
    facts.addValue(zero);
    Value check =
        b.newValue(v.pos, v.inl, Op.width(Op.NEQ8, bits), f.config.types.bool, zero, bool);
    facts.addValue(check);
    v.reset(Op.COND_SELECT);
    v.addArgs(other, zero, check);
    int i = b.values.indexOf(v);
    b.values.set(i, check);
    b.values.set(b.values.size() - 1, v);
  }
}
