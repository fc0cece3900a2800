package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.function.Predicate;

/** Applies rules to all values until none applies. */
public final class Rewriter {
  private static final int MIN_ROUNDS = 1000;

  private Rewriter() {}

  /**
   * Rewrites a function.
   *
   * @param value rewrites a value, and says whether it did
   * @param block rewrites how a block ends, and says whether it did
   * @param removeDead whether values that nothing uses are dropped
   */
  public static void apply(
      Func f, Predicate<Value> value, Predicate<Block> block, boolean removeDead) {
    int rounds = 0;
    while (round(f, value, block, removeDead)) {
      if (++rounds > MIN_ROUNDS + 10 * f.numBlocks()) {
        throw new IllegalStateException("rules never end on " + f.name);
      }
    }
    for (Block b : f.blocks) {
      int n = 0;
      for (int i = 0; i < b.values.size(); i++) {
        Value v = b.values.get(i);
        if (v.op == Op.INVALID) {
          f.freeValue(v);
        } else {
          b.values.set(n++, v);
        }
      }
      b.values.subList(n, b.values.size()).clear();
    }
  }

  private static boolean round(
      Func f, Predicate<Value> value, Predicate<Block> block, boolean removeDead) {
    boolean changed = false;
    for (int bi = 0; bi < f.blocks.size(); bi++) {
      Block b = f.blocks.get(bi);
      for (int i = 0; i < b.numControls(); i++) {
        while (b.control(i).op == Op.COPY) {
          b.replaceControl(i, b.control(i).arg(0));
        }
      }
      changed |= block.test(b);
      for (int i = 0, n = b.values.size(); i < n; i++) {
        Value v = b.values.get(i);
        if (v.uses == 0 && v.isRemovable()) {
          if (v.op != Op.INVALID && removeDead) {
            v.reset(Op.INVALID);
            changed = true;
          }
          continue;
        }
        changed |= Block.phielim(v);
        changed |= dropCopies(v);
        changed |= value.test(v);
      }
    }
    return changed;
  }

  private static boolean dropCopies(Value v) {
    boolean changed = false;
    for (int i = 0; i < v.numArgs(); i++) {
      Value a = v.arg(i);
      if (a.op != Op.COPY) {
        continue;
      }
      v.setArg(i, a.copied());
      changed = true;
      while (a.uses == 0) {
        Value next = a.arg(0);
        a.reset(Op.INVALID);
        a = next;
        if (a.op != Op.COPY) {
          break;
        }
      }
    }
    return changed;
  }
}
