package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Kind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;

/** Which operation of the machine an operator is for values of a type. */
final class Operations {
  /** Tables by the logarithm of the size of the operands. */
  private static final Op[] ADD = {Op.ADD8, Op.ADD16, Op.ADD32, Op.ADD64};

  private static final Op[] SUB = {Op.SUB8, Op.SUB16, Op.SUB32, Op.SUB64};
  private static final Op[] NEG = {Op.NEG8, Op.NEG16, Op.NEG32, Op.NEG64};
  private static final Op[] COM = {Op.COM8, Op.COM16, Op.COM32, Op.COM64};
  private static final Op[] MUL = {Op.MUL8, Op.MUL16, Op.MUL32, Op.MUL64};
  private static final Op[] DIV = {Op.DIV8, Op.DIV16, Op.DIV32, Op.DIV64};
  private static final Op[] DIV_U = {Op.DIV8U, Op.DIV16U, Op.DIV32U, Op.DIV64U};
  private static final Op[] MOD = {Op.MOD8, Op.MOD16, Op.MOD32, Op.MOD64};
  private static final Op[] MOD_U = {Op.MOD8U, Op.MOD16U, Op.MOD32U, Op.MOD64U};
  private static final Op[] AND = {Op.AND8, Op.AND16, Op.AND32, Op.AND64};
  private static final Op[] OR = {Op.OR8, Op.OR16, Op.OR32, Op.OR64};
  private static final Op[] XOR = {Op.XOR8, Op.XOR16, Op.XOR32, Op.XOR64};
  private static final Op[] EQ = {Op.EQ8, Op.EQ16, Op.EQ32, Op.EQ64};
  private static final Op[] NEQ = {Op.NEQ8, Op.NEQ16, Op.NEQ32, Op.NEQ64};
  private static final Op[] LESS = {Op.LESS8, Op.LESS16, Op.LESS32, Op.LESS64};
  private static final Op[] LESS_U = {Op.LESS8U, Op.LESS16U, Op.LESS32U, Op.LESS64U};
  private static final Op[] LEQ = {Op.LEQ8, Op.LEQ16, Op.LEQ32, Op.LEQ64};
  private static final Op[] LEQ_U = {Op.LEQ8U, Op.LEQ16U, Op.LEQ32U, Op.LEQ64U};
  private static final Op[][] LSH = {
    {Op.LSH8X8, Op.LSH8X16, Op.LSH8X32, Op.LSH8X64},
    {Op.LSH16X8, Op.LSH16X16, Op.LSH16X32, Op.LSH16X64},
    {Op.LSH32X8, Op.LSH32X16, Op.LSH32X32, Op.LSH32X64},
    {Op.LSH64X8, Op.LSH64X16, Op.LSH64X32, Op.LSH64X64}
  };
  private static final Op[][] RSH = {
    {Op.RSH8X8, Op.RSH8X16, Op.RSH8X32, Op.RSH8X64},
    {Op.RSH16X8, Op.RSH16X16, Op.RSH16X32, Op.RSH16X64},
    {Op.RSH32X8, Op.RSH32X16, Op.RSH32X32, Op.RSH32X64},
    {Op.RSH64X8, Op.RSH64X16, Op.RSH64X32, Op.RSH64X64}
  };
  private static final Op[][] RSH_U = {
    {Op.RSH8UX8, Op.RSH8UX16, Op.RSH8UX32, Op.RSH8UX64},
    {Op.RSH16UX8, Op.RSH16UX16, Op.RSH16UX32, Op.RSH16UX64},
    {Op.RSH32UX8, Op.RSH32UX16, Op.RSH32UX32, Op.RSH32UX64},
    {Op.RSH64UX8, Op.RSH64UX16, Op.RSH64UX32, Op.RSH64UX64}
  };
  private static final Op[][] SIGNED = {
    {Op.COPY, Op.SIGN_EXT8TO16, Op.SIGN_EXT8TO32, Op.SIGN_EXT8TO64},
    {Op.TRUNC16TO8, Op.COPY, Op.SIGN_EXT16TO32, Op.SIGN_EXT16TO64},
    {Op.TRUNC32TO8, Op.TRUNC32TO16, Op.COPY, Op.SIGN_EXT32TO64},
    {Op.TRUNC64TO8, Op.TRUNC64TO16, Op.TRUNC64TO32, Op.COPY}
  };
  private static final Op[][] UNSIGNED = {
    {Op.COPY, Op.ZERO_EXT8TO16, Op.ZERO_EXT8TO32, Op.ZERO_EXT8TO64},
    {Op.TRUNC16TO8, Op.COPY, Op.ZERO_EXT16TO32, Op.ZERO_EXT16TO64},
    {Op.TRUNC32TO8, Op.TRUNC32TO16, Op.COPY, Op.ZERO_EXT32TO64},
    {Op.TRUNC64TO8, Op.TRUNC64TO16, Op.TRUNC64TO32, Op.COPY}
  };

