package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** What is known of addresses before anything is optimized. */
final class MemoryFacts {
  private MemoryFacts() {}

  /** Reports whether {@code v} is surely an address in the frame. */
  static boolean isStackAddr(Value v) {
    Value x = v;
    while (x.op == Op.OFF_PTR || x.op == Op.ADD_PTR || x.op == Op.PTR_INDEX || x.op == Op.COPY) {
      x = x.arg(0);
    }
    return x.op == Op.SP
        || x.op == Op.LOCAL_ADDR
        || x.op == Op.SELECT_NADDR
        || x.op == Op.GET_CALLER_SP;
  }

  /** Reports whether {@code size} bytes at {@code p} and at {@code q} surely do not overlap. */
  static boolean disjoint(Value p, Value q, long size) {
    if (p == q) {
      return false;
    }
    if (disjointTypes(p.type, q.type)) {
      return true;
    }
    Value x = base(p);
    Value y = base(q);
    if (x == y) {
      return Math.abs(offset(p) - offset(q)) >= size;
    }
    return switch (x.op) {
      case ADDR, LOCAL_ADDR ->
          y.op == Op.ADDR
              || y.op == Op.LOCAL_ADDR
              || y.op == Op.SP
              || (y.op == Op.ARG && x.arg(0).op == Op.SP);
      case ARG -> y.op == Op.SP || y.op == Op.LOCAL_ADDR;
      default -> false;
    };
  }

  private static Value base(Value p) {
    Value x = p;
    while (x.op == Op.OFF_PTR) {
      x = x.arg(0);
    }
    return x.op == Op.NIL_CHECK ? x.arg(0) : x;
  }

  private static long offset(Value p) {
    long offset = 0;
    for (Value x = p; x.op == Op.OFF_PTR; x = x.arg(0)) {
      offset += x.auxInt;
    }
    return offset;
  }

  /** Reports whether a pointer and something else cannot be the same memory. */
  private static boolean disjointTypes(SType a, SType b) {
    if (!a.isPtr() || !b.isPtr()) {
      return false;
    }
    SType x = a.elem();
    SType y = b.elem();
    if (x.isNotInHeap() || y.isNotInHeap()) {
      return false;
    }
    return (isPointerOnly(x) && !y.hasPointers()) || (isPointerOnly(y) && !x.hasPointers());
  }

  private static boolean isPointerOnly(SType t) {
    return t.hasPointers() && t.size() == t.owner().ptrSize();
  }
}
