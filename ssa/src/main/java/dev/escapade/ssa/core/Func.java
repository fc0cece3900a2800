package dev.escapade.ssa.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One function in static single assignment form.
 *
 * <p>Values and blocks have dense numbers; those of freed ones are given out again, last freed
 * first, as the release does it, so that a dump of ours equals a dump of the compiler number for
 * number.
 */
public final class Func {
  // Keys in the table of constants of constants that are not numbers.
  private static final long SLICE_KEY = 1122334455;
  private static final long INTERFACE_KEY = 2233445566L;
  private static final long NIL_KEY = 3344556677L;
  private static final long EMPTY_STRING_KEY = 4455667788L;

  public final Config config;

  /** The name, without the package. */
  public final String name;

  /** The blocks that exist; the index is not the number. */
  public final ArrayList<Block> blocks = new ArrayList<>();

  /** Where the function begins; set by the builder. */
  public @Nullable Block entry;

  /** The call that describes the function's own parameters and results; set by the builder. */
  public @Nullable Object ownAux;

  /** The block that runs deferred calls and returns, if there is one already. */
  public @Nullable Block deferReturn;

  /** Whether the values of blocks are in their final order. */
  public boolean scheduled;

  /** Whether the blocks are in their final order. */
  public boolean laidOut;

  /** Whether a profile says that the function is hot. */
  public boolean pgoHot;

  /** Whether stores of pointers to the heap are told to the garbage collector. */
  public boolean useWriteBarrier = true;

  /** Whether the function is one of package runtime, which may write to new objects early. */
  public boolean inRuntime;

  /** Whether the function must not split the stack. */
  public boolean noSplit;

  /** Which values variables have had, if anybody wants to know. */
  public @Nullable NamedValues names;

  private int numValues;
  private int numBlocks;
  private final ArrayList<Integer> freeValues = new ArrayList<>();
  private final ArrayList<Integer> freeBlocks = new ArrayList<>();
  private final Map<Long, ArrayList<Value>> constants = new HashMap<>();
  private Block @Nullable [] postorder;
  private @Nullable Block @Nullable [] idom;
  private @Nullable DomTree domTree;
  private @Nullable LoopNest loopNest;

  public Func(Config config, String name) {
    this.config = config;
    this.name = name;
  }

  /** The block where the function begins. */
  public Block entry() {
    Block b = entry;
    if (b == null) {
      throw new IllegalStateException("no entry in " + name);
    }
    return b;
  }

  /** More than the number of any value. */
  public int numValues() {
    return numValues + 1;
  }

  /** More than the number of any block. */
  public int numBlocks() {
    return numBlocks + 1;
  }

  /** A new block at the end of the list. */
  public Block newBlock(BlockKind kind) {
    int id = freeBlocks.isEmpty() ? ++numBlocks : freeBlocks.removeLast();
    Block b = new Block(id, this, kind);
    blocks.add(b);
    invalidateCfg();
    return b;
  }

  /** Gives the number of a block that is not referred to any more back; the list is not changed. */
  public void freeBlock(Block b) {
    freeBlocks.add(b.id);
  }

  Value newValue(Block b, int pos, int inl, Op op, SType type) {
    Value v = newFloatingValue(pos, inl, op, type);
    v.block = b;
    b.values.add(v);
    return v;
  }

  /** A new value that is in no block yet. */
  public Value newFloatingValue(int pos, int inl, Op op, SType type) {
    int id = freeValues.isEmpty() ? ++numValues : freeValues.removeLast();
    Value v = new Value(id, op, type);
    v.pos = pos;
    v.inl = inl;
    return v;
  }

  /** A value with a given number, for readers of dumps. */
  public Value valueWithId(int id, Op op, SType type) {
    numValues = Math.max(numValues, id);
    return new Value(id, op, type);
  }

  /** A block with a given number at the end of the list, for readers of dumps. */
  public Block blockWithId(int id, BlockKind kind) {
    numBlocks = Math.max(numBlocks, id);
    Block b = new Block(id, this, kind);
    blocks.add(b);
    return b;
  }

  /** Says which numbers are free, for readers of dumps; the last is given out first. */
  public void setFreeIds(int maxValue, List<Integer> values, int maxBlock, List<Integer> blocks) {
    numValues = maxValue;
    numBlocks = maxBlock;
    freeValues.clear();
    freeValues.addAll(values);
    freeBlocks.clear();
    freeBlocks.addAll(blocks);
  }

  /** Enters a constant into the table, for readers of dumps. */
  public void cacheConstant(Value v, long key) {
    constants.computeIfAbsent(key, _ -> new ArrayList<>()).add(v);
    v.cached = true;
  }

  /** Gives the number of a value that nothing uses and that has no arguments back. */
  public void freeValue(Value v) {
    if (v.block == null || v.uses != 0 || v.numArgs() != 0) {
      throw new IllegalStateException("cannot free " + Printer.text(v) + ": uses " + v.uses);
    }
    if (v.cached) {
      uncache(v);
    }
    v.block = null;
    v.op = Op.INVALID;
    freeValues.add(v.id);
  }

