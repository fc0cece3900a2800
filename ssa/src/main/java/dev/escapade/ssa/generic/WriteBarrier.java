package dev.escapade.ssa.generic;

import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the garbage collector of stores of pointers: a sequence of them is preceded by a branch,
 * and where the collector marks, the pointers stored and those overwritten are put into its buffer.
 */
final class WriteBarrier {
  /** The most pointers that one request for the buffer may ask for. */
  private static final int MAX_ENTRIES = 8;

  private final Func f;
  private final STypes types;
  private final ZeroedMemory zeroed;
  private final SType wordPtr;
  private @Nullable Value flagAddress;
  private @Nullable Value zero;
  private int pending;

  private WriteBarrier(Func f) {
    this.f = f;
    this.types = f.config.types;
    this.zeroed = new ZeroedMemory(f);
    this.wordPtr = types.uintptr.ptrTo();
  }

  static void run(Func f) {
    if (!f.useWriteBarrier) {
      return;
    }
    WriteBarrier w = new WriteBarrier(f);
    for (int i = 0, n = f.blocks.size(); i < n; i++) {
      w.block(f.blocks.get(i));
    }
  }

  private void block(Block b) {
    pending = 0;
    for (Value v : b.values) {
      Op op =
          switch (v.op) {
            case STORE -> Op.STORE_WB;
            case MOVE -> Op.MOVE_WB;
            case ZERO -> Op.ZERO_WB;
            default -> Op.INVALID;
          };
      if (op != Op.INVALID && needsBarrier(v)) {
        v.op = op;
        pending++;
      }
    }
    if (pending == 0) {
      return;
    }
    if (flagAddress == null) {
      Block e = f.entry();
      f.sp();
      flagAddress =
          e.newValueA(
              e.pos, e.inl, Op.ADDR, types.uint32.ptrTo(), new Sym("runtime.writeBarrier"), f.sb());
      zero = f.constInt32(types.uint32, 0);
    }
    new StoreOrder(f.numValues()).sort(b.values, false);
    while (pending > 0) {
      expand(b);
    }
  }

  // Which stores need it.

  private boolean needsBarrier(Value v) {
    SType t = MemoryRules.typeAux(v);
    Value dst = v.arg(0);
    if (!t.hasPointers() || isStack(dst)) {
      return false;
    }
    Value mem = v.lastArg();
    if (zeroed.mightContainPointer(dst, t.size(), mem)) {
      return true;
    }
    return switch (v.op) {
      case STORE -> !zeroed.isGlobal(v.arg(1));
      case ZERO -> false;
      default -> zeroed.mightContainPointer(v.arg(1), t.size(), mem);
    };
  }

