package dev.escapade.ssa.generic;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.abi.Assignment;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.abi.NameOffset;
import dev.escapade.ssa.abi.Parts;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts arguments, parameters and results where the calling convention wants them: parts that go
 * into registers become arguments and results of their own, the others are stored to and loaded
 * from the stack.
 */
final class ExpandCalls {
  private record Key(Value from, long offset, long size, SType type) {}

  /** Where the next part of a value is: in a register, or in memory. */
  private static final class Cursor {
    final List<Integer> registers;
    final @Nullable List<Value> values;
    final @Nullable Value base;
    int next;
    long offset;

    Cursor(
        List<Integer> registers, @Nullable List<Value> values, @Nullable Value base, long offset) {
      this.registers = registers;
      this.values = values;
      this.base = base;
      this.offset = offset;
    }

    boolean hasRegisters() {
      return !registers.isEmpty();
    }

    /** The place of a part of type {@code t}; this moves past it. */
    Cursor take(SType t) {
      offset = roundUp(offset, t.align());
      Cursor c = new Cursor(registers, values, base, offset);
      c.next = next;
      offset = roundUp(offset + t.size(), t.align());
      if (next < registers.size()) {
        next += Parts.types(t).size();
      }
      return c;
    }

    private static long roundUp(long x, long align) {
      return (x + align - 1) / align * align;
    }

    Value baseOrThrow() {
      return Objects.requireNonNull(base);
    }
  }

  private final Func f;
  private final STypes types;
  private final Value sp;
  private final Map<Value, Value> wideSelects = new HashMap<>();
  private final Map<Key, Value> selectors = new HashMap<>();
  private final Map<Key, Value> commonArgs = new HashMap<>();
  private final Map<Value, Value> memoryOf = new HashMap<>();
  private final List<Value> selects = new ArrayList<>();
  private final List<Value> calls = new ArrayList<>();
  private final List<Value> params = new ArrayList<>();
  private final List<Block> exits = new ArrayList<>();
  private @Nullable Value initMem;

  private ExpandCalls(Func f) {
    this.f = f;
    this.types = f.config.types;
    this.sp = f.sp();
    f.sb();
  }

  static void run(Func f) {
    ExpandCalls x = new ExpandCalls(f);
    x.collect();
    for (Value v : x.params) {
      x.param(v);
    }
    for (Value v : x.selects) {
      x.result(v);
    }
    for (Value v : x.calls) {
      x.call(v);
    }
    for (Block b : x.exits) {
      x.exit(b);
    }
  }

  private static AuxCall aux(Value v) {
    return (AuxCall) Objects.requireNonNull(v.aux);
  }

  private static Assignment out(AuxCall c, int i) {
    return c.info().out().get(i);
  }

  private AuxCall own() {
    return (AuxCall) Objects.requireNonNull(f.ownAux);
  }

  private void collect() {
    for (Block b : f.blocks) {
      for (int i = 0, n = b.values.size(); i < n; i++) {
        collect(b.values.get(i));
      }
      if ((b.kind == BlockKind.RET || b.kind == BlockKind.RET_JMP)
          && b.numControls() > 0
          && b.control(0).op == Op.MAKE_RESULT) {
        exits.add(b);
      }
    }
  }

  private void collect(Value v) {
    switch (v.op) {
      case INIT_MEM -> initMem = v;
      case CLOSURE_LE_CALL, INTER_LE_CALL, STATIC_LE_CALL, TAIL_LE_CALL -> calls.add(v);
      case ARG -> params.add(v);
      case STORE -> {
        Value a = v.arg(1);
        if (a.op == Op.SELECT_N && !a.type.canSsa()) {
          wideSelects.put(a, v);
        }
      }
      case SELECT_N -> {
        if (v.type.isMem()) {
          Value call = v.arg(0);
          v.auxInt = aux(call).info().outRegisters();
          memoryOf.put(call, v);
        } else {
          selects.add(v);
        }
      }
      case SELECT_NADDR -> {
        AuxCall c = aux(v.arg(0));
        v.copyOf(address(f.entry(), sp, out(c, (int) v.auxInt).offset(), v.type));
      }
      default -> {}
    }
  }

