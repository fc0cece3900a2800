package dev.escapade.ssa.prove;

import static dev.escapade.ssa.prove.Relations.EQ;
import static dev.escapade.ssa.prove.Relations.GE;
import static dev.escapade.ssa.prove.Relations.GT;
import static dev.escapade.ssa.prove.Relations.LE;
import static dev.escapade.ssa.prove.Relations.LT;
import static dev.escapade.ssa.prove.Relations.SIGNED;
import static dev.escapade.ssa.prove.Relations.UNSIGNED;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import org.jspecify.annotations.Nullable;

/** How a value is ordered to its arguments. */
final class ValueFacts {
  private final Facts facts;

  ValueFacts(Facts facts) {
    this.facts = facts;
  }

  void learn(Block b, Value v) {
    switch (v.op) {
      case ADD64, ADD32, ADD16, ADD8 -> sum(b, v);
      case SUB64, SUB32, SUB16, SUB8 -> {
        Limit x = facts.limit(v.arg(0));
        Limit y = facts.limit(v.arg(1));
        if (Long.compareUnsigned(x.umin(), y.umax()) >= 0) {
          facts.update(b, v, v.arg(0), UNSIGNED, y.isNonZero() ? LT : LE);
        }
      }
      case AND64, AND32, AND16, AND8 -> {
        facts.update(b, v, v.arg(0), UNSIGNED, LE);
        facts.update(b, v, v.arg(1), UNSIGNED, LE);
        if (facts.isNonNegative(v.arg(0))) {
          facts.update(b, v, v.arg(0), SIGNED, LE);
        }
        if (facts.isNonNegative(v.arg(1))) {
          facts.update(b, v, v.arg(1), SIGNED, LE);
        }
      }
      case DIV64, DIV32, DIV16, DIV8 -> {
        if (facts.isNonNegative(v.arg(1)) && facts.isNonNegative(v.arg(0))) {
          quotient(b, v, facts.limit(v.arg(1)).umin());
        }
      }
      case DIV64U, DIV32U, DIV16U, DIV8U -> quotient(b, v, facts.limit(v.arg(1)).umin());
      case RSH8X64,
          RSH8X32,
          RSH8X16,
          RSH8X8,
          RSH16X64,
          RSH16X32,
          RSH16X16,
          RSH16X8,
          RSH32X64,
          RSH32X32,
          RSH32X16,
          RSH32X8,
          RSH64X64,
          RSH64X32,
          RSH64X16,
          RSH64X8 -> {
        if (facts.isNonNegative(v.arg(0))) {
          quotient(b, v, power(facts.limit(v.arg(1)).umin()));
        }
      }
      case RSH8UX64,
          RSH8UX32,
          RSH8UX16,
          RSH8UX8,
          RSH16UX64,
          RSH16UX32,
          RSH16UX16,
          RSH16UX8,
          RSH32UX64,
          RSH32UX32,
          RSH32UX16,
          RSH32UX8,
          RSH64UX64,
          RSH64UX32,
          RSH64UX16,
          RSH64UX8 ->
          quotient(b, v, power(facts.limit(v.arg(1)).umin()));
      case MOD64, MOD32, MOD16, MOD8 -> {
        if (facts.isNonNegative(v.arg(0)) && facts.isNonNegative(v.arg(1))) {
          remainder(b, v);
        }
      }
      case MOD64U, MOD32U, MOD16U, MOD8U -> remainder(b, v);
      case STRING_LEN -> equalPart(b, v, Op.STRING_MAKE, 1);
      case SLICE_LEN -> equalPart(b, v, Op.SLICE_MAKE, 1);
      case SLICE_CAP -> equalPart(b, v, Op.SLICE_MAKE, 2);
      case IS_IN_BOUNDS -> {
        if (isInChunk(v.arg(0), v.arg(1), false)) {
          facts.setBool(v, true);
        }
      }
      case IS_SLICE_IN_BOUNDS -> {
        if (isInChunk(v.arg(0), v.arg(1), true)) {
          facts.setBool(v, true);
        }
      }
      case PHI -> minOrMax(v);
      default -> {}
    }
  }

  private static long power(long n) {
    return n < 0 || n > 63 ? 0 : 1L << n;
  }

  private static boolean addOverflowsUnsigned(long a, long b, long size) {
    long s = a + b;
    return size == 8 ? Long.compareUnsigned(s, a) < 0 : !Limit.fitsUnsigned(s, 8 * (int) size);
  }

  private static boolean addOverflows(long a, long b, long size) {
    long s = a + b;
    if (size == 8) {
      return (a >= 0 && b >= 0 && s < 0) || (a < 0 && b < 0 && s >= 0);
    }
    int bits = 8 * (int) size;
    return s < -1L << (bits - 1) || s > ~(-1L << (bits - 1));
  }