  private static boolean isStack(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR || p.op == Op.ADD_PTR || p.op == Op.PTR_INDEX || p.op == Op.COPY) {
      p = p.arg(0);
    }
    return switch (p.op) {
      case SP, LOCAL_ADDR, SELECT_NADDR, GET_CALLER_SP -> true;
      default -> false;
    };
  }

  // How they are expanded.

  /** The first and one past the last of the last sequence of stores that share a branch. */
  private static int[] sequence(List<Value> values) {
    int start = 0;
    int end = -1;
    int plain = 0;
    boolean move = false;
    for (int i = values.size() - 1; i >= 0; i--) {
      Value w = values.get(i);
      switch (w.op) {
        case STORE_WB, MOVE_WB, ZERO_WB -> {
          start = i;
          if (end < 0) {
            end = i + 1;
          }
          plain = 0;
          move |= w.op == Op.MOVE_WB;
        }
        case VAR_DEF, VAR_LIVE -> {}
        default -> {
          if (end < 0) {
            continue;
          }
          if (w.op != Op.STORE || ++plain > 2 || move) {
            return new int[] {start, end};
          }
        }
      }
    }
    return new int[] {start, end};
  }

  private void expand(Block b) {
    int[] seq = sequence(b.values);
    List<Value> stores = new ArrayList<>(b.values.subList(seq[0], seq[1]));
    List<Value> after = new ArrayList<>(b.values.subList(seq[1], b.values.size()));
    b.values.subList(seq[0], b.values.size()).clear();
    Value last = stores.getLast();
    Value first = stores.get(0);
    Value mem = first.lastArg();
    int pos = first.pos;
    int inl = first.inl;
    Value check = first.arg(0);
    if (check.op != Op.NIL_CHECK || check.arg(1) != mem) {
      check = null;
    }
    Block then = f.newBlock(BlockKind.PLAIN);
    Block end = f.newBlock(b.kind);
    split(b, then, end, pos, inl, mem);
    Value checkThen =
        check == null
            ? null
            : then.newValue(check.pos, check.inl, Op.NIL_CHECK, check.type, check.arg(0), mem);
    Buffer buffer = new Buffer(then, pos, inl, mem);
    buffer.entries(stores, check, checkThen);
    Value memThen = buffer.calls(stores, b, check, checkThen);
    Value m = end.newValue(pos, inl, Op.PHI, SType.MEM, mem, memThen);
    Value checkEnd =
        check == null
            ? null
            : end.newValue(check.pos, check.inl, Op.NIL_CHECK, check.type, check.arg(0), m);
    for (Value w : stores) {
      m = storeAgain(end, w, m, check, checkEnd);
    }
    end.values.add(last);
    last.setBlock(end);
    last.reset(Op.WBEND);
    last.type = SType.MEM;
    last.addArg(m);
    for (Value w : stores) {
      if (w != last) {
        w.resetArgs();
      }
    }
    for (Value w : stores) {
      if (w != last) {
        f.freeValue(w);
      }
    }
    if (check != null && check.uses == 0) {
      check.reset(Op.INVALID);
    }
    end.values.addAll(after);
    for (Value w : after) {
      w.setBlock(end);
    }
  }

  /** Ends {@code b} with a branch on the collector's flag. */
  private void split(Block b, Block then, Block end, int pos, int inl, Value mem) {
    then.pos = pos;
    then.inl = inl;
    end.pos = b.pos;
    end.inl = b.inl;
    b.pos = pos;
    b.inl = inl;
    end.copyControls(b);
    end.likely = b.likely;
    for (Edge e : b.succs()) {
      e.block().setPredEdge(e.index(), new Edge(end, end.numSuccs()));
      end.addSuccEdge(e);
    }
    Value flag =
        b.newValue(pos, inl, Op.LOAD, types.uint32, Objects.requireNonNull(flagAddress), mem);
    flag = b.newValue(pos, inl, Op.NEQ32, types.bool, flag, Objects.requireNonNull(zero));
    b.kind = BlockKind.IF;
    b.setControl(flag);
    b.likely = Block.UNLIKELY;
    b.clearSuccs();
    b.addEdgeTo(then);
    b.addEdgeTo(end);
    then.addEdgeTo(end);
  }

  private Value storeAgain(
      Block end, Value w, Value mem, @Nullable Value check, @Nullable Value checkEnd) {
    int pos = w.pos;
    int inl = w.inl;
    Value dst = w.arg(0);
    if (dst == check && checkEnd != null) {
      dst = checkEnd;
    }
    return switch (w.op) {
      case STORE_WB, STORE ->
          end.newValueA(pos, inl, Op.STORE, SType.MEM, w.aux, dst, w.arg(1), mem);
      case ZERO_WB -> end.newValueIA(pos, inl, Op.ZERO, SType.MEM, w.auxInt, w.aux, dst, mem);
      case MOVE_WB ->
          end.newValueIA(pos, inl, Op.MOVE, SType.MEM, w.auxInt, w.aux, dst, w.arg(1), mem);
      default -> end.newValueA(pos, inl, w.op, SType.MEM, w.aux, mem);
    };
  }

  /** What is told to the collector. */
  private final class Buffer {
    private record Entry(Value pointer, int pos, int inl) {}

    private final Block then;
    private final int pos;
    private final int inl;
    private Value mem;
    private final List<Entry> entries = new ArrayList<>();

    Buffer(Block then, int pos, int inl, Value mem) {
      this.then = then;
      this.pos = pos;
      this.inl = inl;
      this.mem = mem;
    }

    /** Each pointer that is stored, and each that is overwritten, once. */
    void entries(List<Value> stores, @Nullable Value check, @Nullable Value checkThen) {
      BitSet srcs = new BitSet();
      BitSet dsts = new BitSet();
      for (Value w : stores) {
        if (w.op != Op.STORE_WB) {
          continue;
        }
        Value p = w.arg(0);
        Value v = w.arg(1);
        if (!srcs.get(v.id) && !zeroed.isGlobal(v)) {
          srcs.set(v.id);
          add(new Entry(v, w.pos, w.inl));
        }
        if (!dsts.get(p.id) && zeroed.mightBeOverwritten(p, w.arg(2))) {
          dsts.set(p.id);
          Value at = p == check && checkThen != null ? checkThen : p;
          Value old = then.newValue(w.pos, w.inl, Op.LOAD, types.uintptr, at, mem);
          add(new Entry(old, w.pos, w.inl));
        }
        pending--;
      }
      flush();
    }

    private void add(Entry e) {
      entries.add(e);
      if (entries.size() == MAX_ENTRIES) {
        flush();
      }
    }

    private void flush() {
      if (entries.isEmpty()) {
        return;
      }
      Value call =
          then.newValueI(pos, inl, Op.WB, types.tuple(wordPtr, SType.MEM), entries.size(), mem);
      Value at = then.newValue(pos, inl, Op.SELECT0, wordPtr, call);
      mem = then.newValue(pos, inl, Op.SELECT1, SType.MEM, call);
      for (int i = 0; i < entries.size(); i++) {
        Entry e = entries.get(i);
        Value p = then.newValueI(e.pos, e.inl, Op.OFF_PTR, wordPtr, 8L * i, at);
        mem = then.newValueA(e.pos, e.inl, Op.STORE, SType.MEM, types.uintptr, p, e.pointer, mem);
      }
      entries.clear();
    }

    /** The calls for what is moved and zeroed; gives the memory after them. */
    Value calls(List<Value> stores, Block b, @Nullable Value check, @Nullable Value checkThen) {
      for (Value w : stores) {
        if (w.op != Op.ZERO_WB && w.op != Op.MOVE_WB) {
          continue;
        }
        Value dst = w.arg(0);
        if (dst == check && checkThen != null) {
          dst = checkThen;
        }
        Sym descriptor = new Sym("type:" + MemoryRules.typeAux(w));
        Value type = b.newValueA(w.pos, w.inl, Op.ADDR, types.uintptr, descriptor, f.sb());
        if (w.op == Op.ZERO_WB) {
          call(w, "runtime.wbZero", type, dst);
        } else {
          call(w, "runtime.wbMove", type, dst, w.arg(1));
        }
        pending--;
      }
      return mem;
    }

    private void call(Value w, String name, Value... args) {
      List<SType> words = Collections.nCopies(args.length, types.uintptr);
      AuxCall aux = new AuxCall(new Sym(name), AbiConfig.AMD64.analyze(words, List.of()));
      SType result = types.results(List.of(SType.MEM));
      Value c = then.newValueIA(w.pos, w.inl, Op.STATIC_CALL, result, 8L * args.length, aux, args);
      c.addArg(mem);
      mem = then.newValueI(w.pos, w.inl, Op.SELECT_N, SType.MEM, 0, c);
    }
  }
}
