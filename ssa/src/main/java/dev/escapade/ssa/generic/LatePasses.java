package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * What of the passes after the report of bounds checks decides which checks of nil, and which
 * copies of memory, are left. The instructions of the machine are not chosen: where a choice
 * matters here, it is told from operations (see {@link LateNilChecks}).
 */
public final class LatePasses {
  /** Copies of fewer bytes are not reported. */
  private static final int LARGE_COPY = 128;

  /** Larger ones are done by an instruction that repeats words; the rest is moved before. */
  private static final int REPEATED_MOVE = 1408;

  private LatePasses() {}

  /**
   * Runs after {@link Passes#run(Func, Consumer)}.
   *
   * @param checks is told of each check of nil for which there is an instruction
   * @param copies is told of each large copy, with the number of bytes
   */
  public static void run(Func f, Consumer<Value> checks, ObjLongConsumer<Value> copies) {
    boolean optimize = f.config.optimize;
    if (optimize) {
      DeadStores.run(f);
    }
    WriteBarrier.run(f);
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.MOVE && v.auxInt >= LARGE_COPY) {
          copies.accept(v, v.auxInt > REPEATED_MOVE ? v.auxInt & -8 : v.auxInt);
        }
      }
    }
    if (!optimize) {
      allChecks(f, checks);
      return;
    }
    DeadCode.run(f);
    fold(f);
    MergedLoads.mark(f);
    Cse.run(f);
    DeadAutos.run(f);
    DeadCode.run(f);
    Tighten.run(f);
    LateNilChecks.run(f, checks);
  }

  private static void allChecks(Func f, Consumer<Value> checks) {
    DeadCode.run(f);
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.NIL_CHECK) {
          checks.accept(v);
        }
      }
    }
  }

  /** Does what instructions do that a value becomes part of. */
  private static void fold(Func f) {
    SType pointer = f.config.types.unsafePtr;
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.OFF_PTR) {
          v.type = pointer; // an offset has no type
        } else if (v.op == Op.LOAD) {
          moveBits(v);
        }
      }
    }
  }

  /** A float loaded from where an integer was stored, or the other way round, is moved. */
  private static void moveBits(Value v) {
    Value store = v.arg(1);
    if (store.op != Op.STORE || !Pointers.isSame(v.arg(0), store.arg(0))) {
      return;
    }
    Value x = store.arg(1);
    long size = v.type.size();
    boolean bits =
        (v.type.isFloat() && x.type.isInteger()) || (v.type.isInteger() && x.type.isFloat());
    if (bits && size == x.type.size() && size >= 4) {
      v.reset(Op.CVT64TO64F); // stands for the move between registers
      v.addArg(x);
    }
  }
}
