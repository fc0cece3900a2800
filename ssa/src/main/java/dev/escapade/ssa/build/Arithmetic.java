package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;

/** Operators on numbers. */
final class Arithmetic {
  private final State s;

  Arithmetic(State s) {
    this.s = s;
  }

  /** Compares two values of type {@code t}. */
  Value compare(dev.escapade.ir.Op op, SType t, Value a, Value b) {
    SType bool = s.types.bool;
    if (t.isComplex()) {
      SType part = s.types.floatForComplex(t);
      Op eq = s.op(dev.escapade.ir.Op.EQ, part);
      Value r =
          s.value(eq, bool, s.value(Op.COMPLEX_REAL, part, a), s.value(Op.COMPLEX_REAL, part, b));
      Value i =
          s.value(eq, bool, s.value(Op.COMPLEX_IMAG, part, a), s.value(Op.COMPLEX_IMAG, part, b));
      Value c = s.value(Op.AND_B, bool, r, i);
      return op == dev.escapade.ir.Op.EQ ? c : s.value(Op.NOT, bool, c);
    }
    return switch (op) {
      case GE -> s.value(s.op(dev.escapade.ir.Op.LE, t), bool, b, a);
      case GT -> s.value(s.op(dev.escapade.ir.Op.LT, t), bool, b, a);
      default -> s.value(s.op(op, t), bool, a, b);
    };
  }

  /** An operator other than a comparison whose result has type {@code t}. */
  Value binary(dev.escapade.ir.Op op, SType t, Value a, Value b) {
    if (t.isComplex()) {
      return switch (op) {
        case MUL -> multiplyComplex(t, a, b);
        case DIV -> divideComplex(t, a, b);
        default -> addComplex(op, t, a, b);
      };
    }
    return switch (op) {
      case DIV, MOD -> t.isFloat() ? s.value(s.op(op, t), a.type, a, b) : divide(op, t, a, b);
      case ANDNOT -> {
        Value not = s.value(s.op(dev.escapade.ir.Op.BITNOT, b.type), b.type, b);
        yield s.value(s.op(dev.escapade.ir.Op.AND, t), a.type, a, not);
      }
      case LSH, RSH -> shift(op, t, a, b);
      default -> s.value(s.op(op, t), a.type, a, b);
    };
  }

  private Value shift(dev.escapade.ir.Op op, SType t, Value a, Value count) {
    SType ct = count.type;
    if (ct.isSigned()) {
      Value zero = s.stores.zeroVal(ct);
      Value cmp = s.value(s.op(dev.escapade.ir.Op.LE, ct), s.types.bool, zero, count);
      s.bounds.checkOrPanic(cmp, RuntimeSyms.PANICSHIFT);
      ct = s.types.toUnsigned(ct);
    }
    return s.value(Operations.shift(op, t, ct), a.type, a, count);
  }

  private Value divide(dev.escapade.ir.Op op, SType t, Value a, Value b) {
    if (!(b.isIntConst() && b.auxInt != 0)) {
      Value zero = s.stores.zeroVal(t);
      Value cmp = s.value(s.op(dev.escapade.ir.Op.NE, t), s.types.bool, b, zero);
      s.bounds.checkOrPanic(cmp, RuntimeSyms.PANICDIVIDE);
    }
    return s.value(s.op(op, t), a.type, a, b);
  }

  /** {@code -a}. */
  Value negate(SType t, Value a) {
    if (!t.isComplex()) {
      return s.value(s.op(dev.escapade.ir.Op.NEG, t), a.type, a);
    }
    SType part = s.types.floatForComplex(t);
    Op neg = s.op(dev.escapade.ir.Op.NEG, part);
    return s.value(
        Op.COMPLEX_MAKE,
        t,
        s.value(neg, part, s.value(Op.COMPLEX_REAL, part, a)),
        s.value(neg, part, s.value(Op.COMPLEX_IMAG, part, a)));
  }

  private Value addComplex(dev.escapade.ir.Op op, SType t, Value a, Value b) {
    SType part = s.types.floatForComplex(t);
    Op o = s.op(op, part);
    return s.value(
        Op.COMPLEX_MAKE,
        t,
        s.value(o, part, s.value(Op.COMPLEX_REAL, part, a), s.value(Op.COMPLEX_REAL, part, b)),
        s.value(o, part, s.value(Op.COMPLEX_IMAG, part, a), s.value(Op.COMPLEX_IMAG, part, b)));
  }

  /** The four parts of two complex numbers: computed in float64, so that less cancels out. */
  private record Parts(Value aReal, Value bReal, Value aImag, Value bImag) {}

  private Parts parts(SType part, Value a, Value b) {
    Value aReal = s.value(Op.COMPLEX_REAL, part, a);
    Value bReal = s.value(Op.COMPLEX_REAL, part, b);
    Value aImag = s.value(Op.COMPLEX_IMAG, part, a);
    Value bImag = s.value(Op.COMPLEX_IMAG, part, b);
    if (part.size() == 8) {
      return new Parts(aReal, bReal, aImag, bImag);
    }
    return new Parts(widen(aReal), widen(bReal), widen(aImag), widen(bImag));
  }

  private Value widen(Value v) {
    return s.value(Op.CVT32FTO64F, s.types.float64, v);
  }

  private Value make(SType t, SType part, Value real, Value imag) {
    if (part.size() == 8) {
      return s.value(Op.COMPLEX_MAKE, t, real, imag);
    }
    Value r = s.value(Op.CVT64FTO32F, part, real);
    Value i = s.value(Op.CVT64FTO32F, part, imag);
    return s.value(Op.COMPLEX_MAKE, t, r, i);
  }

  private Value wide(Op op, Value a, Value b) {
    return s.value(op, s.types.float64, a, b);
  }

  private Value multiplyComplex(SType t, Value a, Value b) {
    SType part = s.types.floatForComplex(t);
    Parts p = parts(part, a, b);
    Value real =
        wide(Op.SUB64F, wide(Op.MUL64F, p.aReal, p.bReal), wide(Op.MUL64F, p.aImag, p.bImag));
    Value imag =
        wide(Op.ADD64F, wide(Op.MUL64F, p.aReal, p.bImag), wide(Op.MUL64F, p.aImag, p.bReal));
    return make(t, part, real, imag);
  }

  private Value divideComplex(SType t, Value a, Value b) {
    SType part = s.types.floatForComplex(t);
    Parts p = parts(part, a, b);
    Value denominator =
        wide(Op.ADD64F, wide(Op.MUL64F, p.bReal, p.bReal), wide(Op.MUL64F, p.bImag, p.bImag));
    Value real =
        wide(Op.ADD64F, wide(Op.MUL64F, p.aReal, p.bReal), wide(Op.MUL64F, p.aImag, p.bImag));
    Value imag =
        wide(Op.SUB64F, wide(Op.MUL64F, p.aImag, p.bReal), wide(Op.MUL64F, p.aReal, p.bImag));
    real = wide(Op.DIV64F, real, denominator);
    imag = wide(Op.DIV64F, imag, denominator);
    return make(t, part, real, imag);
  }
}
