package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import org.jspecify.annotations.Nullable;

/** Relations of two values, as bits: which of less, equal and greater may hold. */
final class Relations {
  static final int LT = 1;
  static final int EQ = 2;
  static final int GT = 4;
  static final int LE = LT | EQ;
  static final int GE = GT | EQ;
  static final int NE = LT | GT;
  static final int ALL = LT | EQ | GT;

  // What is compared, as bits.
  static final int SIGNED = 1;
  static final int UNSIGNED = 2;
  static final int POINTER = 4;
  static final int BOOLEAN = 8;

  private Relations() {}

  /** The relation with the values exchanged. */
  static int reverse(int r) {
    return (r & EQ) | ((r & LT) != 0 ? GT : 0) | ((r & GT) != 0 ? LT : 0);
  }

  /** What a comparison compares, or 0 if the operation is none. */
  static int domain(Op op) {
    return switch (op) {
      case EQ8, EQ16, EQ32, EQ64, NEQ8, NEQ16, NEQ32, NEQ64 -> SIGNED | UNSIGNED;
      case EQ_PTR, NEQ_PTR -> POINTER;
      case EQ_B, NEQ_B -> BOOLEAN;
      case LESS8, LESS16, LESS32, LESS64, LEQ8, LEQ16, LEQ32, LEQ64 -> SIGNED;
      case LESS8U, LESS16U, LESS32U, LESS64U, LEQ8U, LEQ16U, LEQ32U, LEQ64U -> UNSIGNED;
      default -> 0;
    };
  }

  /** The relation that a comparison asks for. */
  static int relation(Op op) {
    return switch (op) {
      case EQ8, EQ16, EQ32, EQ64, EQ_PTR, EQ_B -> EQ;
      case NEQ8, NEQ16, NEQ32, NEQ64, NEQ_PTR, NEQ_B -> NE;
      case LESS8, LESS16, LESS32, LESS64, LESS8U, LESS16U, LESS32U, LESS64U -> LT;
      case LEQ8, LEQ16, LEQ32, LEQ64, LEQ8U, LEQ16U, LEQ32U, LEQ64U -> LE;
      default -> 0;
    };
  }

  /**
   * A value that is another one plus a constant.
   *
   * @param base the other one
   */
  record Delta(Value base, long delta) {}

  /** Takes {@code v} apart, or gives null. */
  static @Nullable Delta delta(Value v) {
    return switch (v.op) {
      case ADD8, ADD16, ADD32, ADD64 -> {
        if (v.arg(0).isIntConst()) {
          yield new Delta(v.arg(1), v.arg(0).auxInt);
        }
        yield v.arg(1).isIntConst() ? new Delta(v.arg(0), v.arg(1).auxInt) : null;
      }
      case SUB8, SUB16, SUB32, SUB64 -> {
        Value c = v.arg(1);
        yield c.isIntConst() && c.auxInt != -c.auxInt ? new Delta(v.arg(0), -c.auxInt) : null;
      }
      default -> null;
    };
  }

  /** Whether {@code v} is an extension that keeps the number. */
  static boolean isCleanExtension(Value v) {
    return switch (v.op) {
      case SIGN_EXT8TO16,
          SIGN_EXT8TO32,
          SIGN_EXT8TO64,
          SIGN_EXT16TO32,
          SIGN_EXT16TO64,
          SIGN_EXT32TO64 ->
          v.arg(0).type.isSigned() && v.type.isSigned();
      case ZERO_EXT8TO16,
          ZERO_EXT8TO32,
          ZERO_EXT8TO64,
          ZERO_EXT16TO32,
          ZERO_EXT16TO64,
          ZERO_EXT32TO64 ->
          !v.arg(0).type.isSigned();
      default -> false;
    };
  }
}