  /** The address {@code offset} bytes past {@code base}. */
  private Value address(Block b, Value base, long offset, SType pointer) {
    SType t = base.type;
    if (offset == 0 && (t == pointer || ((t.isPtr() || t.isUnsafePtr()) && pointer.isPtr()))) {
      return base;
    }
    Value from = base;
    long o = offset;
    while (from.op == Op.OFF_PTR) {
      o += from.auxInt;
      from = from.arg(0);
    }
    if (from == sp) {
      return f.constOffPtrSp(pointer, o, sp);
    }
    return b.newValueI(from.pos, from.inl, Op.OFF_PTR, pointer, o, from);
  }

  private Assignment assignmentOf(@Nullable Object name) {
    for (Assignment a : own().info().in()) {
      if (a.name() == name) {
        return a;
      }
    }
    throw new IllegalStateException("no parameter " + name + " of " + f.name);
  }

  private void param(Value v) {
    Assignment a = assignmentOf(v.aux);
    AbiInfo info = own().info();
    long offset = a.inRegisters() ? 0 : a.frameOffset(info);
    Value base = address(f.entry(), sp, offset, v.type.ptrTo());
    Block b = f.entry();
    rewrite(
        new Place(b.pos, b.inl, b, v, Objects.requireNonNull(initMem)),
        v,
        v.type,
        new Cursor(a.registers(), null, base, 0));
  }

  private void result(Value v) {
    if (v.op == Op.INVALID) {
      return;
    }
    Value call = v.arg(0);
    AuxCall c = aux(call);
    Value mem = memoryOf.get(call);
    if (mem == null) {
      mem =
          call.block()
              .newValueI(call.pos, call.inl, Op.SELECT_N, SType.MEM, c.info().outRegisters(), call);
      memoryOf.put(call, mem);
    }
    Assignment a = out(c, (int) v.auxInt);
    Value store = wideSelects.get(v);
    if (store != null) {
      wide(v, store, call, a);
      return;
    }
    Value base = a.inRegisters() ? null : address(f.entry(), sp, a.offset(), v.type.ptrTo());
    rewrite(
        new Place(call.pos, call.inl, call.block(), v, mem),
        v,
        v.type,
        new Cursor(a.registers(), null, base, 0));
  }

  /** A result that is stored at once, as no values hold it. */
  private void wide(Value v, Value store, Value call, Assignment a) {
    Value to = store.arg(0);
    Value mem = store.arg(2);
    if (a.inRegisters()) {
      Place p = new Place(call.pos, call.inl, call.block(), v, mem);
      store.copyOf(storeParts(p, mem, v.type, new Cursor(a.registers(), null, to, 0)));
      return;
    }
    Value from = address(f.entry(), sp, a.offset(), v.type.ptrTo());
    Value move =
        store
            .block()
            .newValueIA(
                store.pos, store.inl, Op.MOVE, SType.MEM, v.type.size(), v.type, to, from, mem);
    store.copyOf(move);
  }

  /**
   * What parts are made of.
   *
   * @param container the parameter or result
   */
  private record Place(int pos, int inl, Block block, Value container, Value mem) {}

  /**
   * Part types by which a value is taken apart and put together; null for what a register holds.
   */
  private @Nullable Op makeOf(SType t) {
    return switch (t.kind()) {
      case ARRAY -> Op.ARRAY_MAKE1;
      case STRUCT -> Op.STRUCT_MAKE;
      case SLICE -> Op.SLICE_MAKE;
      case STRING -> Op.STRING_MAKE;
      case INTER -> Op.IMAKE;
      case COMPLEX64, COMPLEX128 -> Op.COMPLEX_MAKE;
      default -> null;
    };
  }

