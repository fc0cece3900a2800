package dev.escapade.bounds;

import dev.escapade.decisions.Decision;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pass over one function and the closures in it. */
public final class BoundsChecks implements Predicate<Node> {
  private final Unit unit;
  private final TypeFacts types;

  private BoundsChecks(Unit unit) {
    this.unit = unit;
    types = unit.types();
  }

  /** Marks the index expressions of {@code fn} that need no check, and reports them. */
  public static void mark(Unit unit, Func fn) {
    fn.doChildren(new BoundsChecks(unit));
  }

  /** Index expressions whose indexes are computed beforehand, so that only their types count. */
  private final Set<IndexExpr> computedBefore = Collections.newSetFromMap(new IdentityHashMap<>());

  @Override
  public boolean test(Node n) {
    if (n instanceof CallExpr call && call.op() == Op.APPEND) {
      for (Node arg : call.args) {
        if (arg instanceof IndexExpr index && !(index.index instanceof Name)) {
          computedBefore.add(index);
        }
      }
    }
    n.doChildren(this);
    if (n instanceof ClosureExpr closure && closure.func.isClosure()) {
      closure.func.doChildren(this);
    }
    if (n instanceof IndexExpr index && index.op() == Op.INDEX && !index.isBounded()) {
      long length = knownLength(index.x);
      if (length >= 0 && isBelow(index.index, length, !computedBefore.contains(index))) {
        index.setBounded(true);
        if (!(index.index instanceof BasicLit) && unit.log().isEnabled()) {
          unit.log().add(new Decision.BoundsCheckElided(unit.pos(index)));
        }
      }
    }
    return false;
  }

  /** The length of an array, of what a pointer to an array points to, of a constant; or -1. */
  private static long knownLength(Node n) {
    Type t = Unit.typeOf(n).underlying();
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    if (t instanceof Array a) {
      return a.len();
    }
    return n instanceof BasicLit lit && lit.value.kind() == Constant.Kind.STRING
        ? Constants.stringVal(lit.value).getBytes(StandardCharsets.ISO_8859_1).length
        : -1;
  }

  /**
   * Reports whether an integer cannot be less than 0 nor {@code max} or more.
   *
   * @param lookInside whether the operation counts, not only the type
   */
  private boolean isBelow(Node n, long max, boolean lookInside) {
    Type t = Unit.typeOf(n);
    if (!(t.underlying() instanceof Basic basic) || !basic.is(Basic.IS_INTEGER)) {
      return false;
    }
    if (ConstantInts.isSmall(n)) {
      long v = ConstantInts.value(n);
      return 0 <= v && v < max;
    }
    boolean signed = !basic.is(Basic.IS_UNSIGNED);
    int bits = (int) (8 * types.sizeBytes(t));
    if (lookInside && n instanceof BinaryExpr b) {
      switch (b.op()) {
        case AND, ANDNOT -> {
          long mask = mask(b, signed, bits);
          if (0 <= mask && mask < max) {
            return true;
          }
        }
        case MOD -> {
          long v = divisor(b.y, signed);
          if (0 <= v && v <= max) {
            return true;
          }
        }
        case DIV -> {
          for (long v = divisor(b.y, signed); bits > 0 && v >= 2; v >>= 1) {
            bits--;
          }
        }
        case RSH -> {
          long v = divisor(b.y, signed);
          if (v > bits) {
            return true;
          }
          bits -= (int) Math.max(v, 0);
        }
        default -> {}
      }
    }
    return !signed && bits <= 62 && 1L << Math.max(bits, 0) <= max;
  }

  /** The constant operand of an unsigned operation, or -1. */
  private static long divisor(@Nullable Node n, boolean signed) {
    return !signed && ConstantInts.isSmall(n) ? ConstantInts.value(n) : -1;
  }

  /** The greatest value that a mask lets through, or -1. */
  private static long mask(BinaryExpr n, boolean signed, int bits) {
    if (ConstantInts.isSmall(n.x)) {
      return ConstantInts.value(n.x);
    }
    if (!ConstantInts.isSmall(n.y)) {
      return -1;
    }
    long v = ConstantInts.value(n.y);
    if (n.op() == Op.AND) {
      return v;
    }
    long inverse = ~v;
    return signed || bits >= 64 ? inverse : inverse & ((1L << bits) - 1);
  }
}