  private Operations() {}

  /** The logarithm of the size of an integer. */
  private static int log(SType t) {
    return Long.numberOfTrailingZeros(t.size());
  }

  /**
   * The operation for operands of type {@code t}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Op of(dev.escapade.ir.Op op, SType t) {
    Kind k = t.kind();
    if (k.isInteger()) {
      return ofIntegers(op, log(t), k.isUnsigned(), t);
    }
    if (k.isFloat()) {
      return ofFloats(op, t.size() == 4, t);
    }
    return switch (op) {
      case NOT -> Op.NOT;
      case IMAG -> Op.COMPLEX_IMAG;
      case REAL -> Op.COMPLEX_REAL;
      case EQ -> equal(t);
      case NE -> unequal(t);
      default -> throw none(op, t);
    };
  }

  private static IllegalArgumentException none(dev.escapade.ir.Op op, SType t) {
    return new IllegalArgumentException(op.name() + " of " + t);
  }

  private static Op ofIntegers(dev.escapade.ir.Op op, int log, boolean unsigned, SType t) {
    return switch (op) {
      case ADD -> ADD[log];
      case SUB -> SUB[log];
      case NEG -> NEG[log];
      case BITNOT -> COM[log];
      case MUL -> MUL[log];
      case DIV -> (unsigned ? DIV_U : DIV)[log];
      case MOD -> (unsigned ? MOD_U : MOD)[log];
      case AND -> AND[log];
      case OR -> OR[log];
      case XOR -> XOR[log];
      case EQ -> EQ[log];
      case NE -> NEQ[log];
      case LT -> (unsigned ? LESS_U : LESS)[log];
      case LE -> (unsigned ? LEQ_U : LEQ)[log];
      default -> throw none(op, t);
    };
  }

  private static Op ofFloats(dev.escapade.ir.Op op, boolean is32, SType t) {
    return switch (op) {
      case ADD -> is32 ? Op.ADD32F : Op.ADD64F;
      case SUB -> is32 ? Op.SUB32F : Op.SUB64F;
      case NEG -> is32 ? Op.NEG32F : Op.NEG64F;
      case MUL -> is32 ? Op.MUL32F : Op.MUL64F;
      case DIV -> is32 ? Op.DIV32F : Op.DIV64F;
      case EQ -> is32 ? Op.EQ32F : Op.EQ64F;
      case NE -> is32 ? Op.NEQ32F : Op.NEQ64F;
      case LT -> is32 ? Op.LESS32F : Op.LESS64F;
      case LE -> is32 ? Op.LEQ32F : Op.LEQ64F;
      default -> throw none(op, t);
    };
  }

  private static Op equal(SType t) {
    return switch (t.kind()) {
      case BOOL -> Op.EQ_B;
      case INTER -> Op.EQ_INTER;
      case SLICE -> Op.EQ_SLICE;
      case FUNC, MAP, CHAN, PTR, UNSAFEPTR -> Op.EQ_PTR;
      default -> throw none(dev.escapade.ir.Op.EQ, t);
    };
  }

  private static Op unequal(SType t) {
    return switch (t.kind()) {
      case BOOL -> Op.NEQ_B;
      case INTER -> Op.NEQ_INTER;
      case SLICE -> Op.NEQ_SLICE;
      case FUNC, MAP, CHAN, PTR, UNSAFEPTR -> Op.NEQ_PTR;
      default -> throw none(dev.escapade.ir.Op.NE, t);
    };
  }

  /** The operation that shifts a {@code t} by a {@code count}, which has no sign. */
  static Op shift(dev.escapade.ir.Op op, SType t, SType count) {
    Op[][] table = op == dev.escapade.ir.Op.LSH ? LSH : t.isSigned() ? RSH : RSH_U;
    return table[log(t)][log(count)];
  }

  /** The operation that makes a {@code to} of a {@code from}, both integers. */
  static Op convert(SType from, SType to) {
    return (from.isSigned() ? SIGNED : UNSIGNED)[log(from)][log(to)];
  }
}