  private List<SType> parts(SType t) {
    return switch (t.kind()) {
      case ARRAY -> {
        List<SType> list = new ArrayList<>();
        for (long i = 0; i < t.numElem(); i++) {
          list.add(t.elem());
        }
        yield list;
      }
      case STRUCT -> {
        List<SType> list = new ArrayList<>();
        for (int i = 0; i < t.numFields(); i++) {
          list.add(t.field(i));
        }
        yield list;
      }
      case SLICE -> List.of(t.elem().ptrTo(), types.integer, types.integer);
      case STRING -> List.of(types.bytePtr, types.integer);
      case INTER -> List.of(types.uintptr, types.bytePtr);
      case COMPLEX64 -> List.of(types.float32, types.float32);
      case COMPLEX128 -> List.of(types.float64, types.float64);
      default -> List.of();
    };
  }

  private static Value become(Place p, @Nullable Value a, Op op, SType t) {
    if (a == null) {
      return p.block.newValue(p.pos, p.inl, op, t);
    }
    a.resetArgs();
    a.aux = null;
    a.auxInt = 0;
    a.pos = p.pos;
    a.inl = p.inl;
    a.op = op;
    a.type = t;
    return a;
  }

  /**
   * The value of type {@code t} that is at the cursor.
   *
   * @param a the value to become it, or null for a new one
   */
  private Value rewrite(Place p, @Nullable Value a, SType t, Cursor c) {
    if (t.size() == 0) {
      return become(p, a, Op.EMPTY, t);
    }
    Key key = new Key(p.container, c.offset, 0, t);
    Value known = selectors.get(key);
    if (known != null) {
      if (a == null) {
        return known;
      }
      a.copyOf(known);
      return a;
    }
    Op make = makeOf(t);
    Value v;
    if (make != null) {
      List<Value> args = new ArrayList<>();
      for (SType part : parts(t)) {
        args.add(rewrite(p, null, part, c.take(part)));
      }
      v = become(p, a, make, t);
      for (Value arg : args) {
        v.addArg(arg);
      }
    } else if (p.container.op == Op.ARG) {
      v = paramPart(p, a, t, c);
    } else {
      v = resultPart(p, a, t, c);
    }
    selectors.put(key, v);
    return v;
  }

  private Value paramPart(Place p, @Nullable Value a, SType t, Cursor c) {
    Value arg = p.container;
    if (c.hasRegisters()) {
      int r = c.registers.get(c.next);
      int ints = own().info().config().intRegs();
      Name name = (Name) Objects.requireNonNull(arg.aux);
      Value v = become(p, a, r >= ints ? Op.ARG_FLOAT_REG : Op.ARG_INT_REG, t);
      v.auxInt = r >= ints ? r - ints : r;
      v.aux = new NameOffset(name, c.offset);
      return v;
    }
    Key key = new Key(arg, c.offset, t.size(), t);
    Value w = commonArgs.get(key);
    if (w != null && w.uses != 0) {
      if (a == null) {
        return w;
      }
      a.copyOf(w);
      return a;
    }
    Value v = a;
    if (v == null) {
      v = arg.block().newValueIA(arg.pos, arg.inl, Op.ARG, t, arg.auxInt + c.offset, arg.aux);
    }
    commonArgs.put(key, v);
    return v;
  }

  private Value resultPart(Place p, @Nullable Value a, SType t, Cursor c) {
    Value call = p.container.arg(0);
    int which = (int) p.container.auxInt;
    if (c.hasRegisters()) {
      long r = firstRegister(call, which) + c.next;
      Value v = become(p, a, Op.SELECT_N, t);
      v.addArg(call);
      v.auxInt = r;
      return v;
    }
    Value at = address(f.entry(), sp, c.offset + out(aux(call), which).offset(), t.ptrTo());
    Value v = become(p, a, Op.LOAD, t);
    v.addArgs(at, p.mem);
    return v;
  }

