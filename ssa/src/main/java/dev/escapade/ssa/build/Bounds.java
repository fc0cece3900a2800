package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds checks, slicing, and other checks that may panic. */
final class Bounds {
  /** A panic that several checks on one line share. */
  private record Panic(Sym function, int inl, String file, int line) {}

  /** The parts of a slice or string that was made by slicing; a string has no capacity. */
  record Sliced(Value ptr, Value len, Value cap) {}

  private final State s;
  private final Map<Panic, Block> panics = new HashMap<>();

  Bounds(State s) {
    this.s = s;
  }

  /** The index as an int, checked against {@code len} unless it is {@code bounded}. */
  Value check(Value index, Value len, BoundsKind signedKind, boolean bounded) {
    Value i = extend(index);
    if (bounded || s.unit.hasNoBoundsChecks()) {
      return i;
    }
    Block next = s.newBlock();
    Block panic = s.f.newBlock(BlockKind.EXIT);
    BoundsKind kind = i.type.isSigned() ? signedKind : signedKind.unsigned();
    Op op = kind.isIndex() ? Op.IS_IN_BOUNDS : Op.IS_SLICE_IN_BOUNDS;
    Value cmp = s.value(op, s.types.bool, i, len);
    s.branch(cmp, Block.LIKELY, next, panic);

    s.startBlock(panic);
    Value mem = s.valueI(Op.PANIC_BOUNDS, SType.MEM, kind.number(), i, len, s.mem());
    s.endBlock().setControl(mem);
    s.startBlock(next);
    return i;
  }

  private Value extend(Value index) {
    if (index.type.size() == s.types.ptrSize()) {
      return index;
    }
    SType word = index.type.isSigned() ? s.types.int64 : s.types.uint64;
    return s.value(Operations.convert(index.type, word), s.types.integer, index);
  }

  /** Calls {@code function}, which panics, if {@code condition} is false. */
  void checkOrPanic(Value condition, Sym function) {
    Block b = s.endBlock();
    b.kind = BlockKind.IF;
    b.setControl(condition);
    b.likely = Block.LIKELY;
    Block next = s.newBlock();
    long line = s.peekLine();
    Panic key = s.unit.lineOf(line, (inl, file, row) -> new Panic(function, inl, file, row));
    Block panic = panics.get(key);
    if (panic == null) {
      panic = s.newBlock();
      panics.put(key, panic);
      s.startBlock(panic);
      s.calls.panicCall(function);
    }
    b.addEdgeTo(next);
    b.addEdgeTo(panic);
    s.startBlock(next);
  }

  /** Slices the slice, string or pointer to an array {@code v}. */
  Sliced slice(
      Value v, @Nullable Value low, @Nullable Value high, @Nullable Value max, boolean bounded) {
    SType t = v.type;
    SType integer = s.types.integer;
    Value ptr;
    Value len;
    Value cap;
    if (t.isSlice()) {
      ptr = s.value(Op.SLICE_PTR, t.elem().ptrTo(), v);
      len = s.value(Op.SLICE_LEN, integer, v);
      cap = s.value(Op.SLICE_CAP, integer, v);
    } else if (t.isString()) {
      ptr = s.value(Op.STRING_PTR, s.types.bytePtr, v);
      len = s.value(Op.STRING_LEN, integer, v);
      cap = len;
    } else {
      Value array = s.places.nilCheck(v);
      ptr = s.value(Op.COPY, t.elem().elem().ptrTo(), array);
      len = s.constInt(integer, t.elem().numElem());
      cap = len;
    }
    Value i = low == null ? s.constInt(integer, 0) : low;
    Value j = high == null ? len : high;
    Value k = max == null ? cap : max;
    if (max != null) {
      if (k != cap) {
        k = check(k, cap, t.isSlice() ? BoundsKind.SLICE3_CAP : BoundsKind.SLICE3_LEN, bounded);
      }
      if (j != k) {
        j = check(j, k, BoundsKind.SLICE3_HIGH, bounded);
      }
      i = check(i, j, BoundsKind.SLICE3_LOW, bounded);
    } else {
      if (j != k) {
        j = check(j, k, t.isSlice() ? BoundsKind.SLICE_CAP : BoundsKind.SLICE_LEN, bounded);
      }
      i = check(i, j, BoundsKind.SLICE_LOW, bounded);
    }
    return parts(t, ptr, i, j, k);
  }

  private Sliced parts(SType t, Value ptr, Value low, Value high, Value max) {
    SType integer = s.types.integer;
    Value len = s.value(Op.SUB64, integer, high, low);
    Value cap = len;
    if (high != max && !t.isString()) {
      cap = s.value(Op.SUB64, integer, max, low);
    }
    if (low.op == Op.CONST64 && low.auxInt == 0) {
      return new Sliced(ptr, len, cap);
    }
    // If nothing is left, the pointer must not move to what follows in memory.
    Value stride = s.constInt(integer, ptr.type.elem().size());
    Value delta = s.value(Op.MUL64, integer, low, stride);
    Value mask = s.value(Op.SLICEMASK, integer, cap);
    delta = s.value(Op.AND64, integer, delta, mask);
    return new Sliced(s.value(Op.ADD_PTR, ptr.type, ptr, delta), len, cap);
  }
}
