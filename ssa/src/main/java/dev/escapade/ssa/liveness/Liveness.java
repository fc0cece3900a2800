package dev.escapade.ssa.liveness;

import dev.escapade.ir.Esc;
import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.abi.Assignment;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.abi.NameOffset;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.generic.DeadCode;
import dev.escapade.ssa.generic.Schedule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The analysis of one function. A set of what is live has a bit for each tracked variable and then
 * one for each value, by number.
 */
public final class Liveness {
  /** Is told what is found. */
  public interface Listener {
    /**
     * Variables are live.
     *
     * @param call the call, or null on entry
     * @param names their names in order
     */
    void live(@Nullable Value call, List<String> names);

    /** A variable is an object in the frame. */
    void stackObject(Name variable);
  }

  /** What is live at a call. */
  private record Point(Value call, BitSet live) {}

  private final dev.escapade.ir.Func fn;
  private final Func f;
  private final List<Name> variables = new ArrayList<>();
  private final IdentityHashMap<Name, Integer> numbers = new IdentityHashMap<>();
  private final List<Value>[] schedules;
  private final BitSet[] liveIn;
  private final BitSet always = new BitSet();
  private final BitSet atReturn = new BitSet();

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of lists cannot be made in another way
  private Liveness(dev.escapade.ir.Func fn, Func f) {
    this.fn = fn;
    this.f = f;
    schedules = new List[f.numBlocks()];
    liveIn = new BitSet[f.numBlocks()];
  }

  /** Analyses a function after the passes. */
  public static void run(dev.escapade.ir.Func fn, Func f, Listener listener) {
    new Liveness(fn, f).run(listener);
  }

  private void run(Listener listener) {
    DeadCode.run(f);
    track();
    solve();
    for (Name n : variables) {
      if (n.isAddrtaken() && n.esc() != Esc.HEAP) {
        listener.stackObject(n);
      }
    }
    String name = fn.sym().name();
    if (name.equals("init") || name.startsWith(".") || fn.isWrapper() || fn.isDupok()) {
      return;
    }
    List<Point> points = points();
    Frame frame = new Frame(fn, f, order());
    for (Point p : points) {
      frame.enter(p.live.get(variables.size(), Integer.MAX_VALUE));
    }
    frame.assign();
    tell(listener, null, frame, liveIn[f.entry().id]);
    for (Point p : points) {
      p.live.or(always);
      tell(listener, p.call, frame, p.live);
    }
  }

  private void tell(Listener listener, @Nullable Value call, Frame frame, BitSet live) {
    List<String> names = new ArrayList<>();
    int n = variables.size();
    Set<String> slots = new TreeSet<>();
    for (int i = live.nextSetBit(0); i >= 0; i = live.nextSetBit(i + 1)) {
      if (i < n) {
        names.add(variables.get(i).sym.name());
      } else if (call != null) {
        String slot = frame.pointerSlot(i - n);
        if (slot != null) {
          slots.add(slot);
        }
      }
    }
    names.forEach(slots::remove);
    names.addAll(slots);
    if (!names.isEmpty()) {
      names.sort(null);
      listener.live(call, names);
    }
  }

  // Variables.

