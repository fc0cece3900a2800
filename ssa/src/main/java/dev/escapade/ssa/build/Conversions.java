package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** Conversions between numbers (Go spec, "Conversions between numeric types"). */
final class Conversions {
  private final State s;

  Conversions(State s) {
    this.s = s;
  }

  /**
   * Converts {@code v}.
   *
   * @param n what the result is the value of, where it depends on the path
   */
  Value convert(Object n, Value v, SType from, SType to) {
    if (from.isBoolean() && to.kind() == dev.escapade.ssa.core.Kind.UINT8) {
      return s.value(Op.CVT_BOOL_TO_UINT8, to, v);
    }
    if (from.isInteger() && to.isInteger()) {
      return s.value(Operations.convert(from, to), to, v);
    }
    if (from.isComplex() && to.isComplex()) {
      return complexToComplex(v, from, to);
    }
    if (to.isComplex()) {
      SType part = s.types.floatForComplex(to);
      Value real = convert(n, v, from, part);
      return s.value(Op.COMPLEX_MAKE, to, real, s.stores.zeroVal(part));
    }
    if (from.isFloat()) {
      return to.isFloat() ? s.value(floatToFloat(from, to), to, v) : floatToInt(n, v, from, to);
    }
    if (to.isFloat() && from.isInteger()) {
      return intToFloat(n, v, from, to);
    }
    throw s.bad("conversion of " + from + " to " + to);
  }

  private static Op floatToFloat(SType from, SType to) {
    if (from.size() == to.size()) {
      return from.size() == 4 ? Op.ROUND32F : Op.ROUND64F;
    }
    return from.size() == 4 ? Op.CVT32FTO64F : Op.CVT64FTO32F;
  }

  private Value complexToComplex(Value v, SType from, SType to) {
    SType f = s.types.floatForComplex(from);
    SType t = s.types.floatForComplex(to);
    Op op = floatToFloat(f, t);
    return s.value(
        Op.COMPLEX_MAKE,
        to,
        s.value(op, t, s.value(Op.COMPLEX_REAL, f, v)),
        s.value(op, t, s.value(Op.COMPLEX_IMAG, f, v)));
  }

  private Value intToFloat(Object n, Value v, SType from, SType to) {
    boolean is32 = to.size() == 4;
    Op from32 = is32 ? Op.CVT32TO32F : Op.CVT32TO64F;
    Op from64 = is32 ? Op.CVT64TO32F : Op.CVT64TO64F;
    if (from.size() == 8) {
      return from.isSigned() ? s.value(from64, to, v) : uint64ToFloat(n, v, from, to, from64);
    }
    if (from.size() == 4) {
      return from.isSigned()
          ? s.value(from32, to, v)
          : s.value(from64, to, s.value(Op.ZERO_EXT32TO64, s.types.int64, v));
    }
    return s.value(from32, to, s.value(Operations.convert(from, s.types.int32), s.types.int32, v));
  }

  private Value floatToInt(Object n, Value v, SType from, SType to) {
    boolean is32 = from.size() == 4;
    Op to32 = is32 ? Op.CVT32FTO32 : Op.CVT64FTO32;
    Op to64 = is32 ? Op.CVT32FTO64 : Op.CVT64FTO64;
    if (to.size() == 8) {
      return to.isSigned() ? s.value(to64, to, v) : floatToUint64(n, v, from, to, to64);
    }
    if (to.size() == 4) {
      return to.isSigned()
          ? s.value(to32, to, v)
          : s.value(Op.TRUNC64TO32, to, s.value(to64, s.types.int64, v));
    }
    return s.value(Operations.convert(s.types.int32, to), to, s.value(to32, s.types.int32, v));
  }

  /** Of a number that is negative as a signed one, converts half and doubles the result. */
  private Value uint64ToFloat(Object n, Value x, SType from, SType to, Op convert) {
    Value cmp = s.value(Op.LEQ64, s.types.bool, s.stores.zeroVal(from), x);
    Block b = s.endBlock();
    b.kind = BlockKind.IF;
    b.setControl(cmp);
    b.likely = 1;
    Block then = s.newBlock();
    Block otherwise = s.newBlock();
    Block after = s.newBlock();

    b.addEdgeTo(then);
    s.startBlock(then);
    s.vars.put(n, s.value(convert, to, x));
    s.jump(after);

    b.addEdgeTo(otherwise);
    s.startBlock(otherwise);
    Value one = s.f.constInt64(from, 1);
    Value y = s.value(Op.AND64, from, x, one);
    Value z = s.value(Op.RSH64UX64, from, x, one);
    z = s.value(Op.OR64, from, z, y);
    Value a = s.value(convert, to, z);
    s.vars.put(n, s.value(to.size() == 4 ? Op.ADD32F : Op.ADD64F, to, a, a));
    s.jump(after);

    s.startBlock(after);
    return s.variable(n, to);
  }

  /** Numbers below 2^63 as signed ones; of larger ones subtracts 2^63. */
  private Value floatToUint64(Object n, Value x, SType from, SType to, Op convert) {
    boolean is32 = from.size() == 4;
    Value cutoff = s.constFloat(from, 0x1p63);
    Value cmp = s.value(is32 ? Op.LESS32F : Op.LESS64F, s.types.bool, x, cutoff);
    Block b = s.endBlock();
    b.kind = BlockKind.IF;
    b.setControl(cmp);
    b.likely = 1;
    Block then = s.newBlock();
    Block otherwise = s.newBlock();
    Block after = s.newBlock();

    b.addEdgeTo(then);
    s.startBlock(then);
    s.vars.put(n, s.value(convert, to, x));
    s.jump(after);

    b.addEdgeTo(otherwise);
    s.startBlock(otherwise);
    Value y = s.value(is32 ? Op.SUB32F : Op.SUB64F, from, x, cutoff);
    y = s.value(convert, to, y);
    Value z = s.f.constInt64(to, Long.MIN_VALUE);
    s.vars.put(n, s.value(Op.OR64, to, y, z));
    s.jump(after);

    s.startBlock(after);
    return s.variable(n, to);
  }
}