  private void sum(Block b, Value v) {
    Value p = v.arg(0);
    Value q = v.arg(1);
    Limit x = facts.limit(p);
    Limit y = facts.limit(q);
    long size = v.type.size();
    if (!addOverflowsUnsigned(x.umax(), y.umax(), size)) {
      facts.update(b, v, q, UNSIGNED, x.isNonZero() ? GT : GE);
      facts.update(b, v, p, UNSIGNED, y.isNonZero() ? GT : GE);
    }
    if (x.min() >= 0 && !addOverflows(x.max(), y.max(), size)) {
      facts.update(b, v, q, SIGNED, x.isNonZero() ? GT : GE);
    }
    if (y.min() >= 0 && !addOverflows(x.max(), y.max(), size)) {
      facts.update(b, v, p, SIGNED, y.isNonZero() ? GT : GE);
    }
    if (x.max() <= 0 && !addOverflows(x.min(), y.min(), size)) {
      facts.update(b, v, q, SIGNED, x.isNonZero() ? LT : LE);
    }
    if (y.max() <= 0 && !addOverflows(x.min(), y.min(), size)) {
      facts.update(b, v, p, SIGNED, y.isNonZero() ? LT : LE);
    }
  }

  /** {@code (x + y) / z} is at most y if x is less than z. */
  private void quotient(Block b, Value v, long divisor) {
    Value add = v.arg(0);
    switch (add.op) {
      case ADD64, ADD32, ADD16, ADD8 -> {
        Value x = add.arg(0);
        Value y = add.arg(1);
        Limit xl = facts.limit(x);
        Limit yl = facts.limit(y);
        if (!addOverflowsUnsigned(xl.umax(), yl.umax(), add.type.size())) {
          if (Long.compareUnsigned(xl.umax(), divisor) < 0) {
            facts.update(b, v, y, UNSIGNED, LE);
          }
          if (Long.compareUnsigned(yl.umax(), divisor) < 0) {
            facts.update(b, v, x, UNSIGNED, LE);
          }
        }
      }
      default -> {}
    }
    facts.update(b, v, add, UNSIGNED, LE);
  }

  private void remainder(Block b, Value v) {
    facts.update(b, v, v.arg(0), UNSIGNED, LE);
    facts.update(b, v, v.arg(1), UNSIGNED, LT);
  }

  private void equalPart(Block b, Value v, Op make, int i) {
    if (v.arg(0).op == make) {
      facts.update(b, v, v.arg(0).arg(i), SIGNED, EQ);
    }
  }

  /** Whether {@code index} is {@code i + d} and {@code i < len - k} is known for a k above d. */
  private boolean isInChunk(Value index, Value bound, boolean isReslice) {
    if (bound.op != Op.SLICE_LEN && bound.op != Op.STRING_LEN && bound.op != Op.SLICE_CAP) {
      return false;
    }
    Value slice = bound.arg(0);
    if (facts.limit(index).min() < 0) {
      return false;
    }
    Relations.Delta d = Relations.delta(index);
    if (d == null || d.delta() < 0) {
      return false;
    }
    for (Facts.Ordering o = facts.orderings(d.base()); o != null; o = o.next) {
      if (o.domain != SIGNED || o.w.op != Op.ADD64) {
        continue;
      }
      Value offset = null;
      if (FlowLimits.isLenOf(o.w.arg(0), slice)) {
        offset = o.w.arg(1);
      } else if (FlowLimits.isLenOf(o.w.arg(1), slice)) {
        offset = o.w.arg(0);
      }
      if (offset == null || offset.op != Op.CONST64) {
        continue;
      }
      long k = -offset.auxInt;
      if (k < 0) {
        continue;
      }
      int r = o.relation;
      if (isReslice) {
        k++;
      }
      if (r == LT) {
        r = LE;
        k++;
      }
      if (k >= 0 && d.delta() < k && r == LE) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Block uniquePred(Block b) {
    return b.numPreds() == 1 ? b.pred(0) : null;
  }

  /** {@code if x < y { z = x } else { z = y }}: z is at most both. */
  private void minOrMax(Value v) {
    if (v.numArgs() != 2) {
      return;
    }
    Block b = v.block();
    Value x = v.arg(0);
    Value y = v.arg(1);
    Block bx = b.pred(0);
    Block by = b.pred(1);
    Block z = null;
    if (bx == by || uniquePred(by) == bx) {
      z = bx;
    } else if (uniquePred(bx) == by) {
      z = by;
    } else if (uniquePred(bx) == uniquePred(by)) {
      z = uniquePred(bx);
    }
    if (z == null || z.kind != BlockKind.IF) {
      return;
    }
    Value c = z.control(0);
    if (c.numArgs() != 2) {
      return;
    }
    boolean isMin = (bx == z ? b.predEdge(0) : bx.predEdge(0)).index() == 0;
    if (c.arg(0) == y && c.arg(1) == x) {
      isMin = !isMin;
    } else if (c.arg(0) != x || c.arg(1) != y) {
      return;
    }
    int d = Relations.domain(c.op);
    int r = Relations.relation(c.op);
    if ((d != SIGNED && d != UNSIGNED) || (r != LT && r != LE)) {
      return;
    }
    int rel = isMin ? LE : GE;
    facts.update(b, v, x, d, rel);
    facts.update(b, v, y, d, rel);
  }
}