  private void track() {
    Set<Name> used = new HashSet<>();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.aux instanceof Name n && isUse(v, n)) {
          used.add(n);
        } else if (v.aux instanceof NameOffset part) {
          used.add(part.name());
        }
      }
    }
    AbiInfo abi = f.ownAux instanceof AuxCall own ? own.info() : null;
    for (Name n : fn.dcl) {
      boolean tracked =
          switch (n.storage) {
            case AUTO, PARAM -> used.contains(n);
            case PARAMOUT -> used.contains(n) || (abi != null && isOnStack(abi, n));
            case NONE, EXTERN, AUTOHEAP, FUNC -> false;
          };
      if (tracked && f.config.types.of(n.type()).hasPointers()) {
        numbers.put(n, variables.size());
        variables.add(n);
      }
    }
    for (Name n : variables) {
      if (n.storage == StorageClass.PARAMOUT) {
        atReturn.set(number(n));
        if (fn.hasDefer() && n.heapAddr == null) {
          always.set(number(n));
        }
      }
      if (fn.hasDefer() && (n.isOpenDeferSlot() || isAddressOfResult(n))) {
        always.set(number(n));
      }
    }
  }

  private static boolean isUse(Value v, Name n) {
    return n.storage != StorageClass.PARAMOUT || v.op != Op.VAR_DEF;
  }

  private static boolean isOnStack(AbiInfo abi, Name n) {
    for (Assignment a : abi.out()) {
      if (a.name() == n) {
        return !a.inRegisters();
      }
    }
    return false;
  }

  private boolean isAddressOfResult(Name n) {
    for (Name r : fn.dcl) {
      if (r.storage == StorageClass.PARAMOUT && r.heapAddr == n) {
        return true;
      }
    }
    return false;
  }

  private int number(@Nullable Name n) {
    Integer i = n == null ? null : numbers.get(n);
    return i == null ? -1 : i;
  }

  // The analysis.

  private List<Value> schedule(Block b) {
    List<Value> s = schedules[b.id];
    if (s == null) {
      s = Schedule.of(b);
      schedules[b.id] = s;
    }
    return s;
  }

  /** The values in the order of the code, as far as it is known. */
  private List<Value> order() {
    List<Value> order = new ArrayList<>();
    Block[] postorder = f.postorder();
    for (int i = postorder.length - 1; i >= 0; i--) {
      order.addAll(schedule(postorder[i]));
    }
    return order;
  }

  private void solve() {
    for (Block b : f.blocks) {
      liveIn[b.id] = new BitSet();
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Block b : f.postorder()) {
        BitSet live = liveOut(b);
        flow(b, live, null);
        if (!live.equals(liveIn[b.id])) {
          liveIn[b.id] = live;
          changed = true;
        }
      }
    }
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Block b : f.blocks) {
      flow(b, liveOut(b), points);
    }
    return points;
  }

  private BitSet liveOut(Block b) {
    BitSet live = new BitSet();
    if (b.kind == BlockKind.RET) {
      live.or(atReturn);
    } else if (b.kind == BlockKind.RET_JMP) {
      for (Name n : variables) {
        if (n.storage == StorageClass.PARAM) {
          live.set(number(n));
        }
      }
    }
    for (int i = 0; i < b.numSuccs(); i++) {
      Block c = b.succ(i);
      live.or(liveIn[c.id]);
    }
    for (int i = 0; i < b.numSuccs(); i++) {
      Block c = b.succ(i);
      int edge = b.succs().get(i).index();
      for (Value v : c.values) {
        if (v.op == Op.PHI) {
          use(v, edge, live);
        }
      }
    }
    for (int i = 0; i < b.numControls(); i++) {
      value(b.control(i), live);
    }
    return live;
  }

  /** Goes backwards through a block, from what is live at its end. */
  private void flow(Block b, BitSet live, @Nullable List<Point> points) {
    for (Value v : schedule(b).reversed()) {
      if (points != null && hasStackMap(v)) {
        points.add(new Point(v, (BitSet) live.clone()));
      }
      int bit = variables.size() + v.id;
      boolean needed = live.get(bit) || v.memoryArg() != null || v.type.isMemory();
      live.clear(bit);
      if (v.op == Op.PHI || !(needed || v.aux instanceof NameOffset)) {
        continue; // Addresses that are parts of instructions are not computed by themselves.
      }
      begin(v, live);
      if (v.op == Op.VAR_LIVE) {
        set(number((Name) v.aux), live);
      } else if (v.aux instanceof NameOffset part) {
        set(number(part.name()), live);
      }
      for (int i = 0; i < v.numArgs(); i++) {
        use(v, i, live);
      }
    }
  }

  private void begin(Value v, BitSet live) {
    Name n =
        v.op == Op.STORE ? VariableEffects.variable(v.arg(0)) : VariableEffects.begins(v, v.type);
    int i = number(n);
    if (i < 0 || n == null) {
      return;
    }
    if (VariableEffects.begins(v, f.config.types.of(n.type())) != null) {
      live.clear(i);
    }
  }

  private static void set(int i, BitSet live) {
    if (i >= 0) {
      live.set(i);
    }
  }

  private void use(Value v, int i, BitSet live) {
    Value a = v.arg(i);
    if (VariableEffects.variable(a) != null) {
      set(number(VariableEffects.reads(v, i)), live);
      return;
    }
    if (Schedule.isAddress(v, i)) {
      address(v, a, live);
    } else {
      value(a, live);
    }
  }

  /** An address that is part of an instruction: what it is computed from is used. */
  private void address(Value v, Value address, BitSet live) {
    Value a = VariableEffects.base(address);
    boolean indexed = a.op == Op.PTR_INDEX || a.op == Op.ADD_PTR;
    if (indexed && a.uses == 1 && a.block() == v.block()) {
      for (int i = 0; i < a.numArgs(); i++) {
        use(a, i, live);
      }
    } else {
      value(a, live);
    }
  }

  private void value(Value used, BitSet live) {
    Value a = used;
    while (a.op == Op.NIL_CHECK) {
      a = a.arg(0);
    }
    switch (a.op) {
      case ARG -> set(number((Name) a.aux), live);
      case LOCAL_ADDR -> set(number((Name) a.aux), live);
      default -> {
        if (Frame.isKept(a)) {
          live.set(variables.size() + a.id);
        }
      }
    }
  }

  private static boolean hasStackMap(Value v) {
    return v.op.isCall()
        && !(v.aux instanceof AuxCall c && (c.isTo("runtime.wbZero") || c.isTo("runtime.wbMove")));
  }
}
