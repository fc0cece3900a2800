package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The order in which the values of a block are computed (cmd/compile/internal/ssa: schedule.go, Go
 * 1.26): each after what it needs, reads of memory before the next change of it, and among those
 * that are ready the most urgent first.
 *
 * <p>The release schedules instructions, we operations. An address that is part of the instruction
 * that reads or writes there takes no turn of its own.
 */
public final class Schedule {
  /** How urgent a value is; the first are the most. */
  private enum Urgency {
    AT_START,
    ARGUMENT,
    INITIAL_MEMORY,
    PART_OF_RESULT,
    NIL_CHECK,
    MEMORY,
    OTHER,
    CONTROL
  }

  /** A value that waits for its turn. */
  private static final class Turn {
    final Value value;
    final Urgency urgency;
    final List<Turn> next = new ArrayList<>();
    boolean used;
    int waitsFor;

    Turn(Value value, Urgency urgency) {
      this.value = value;
      this.urgency = urgency;
    }
  }

  private static final Comparator<Turn> ORDER =
      Comparator.<Turn, Urgency>comparing(t -> t.urgency)
          .thenComparing(t -> !t.used)
          .thenComparingInt(t -> t.value.inl)
          .thenComparingInt(t -> t.value.pos)
          .thenComparingInt(t -> -t.value.numArgs())
          .thenComparingInt(t -> -t.value.uses)
          .thenComparingLong(t -> t.value.auxInt)
          .thenComparingInt(t -> t.value.id);

  private final Block block;
  private final Map<Value, Turn> turns = new HashMap<>();

  private Schedule(Block block) {
    this.block = block;
  }

  /** The values of a block in order; the block is not changed. */
  public static List<Value> of(Block block) {
    Schedule s = new Schedule(block);
    s.enter();
    s.connect();
    return s.order();
  }

  private void enter() {
    Set<Value> controls = new HashSet<>();
    for (int i = 0; i < block.numControls(); i++) {
      controls.add(block.control(i));
    }
    for (Value v : block.values) {
      Urgency u = urgency(v);
      if (controls.contains(v) && u.compareTo(Urgency.PART_OF_RESULT) > 0) {
        u = Urgency.CONTROL;
      }
      turns.put(v, new Turn(v, u));
    }
  }

  private static Urgency urgency(Value v) {
    return switch (v.op) {
      case GET_CLOSURE_PTR, PHI, ARG_INT_REG, ARG_FLOAT_REG -> Urgency.AT_START;
      case ARG, SP, SB -> Urgency.ARGUMENT;
      case INIT_MEM -> Urgency.INITIAL_MEMORY;
      case SELECT0, SELECT1, SELECT_N -> Urgency.PART_OF_RESULT;
      default -> {
        if (v.op.isNilCheck()) {
          yield Urgency.NIL_CHECK;
        }
        yield v.type.isMemory() && !v.op.isCall() ? Urgency.MEMORY : Urgency.OTHER;
      }
    };
  }

  private void connect() {
    Map<Value, Value> nextMemory = new HashMap<>();
    for (Value v : block.values) {
      if (v.op != Op.PHI && v.type.isMemory()) {
        Value mem = v.memoryArg();
        if (mem != null) {
          nextMemory.put(mem, v);
        }
      }
    }
    for (Value v : block.values) {
      if (v.op == Op.PHI) {
        continue;
      }
      for (int i = 0; i < v.numArgs(); i++) {
        connect(operand(v, i), v);
      }
      Value mem = v.type.isMemory() ? null : v.memoryArg();
      Value change = mem == null ? null : nextMemory.get(mem);
      if (change != null && change.block() == block) {
        edge(v, change);
      }
    }
  }

  /** What the instruction for {@code v} takes in place of an argument: of an address its base. */
  private static Value operand(Value v, int i) {
    Value a = v.arg(i);
    while (a.op == Op.OFF_PTR && isAddress(v, i)) {
      a = a.arg(0);
    }
    return a;
  }

  /** Reports whether an argument is an address that is part of the instruction. */
  public static boolean isAddress(Value v, int i) {
    return switch (v.op) {
      case LOAD, STORE, ZERO, NIL_CHECK -> i == 0;
      case MOVE -> i <= 1;
      default -> false;
    };
  }

  private void connect(Value from, Value to) {
    if (from.block() == block && !isConstant(from)) {
      edge(from, to);
    }
    Turn t = turns.get(from);
    if (t != null) {
      t.used = true;
    }
  }

  private static boolean isConstant(Value v) {
    return switch (v.op) {
      case CONST8, CONST16, CONST32, CONST64, CONST_BOOL, CONST_NIL, ADDR, LOCAL_ADDR -> true;
      default -> false;
    };
  }

  private void edge(Value from, Value to) {
    Turn x = turns.get(from);
    Turn y = turns.get(to);
    if (x != null && y != null) {
      x.next.add(y);
      y.waitsFor++;
    }
  }

  private List<Value> order() {
    PriorityQueue<Turn> ready = new PriorityQueue<>(ORDER);
    for (Value v : block.values) {
      Turn t = turns.get(v);
      if (t != null && t.waitsFor == 0) {
        ready.add(t);
      }
    }
    List<Value> order = new ArrayList<>(block.values.size());
    for (Turn t = ready.poll(); t != null; t = ready.poll()) {
      order.add(t.value);
      for (Turn next : t.next) {
        if (--next.waitsFor == 0) {
          ready.add(next);
        }
      }
    }
    return order;
  }
}
