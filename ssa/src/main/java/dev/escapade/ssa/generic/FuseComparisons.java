package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;

/**
 * Joins two branches on comparisons that rules can then make one comparison: {@code if a { if b
 * {…}}} becomes {@code if a & b {…}}.
 */
final class FuseComparisons {
  /** Whether comparisons of a block and of its predecessor, joined by an operation, become one. */
  private interface Test {
    boolean test(Value x, Value y, Op join);
  }

  private FuseComparisons() {}

  /** {@code 1 <= x && x < 5}. */
  static boolean intInRange(Block b) {
    return join(b, FuseComparisons::isRange);
  }

  /** {@code x != x || x > 1.0}. */
  static boolean nanCheck(Block b) {
    return join(b, FuseComparisons::isNanCheck);
  }

  /** {@code x == 4 || x == 6}. */
  static boolean singleBitDifference(Block b) {
    return join(b, FuseComparisons::differsByOneBit);
  }

  private static boolean join(Block b, Test test) {
    if (b.numPreds() != 1) {
      return false;
    }
    Block p = b.pred(0);
    if (b.kind != BlockKind.IF || p.kind != BlockKind.IF) {
      return false;
    }
    if ((p.likely == Block.LIKELY && p.succ(0) != b)
        || (p.likely == Block.UNLIKELY && p.succ(1) != b)) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      if (p.succ(i) != b.succ(i)) {
        continue;
      }
      Op op = i == 0 ? Op.OR_B : Op.AND_B;
      Value bc = b.control(0);
      Value pc = p.control(0);
      if (!test.test(bc, pc, op) || !BranchElim.canSpeculativelyExecute(b)) {
        return false;
      }
      Value v = b.newValue(bc.pos, bc.inl, op, bc.type, pc, bc);
      b.setControl(v);
      p.removeEdge(i);
      p.kind = BlockKind.PLAIN;
      p.likely = 0;
      p.resetControls();
      return true;
    }
    return false;
  }

  private static int constantArg(Value v) {
    for (int i = 0; i < v.numArgs(); i++) {
      if (v.arg(i).isIntConst()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSignedInequality(Value v) {
    return switch (v.op) {
      case LESS64, LESS32, LESS16, LESS8, LEQ64, LEQ32, LEQ16, LEQ8 -> true;
      default -> false;
    };
  }

  private static boolean isUnsignedInequality(Value v) {
    return switch (v.op) {
      case LESS64U, LESS32U, LESS16U, LESS8U, LEQ64U, LEQ32U, LEQ16U, LEQ8U -> true;
      default -> false;
    };
  }

  private static boolean isRange(Value x, Value y, Op join) {
    boolean signed = isSignedInequality(x) && isSignedInequality(y);
    if (!signed && !(isUnsignedInequality(x) && isUnsignedInequality(y))) {
      return false;
    }
    return compareSameWithConstants(x, y);
  }

  private static boolean compareSameWithConstants(Value x, Value y) {
    int xi = constantArg(x);
    int yi = constantArg(y);
    return xi >= 0 && yi >= 0 && x.arg(xi ^ 1) == y.arg(yi ^ 1);
  }

  private static boolean differsByOneBit(Value x, Value y, Op join) {
    if (x.op != y.op) {
      return false;
    }
    Op wanted =
        switch (x.op) {
          case EQ64, EQ32, EQ16, EQ8 -> Op.OR_B;
          case NEQ64, NEQ32, NEQ16, NEQ8 -> Op.AND_B;
          default -> Op.INVALID;
        };
    return join == wanted
        && compareSameWithConstants(x, y)
        && Long.bitCount(x.arg(constantArg(x)).auxInt ^ y.arg(constantArg(y)).auxInt) == 1;
  }

  private static boolean isNanCheck(Value first, Value second, Op join) {
    if (join != Op.OR_B) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      Value x = i == 0 ? first : second;
      Value y = i == 0 ? second : first;
      if (x.numArgs() != 2 || x.arg(0) != x.arg(1)) {
        continue;
      }
      if (x.op == Op.NEQ64F) {
        if (y.op != Op.LESS64F && y.op != Op.LEQ64F) {
          return false;
        }
        return comparesWithConstant(y, x.arg(0), Op.CONST64F, Op.ABS, Op.NEG64F);
      }
      if (x.op == Op.NEQ32F) {
        if (y.op != Op.LESS32F && y.op != Op.LEQ32F) {
          return false;
        }
        return comparesWithConstant(y, x.arg(0), Op.CONST32F, Op.NEG32F, Op.NEG32F);
      }
    }
    return false;
  }

  private static boolean comparesWithConstant(
      Value y, Value v, Op constant, Op wrapped, Op negated) {
    for (int j = 0; j < 2; j++) {
      Value other = y.arg(j ^ 1);
      if (y.arg(j).op == constant) {
        return other == v || ((other.op == wrapped || other.op == negated) && other.arg(0) == v);
      }
    }
    return false;
  }
}
