package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.Objects;

/** What can be said of addresses without knowing them. */
final class Pointers {
  private Pointers() {}

  /** Whether both are surely the same address. */
  static boolean isSame(Value first, Value second) {
    Value p = first;
    Value q = second;
    if (p == q) {
      return true;
    }
    if (p.op != q.op) {
      p = withoutZeroOffset(p);
      q = withoutZeroOffset(q);
      if (p == q) {
        return true;
      }
      if (p.op != q.op) {
        return false;
      }
    }
    return switch (p.op) {
      case OFF_PTR -> p.auxInt == q.auxInt && isSame(p.arg(0), q.arg(0));
      case ADDR, LOCAL_ADDR -> Objects.equals(p.aux, q.aux);
      case ADD_PTR -> p.arg(1) == q.arg(1) && isSame(p.arg(0), q.arg(0));
      default -> false;
    };
  }

  private static Value withoutZeroOffset(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR && p.auxInt == 0) {
      p = p.arg(0);
    }
    return p;
  }

  /** Whether the address is in this function's frame. */
  static boolean isStack(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR || p.op == Op.ADD_PTR) {
      p = p.arg(0);
    }
    return p.op == Op.SP || p.op == Op.LOCAL_ADDR;
  }

  /** Whether {@code n1} bytes at {@code p1} and {@code n2} at {@code p2} surely do not overlap. */
  static boolean disjoint(Value p1, long n1, Value p2, long n2) {
    if (n1 == 0 || n2 == 0) {
      return true;
    }
    if (p1 == p2) {
      return false;
    }
    if (disjointTypes(p1.type, p2.type)) {
      return true;
    }
    long o1 = offset(p1);
    long o2 = offset(p2);
    Value b1 = base(p1);
    Value b2 = base(p2);
    if (isSame(b1, b2)) {
      return !overlap(o1, n1, o2, n2);
    }
    return switch (b1.op) {
      case ADDR, LOCAL_ADDR ->
          b2.op == Op.ADDR
              || b2.op == Op.LOCAL_ADDR
              || b2.op == Op.SP
              || ((b2.op == Op.ARG || b2.op == Op.ARG_INT_REG) && b1.arg(0).op == Op.SP);
      case ARG, ARG_INT_REG -> b2.op == Op.SP || b2.op == Op.LOCAL_ADDR;
      case SP ->
          switch (b2.op) {
            case ADDR, LOCAL_ADDR, ARG, ARG_INT_REG, SP -> true;
            default -> false;
          };
      default -> false;
    };
  }

  private static long offset(Value p) {
    long offset = 0;
    Value base = p;
    while (base.op == Op.OFF_PTR) {
      offset += base.auxInt;
      base = base.arg(0);
    }
    return offset;
  }

  private static Value base(Value p) {
    Value base = p;
    while (base.op == Op.OFF_PTR) {
      base = base.arg(0);
    }
    return base.op.isNilCheck() ? base.arg(0) : base;
  }

  static boolean overlap(long o1, long n1, long o2, long n2) {
    return (o1 >= o2 && o2 + n2 > o1) || (o2 >= o1 && o1 + n1 > o2);
  }

  /** Whether pointers of these types never point to the same: one to a pointer, one to none. */
  private static boolean disjointTypes(SType t1, SType t2) {
    if (!t1.isPtr() || !t2.isPtr()) {
      return false;
    }
    SType e1 = t1.elem();
    SType e2 = t2.elem();
    if (e1.isNotInHeap() || e2.isNotInHeap()) {
      return false;
    }
    return (isPointer(e1) && !e2.hasPointers()) || (isPointer(e2) && !e1.hasPointers());
  }

  private static boolean isPointer(SType t) {
    return t.size() == 8 && t.hasPointers();
  }

  /** Whether a value of type {@code b} can stand where one of type {@code a} is asked for. */
  static boolean copyCompatible(SType a, SType b) {
    if (a.size() != b.size()) {
      return false;
    }
    if (a.isInteger()) {
      return b.isInteger();
    }
    return a.isPtrShaped() ? b.isPtrShaped() : a == b;
  }

  /** Whether all bits of the value are surely zero. */
  static boolean isConstZero(Value v) {
    return switch (v.op) {
      case CONST_NIL -> true;
      case CONST64, CONST32, CONST16, CONST8, CONST_BOOL, CONST32F, CONST64F -> v.auxInt == 0;
      case STRING_MAKE, IMAKE, COMPLEX_MAKE -> isConstZero(v.arg(0)) && isConstZero(v.arg(1));
      case SLICE_MAKE -> isConstZero(v.arg(0)) && isConstZero(v.arg(1)) && isConstZero(v.arg(2));
      case STRING_PTR,
          STRING_LEN,
          SLICE_PTR,
          SLICE_LEN,
          SLICE_CAP,
          ITAB,
          IDATA,
          COMPLEX_REAL,
          COMPLEX_IMAG ->
          isConstZero(v.arg(0));
      default -> false;
    };
  }

  /** Whether a copy of {@code size} bytes is done in place rather than by a call. */
  static boolean isInlinableMove(Value dst, Value src, long size) {
    return size <= 16 || (size < 1024 && disjoint(dst, size, src, size));
  }
}