  private static long firstRegister(Value call, int which) {
    long n = 0;
    for (int i = 0; i < which; i++) {
      n += out(aux(call), i).registers().size();
    }
    return n;
  }

  private Value storeParts(Place p, Value before, SType t, Cursor c) {
    if (t.size() == 0) {
      return before;
    }
    Value mem = before;
    if (makeOf(t) != null) {
      for (SType part : parts(t)) {
        mem = storeParts(p, mem, part, c.take(part));
      }
      return mem;
    }
    Value call = p.container.arg(0);
    long r = firstRegister(call, (int) p.container.auxInt) + c.next;
    Value a = p.block.newValueI(p.pos, p.inl, Op.SELECT_N, t, r, call);
    Value to = address(p.block, c.baseOrThrow(), c.offset, t.ptrTo());
    return p.block.newValueA(p.pos, p.inl, Op.STORE, SType.MEM, t, to, a, mem);
  }

  // Arguments of calls.

  private void call(Value v) {
    switch (v.op) {
      case STATIC_LE_CALL -> call(v, Op.STATIC_CALL, 0);
      case TAIL_LE_CALL -> call(v, Op.TAIL_CALL, 0);
      case CLOSURE_LE_CALL -> call(v, Op.CLOSURE_CALL, 2);
      default -> call(v, Op.INTER_CALL, 1);
    }
  }

  private void call(Value v, Op op, int first) {
    callArgs(v, first);
    v.op = op;
    v.type = registerResults(aux(v));
  }

  private SType registerResults(AuxCall c) {
    List<SType> list = new ArrayList<>();
    for (Assignment a : c.info().out()) {
      list.addAll(a.registerTypes());
    }
    list.add(SType.MEM);
    return types.results(list);
  }

  private void callArgs(Value v, int first) {
    AuxCall c = aux(v);
    Value mem = v.lastArg();
    List<Value> inRegisters = new ArrayList<>();
    List<Value> old = new ArrayList<>();
    Value[] args = v.args();
    Value base = sp;
    boolean tail = v.op == Op.TAIL_LE_CALL;
    if (tail) {
      base = v.block().newValue(0, 0, Op.GET_CALLER_SP, types.uintptr, mem);
    }
    for (int i = first; i < args.length - 1; i++) {
      Value a = args[i];
      old.add(a);
      Assignment to = c.info().in().get(i - first);
      if (a.op == Op.DEREFERENCE) {
        a.op = Op.LOAD;
      }
      long offset = to.inRegisters() ? 0 : to.offset();
      if (tail && isOwnParam(a, offset)) {
        continue;
      }
      mem =
          passOn(
              v.pos,
              v.inl,
              v.block(),
              a,
              mem,
              new Cursor(to.registers(), to.inRegisters() ? inRegisters : null, base, offset));
    }
    v.resetArgs();
    for (int i = 0; i < first; i++) {
      v.addArg(args[i]);
    }
    for (Value a : inRegisters) {
      v.addArg(a);
    }
    v.addArg(mem);
    dropUnused(old);
  }

  /** Whether {@code a} is a parameter that is where a tail call wants it. */
  private boolean isOwnParam(Value a, long offset) {
    return a.op == Op.ARG
        && a.auxInt == 0
        && a.aux instanceof Name n
        && n.storage == StorageClass.PARAM
        && assignmentOf(n).frameOffset(own().info()) == offset;
  }

  private static void dropUnused(List<Value> values) {
    for (Value a : values) {
      if (a.uses == 0) {
        a.invalidateRecursively();
      }
    }
  }