  void uncache(Value v) {
    if (!v.cached) {
      return;
    }
    v.cached = false;
    if (removeFromLine(v, v.auxInt)) {
      return;
    }
    long key =
        switch (v.op) {
          case CONST_NIL -> NIL_KEY;
          case CONST_SLICE -> SLICE_KEY;
          case CONST_STRING -> EMPTY_STRING_KEY;
          case CONST_INTERFACE -> INTERFACE_KEY;
          default -> 0;
        };
    if (key == 0 || !removeFromLine(v, key)) {
      throw new IllegalStateException("not in the table of constants: " + Printer.text(v));
    }
  }

  private boolean removeFromLine(Value v, long key) {
    ArrayList<Value> line = constants.get(key);
    if (line == null) {
      return false;
    }
    int i = line.indexOf(v);
    if (i < 0) {
      return false;
    }
    Value last = line.removeLast();
    if (i < line.size()) {
      line.set(i, last);
    }
    return true;
  }

  private Value constant(Op op, SType type, long key, boolean isNumber) {
    ArrayList<Value> line = constants.computeIfAbsent(key, _ -> new ArrayList<>(1));
    for (Value v : line) {
      if (v.op == op && v.type == type) {
        return v;
      }
    }
    Value v = entry().newValue(0, 0, op, type);
    if (isNumber) {
      v.auxInt = key;
    }
    line.add(v);
    v.cached = true;
    return v;
  }

  public Value constBool(SType type, boolean c) {
    return constant(Op.CONST_BOOL, type, c ? 1 : 0, true);
  }

  public Value constInt8(SType type, byte c) {
    return constant(Op.CONST8, type, c, true);
  }

  public Value constInt16(SType type, short c) {
    return constant(Op.CONST16, type, c, true);
  }

  public Value constInt32(SType type, int c) {
    return constant(Op.CONST32, type, c, true);
  }

  public Value constInt64(SType type, long c) {
    return constant(Op.CONST64, type, c, true);
  }

  public Value constFloat32(SType type, double c) {
    return constant(Op.CONST32F, type, Double.doubleToRawLongBits((float) c), true);
  }

  public Value constFloat64(SType type, double c) {
    return constant(Op.CONST64F, type, Double.doubleToRawLongBits(c), true);
  }

  public Value constSlice(SType type) {
    return constant(Op.CONST_SLICE, type, SLICE_KEY, false);
  }

  public Value constInterface(SType type) {
    return constant(Op.CONST_INTERFACE, type, INTERFACE_KEY, false);
  }

  public Value constNil(SType type) {
    return constant(Op.CONST_NIL, type, NIL_KEY, false);
  }

  public Value constEmptyString(SType type) {
    Value v = constant(Op.CONST_STRING, type, EMPTY_STRING_KEY, false);
    v.aux = "";
    return v;
  }

  /** The address at a fixed offset from the stack pointer. */
  public Value constOffPtrSp(SType type, long offset, Value sp) {
    Value v = constant(Op.OFF_PTR, type, offset, true);
    if (v.numArgs() == 0) {
      v.addArg(sp);
    }
    return v;
  }

  /** The stack pointer; made in the entry block if it is not there. */
  public Value sp() {
    return register(Op.SP);
  }

  /** The base of static data; made in the entry block if it is not there. */
  public Value sb() {
    return register(Op.SB);
  }

  private Value register(Op op) {
    for (Value v : entry().values) {
      if (v.op == op) {
        return v;
      }
    }
    return entry().newValue(0, 0, op, config.types.uintptr);
  }

  /** Must be told after each change of blocks or edges. */
  public void invalidateCfg() {
    postorder = null;
    idom = null;
    domTree = null;
    loopNest = null;
  }

  /** The reachable blocks, each after its successors (but for loops). */
  public Block[] postorder() {
    Block[] p = postorder;
    if (p == null) {
      p = Dominators.postorder(this);
      postorder = p;
    }
    return p;
  }

  /** The immediate dominators by number of block; null for the entry and for unreachable blocks. */
  public @Nullable Block[] idom() {
    @Nullable Block[] d = idom;
    if (d == null) {
      d = Dominators.idom(this);
      idom = d;
    }
    return d;
  }

  /** The dominator tree. */
  public DomTree domTree() {
    DomTree t = domTree;
    if (t == null) {
      t = new DomTree(this, idom());
      domTree = t;
    }
    return t;
  }

  /** The loops. */
  public LoopNest loopNest() {
    LoopNest l = loopNest;
    if (l == null) {
      l = LoopNest.of(this);
      loopNest = l;
    }
    return l;
  }

  @Override
  public String toString() {
    return Printer.text(this);
  }
}