  private void exit(Block b) {
    Value v = b.control(0);
    AuxCall c = own();
    Value mem = v.lastArg();
    List<Value> inRegisters = new ArrayList<>();
    List<Value> old = new ArrayList<>();
    Value[] args = v.args();
    for (int i = 0; i < args.length - 1; i++) {
      Value a = args[i];
      old.add(a);
      Assignment to = out(c, i);
      Value base = b.newValueA(v.pos, v.inl, Op.LOCAL_ADDR, to.type().ptrTo(), to.name(), sp, mem);
      if (a.op == Op.DEREFERENCE) {
        a.op = Op.LOAD;
      }
      if (!to.inRegisters()
          && a.op == Op.LOAD
          && a.arg(0).op == Op.LOCAL_ADDR
          && a.arg(0).aux == to.name()) {
        continue; // it is there
      }
      mem =
          passOn(
              v.pos,
              v.inl,
              b,
              a,
              mem,
              new Cursor(to.registers(), to.inRegisters() ? inRegisters : null, base, 0));
    }
    v.resetArgs();
    for (Value a : inRegisters) {
      v.addArg(a);
    }
    v.addArg(mem);
    dropUnused(old);
    v.type = registerResults(c);
    b.setControl(v);
  }

  /** Puts {@code a} where the cursor is, and gives the memory after that. */
  private Value passOn(int pos, int inl, Block b, Value a, Value before, Cursor c) {
    SType t = a.type;
    if (t.size() == 0) {
      return before;
    }
    if (a.op == Op.DEREFERENCE) {
      a.op = Op.LOAD;
    }
    if (!c.hasRegisters() && !t.canSsa()) {
      Value to = address(b, c.baseOrThrow(), c.offset, t.ptrTo());
      if (a.op != Op.LOAD) {
        throw new IllegalStateException("no load: " + a + " in " + f.name);
      }
      return b.newValueIA(pos, inl, Op.MOVE, SType.MEM, t.size(), t, to, a.arg(0), before);
    }
    Value mem = before;
    Op make = makeOf(t);
    if (make != null) {
      List<SType> parts = parts(t);
      for (int i = 0; i < parts.size(); i++) {
        SType pt = parts.get(i);
        Value e;
        if (t.isInterface() && i == 1 && a.op == Op.IMAKE) {
          e = data(a.arg(1));
          pt = e.type;
        } else {
          Op select = select(t, i);
          e =
              t.isStruct() || t.isArray()
                  ? b.newValueI(pos, inl, select, pt, i, a)
                  : b.newValue(pos, inl, select, pt, a);
        }
        mem = passOn(pos, inl, b, e, mem, c.take(pt));
      }
      return mem;
    }
    if (c.hasRegisters()) {
      Objects.requireNonNull(c.values).add(a);
      return mem;
    }
    Value to = address(b, c.baseOrThrow(), c.offset, t.ptrTo());
    return b.newValueA(pos, inl, Op.STORE, SType.MEM, t, to, a, mem);
  }

  /** The pointer that an interface holds, out of structs and arrays around it. */
  private static Value data(Value v) {
    Value d = v;
    while (d.op == Op.STRUCT_MAKE || d.op == Op.ARRAY_MAKE1) {
      Value part = null;
      for (int i = 0; i < d.numArgs() && part == null; i++) {
        if (d.arg(i).type.size() > 0) {
          part = d.arg(i);
        }
      }
      if (part == null) {
        return d;
      }
      d = part;
    }
    return d;
  }

  private static Op select(SType t, int i) {
    return switch (t.kind()) {
      case ARRAY -> Op.ARRAY_SELECT;
      case STRUCT -> Op.STRUCT_SELECT;
      case SLICE -> i == 0 ? Op.SLICE_PTR : i == 1 ? Op.SLICE_LEN : Op.SLICE_CAP;
      case STRING -> i == 0 ? Op.STRING_PTR : Op.STRING_LEN;
      case INTER -> i == 0 ? Op.ITAB : Op.IDATA;
      default -> i == 0 ? Op.COMPLEX_REAL : Op.COMPLEX_IMAG;
    };
  }
}
