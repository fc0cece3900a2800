package dev.escapade.ssa.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Appends to slices, whose first elements may be in the frame. */
final class Appends {
  /** A backing array in the frame. */
  private static final class Backing {
    /** How many elements it has room for. */
    final long room;

    final Name store;

    /** The variable that tells whether some slice has it. */
    final Name used;

    boolean usedStatically;

    Backing(long room, Name store, Name used) {
      this.room = room;
      this.store = store;
      this.used = used;
    }
  }

  private record Arg(Value value, boolean isAddr) {}

  private final State s;
  private final IdentityHashMap<Node, Backing> backings = new IdentityHashMap<>();

  Appends(State s) {
    this.s = s;
  }

  private @Nullable Backing backing(ExprNode n) {
    SType elem = s.type(n).elem();
    long max = s.unit.maxBackingBytes();
    if (elem.size() == 0 || elem.size() > max || !s.unit.optimize()) {
      return null;
    }
    Backing known = backings.get(n);
    if (known != null) {
      return known;
    }
    long room = max / elem.size();
    long line = State.pack(n.pos, n.inl);
    Name store = s.unit.newTemp(s.curfn, line, s.unit.backingType(elem, room));
    store.setAddrtaken(true);
    Name used = s.unit.newTemp(s.curfn, line, s.types.bool.goType());
    Variables atStart = s.curBlock == s.f.entry() ? s.vars : s.atEnd(s.f.entry());
    atStart.put(used, s.constBool(false));
    Backing b = new Backing(room, store, used);
    backings.put(n, b);
    return b;
  }

  /**
   * Appends.
   *
   * @param inPlace whether to update the slice in memory that is appended to
   * @return the slice, or null if {@code inPlace}
   */
  @Nullable Value append(CallExpr n, boolean inPlace) {
    SType t = s.type(n);
    SType elem = t.elem();
    SType pt = elem.ptrTo();
    SType integer = s.types.integer;
    Node sn = n.args.get(0);
    Value addr = null;
    Value slice;
    if (inPlace) {
      addr = s.addr(sn);
      slice = s.load(t, addr);
    } else {
      slice = s.expr(sn);
    }
    Block grow = s.newBlock();
    Block assign = s.newBlock();
    Value p = s.value(Op.SLICE_PTR, pt, slice);
    Value oldLen = s.value(Op.SLICE_LEN, integer, slice);
    Value c = s.value(Op.SLICE_CAP, integer, slice);
    Value count = s.constInt(integer, n.args.size() - 1);
    Value l = s.value(Op.ADD64, integer, oldLen, count);
    Value tooSmall = s.value(Op.LESS64U, s.types.bool, c, l);
    s.vars.put(Marker.PTR, p);
    s.vars.put(Marker.LEN, l);
    if (!inPlace) {
      s.vars.put(Marker.CAP, c);
    }
    s.branch(tooSmall, Block.UNLIKELY, grow, assign);

    Backing backing = !inPlace && n.esc() == Esc.NONE ? backing((ExprNode) sn) : null;
    if (backing != null && !n.useBuf && !backing.usedStatically) {
      grow = useBacking(backing, elem, oldLen, l, grow, assign);
    }
    s.startBlock(grow);
    Value grown = grow(n, backing, t, elem, new Value[] {p, l, c, count});
    p = s.value(Op.SLICE_PTR, pt, grown);
    l = s.value(Op.SLICE_LEN, integer, grown);
    c = s.value(Op.SLICE_CAP, integer, grown);
    s.vars.put(Marker.PTR, p);
    s.vars.put(Marker.LEN, l);
    s.vars.put(Marker.CAP, c);
    if (addr != null) {
      if (sn instanceof Name name && name.storage != StorageClass.EXTERN) {
        s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, name, s.mem()));
      }
      Value at = s.valueI(Op.OFF_PTR, s.types.intPtr, 2L * s.types.ptrSize(), addr);
      s.store(integer, at, c);
      s.store(pt, addr, p);
    }
    s.jump(assign);

    s.startBlock(assign);
    p = s.variable(Marker.PTR, pt);
    l = s.variable(Marker.LEN, integer);
    if (addr == null) {
      c = s.variable(Marker.CAP, integer);
    } else {
      Value at = s.valueI(Op.OFF_PTR, s.types.intPtr, s.types.ptrSize(), addr);
      s.store(integer, at, l);
    }
    storeArgs(n, elem, pt, p, l, count);
    s.vars.remove(Marker.PTR);
    s.vars.remove(Marker.LEN);
    if (inPlace) {
      return null;
    }
    s.vars.remove(Marker.CAP);
    return s.value(Op.SLICE_MAKE, t, p, l, c);
  }

  /** Evaluates what is appended, then stores it. */
  private void storeArgs(CallExpr n, SType elem, SType pt, Value p, Value l, Value count) {
    List<Arg> args = new ArrayList<>(n.args.size() - 1);
    for (int i = 1; i < n.args.size(); i++) {
      Node a = n.args.get(i);
      args.add(s.type(a).canSsa() ? new Arg(s.expr(a), false) : new Arg(s.addr(a), true));
    }
    SType integer = s.types.integer;
    Value oldLen = s.value(Op.SUB64, integer, l, count);
    Value end = s.value(Op.PTR_INDEX, pt, p, oldLen);
    for (int i = 0; i < args.size(); i++) {
      Value at = s.value(Op.PTR_INDEX, pt, end, s.constInt(integer, i));
      if (args.get(i).isAddr) {
        s.stores.move(elem, at, args.get(i).value, false);
      } else {
        s.stores.storeType(elem, at, args.get(i).value, 0);
      }
    }
  }

  /** {@code parts} are the pointer, new length, capacity, and number of elements to add. */
  private Value grow(CallExpr n, @Nullable Backing backing, SType t, SType elem, Value[] parts) {
    Value type = s.expr(Objects.requireNonNull(n.fun));
    if (backing == null || !n.useBuf) {
      return s.calls.runtimeCall(
          RuntimeSyms.GROWSLICE, t, parts[0], parts[1], parts[2], parts[3], type);
    }
    if (elem.hasPointers() && !backing.usedStatically) {
      zeroAtStart(backing, n);
    }
    Value store = s.addr(backing.store);
    Value room = s.constInt(s.types.integer, backing.room);
    return s.calls.runtimeCall(
        RuntimeSyms.GROWSLICE_BUF, t, parts[0], parts[1], parts[2], parts[3], type, store, room);
  }

  /** Zeroes the backing array at the start of the function. */
  private void zeroAtStart(Backing backing, CallExpr n) {
    Block entry = s.f.entry();
    Variables atEnd = s.atEnd(entry);
    SType t = s.type(backing.store);
    Value mem = Objects.requireNonNull(atEnd.get(Marker.MEM));
    mem = entry.newValueA(n.pos, n.inl, Op.VAR_DEF, SType.MEM, backing.store, mem);
    Value addr = entry.newValueA(n.pos, n.inl, Op.LOCAL_ADDR, t.ptrTo(), backing.store, s.sp, mem);
    mem = entry.newValueIA(n.pos, n.inl, Op.ZERO, SType.MEM, t.size(), t, addr, mem);
    atEnd.put(Marker.MEM, mem);
    backing.usedStatically = true;
  }

  /**
   * Where the slice must grow, uses the backing array if there is room and none uses it yet;
   * returns the block for the other cases.
   */
  private Block useBacking(
      Backing backing, SType elem, Value oldLen, Value newLen, Block grow, Block assign) {
    backing.usedStatically = true;
    SType integer = s.types.integer;
    Block usedTest = s.newBlock();
    Block lenTest = s.newBlock();
    Block body = s.newBlock();
    Block growSlice = s.newBlock();

    s.startBlock(grow);
    Value fits = s.value(Op.LEQ64, s.types.bool, newLen, s.constInt(integer, backing.room));
    s.branch(fits, Block.LIKELY, usedTest, growSlice);

    s.startBlock(usedTest);
    Value unused = s.value(Op.NOT, s.types.bool, s.expr(backing.used));
    s.branch(unused, Block.LIKELY, lenTest, growSlice);

    s.startBlock(lenTest);
    Value empty = s.value(Op.EQ64, s.types.bool, oldLen, s.constInt(integer, 0));
    s.branch(empty, Block.LIKELY, body, growSlice);

    s.startBlock(body);
    if (elem.hasPointers()) {
      s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, backing.store, s.mem()));
    }
    Value addr = s.addr(backing.store);
    s.zero(s.type(backing.store), addr);
    s.vars.put(Marker.PTR, addr);
    s.vars.put(Marker.LEN, newLen);
    s.vars.put(Marker.CAP, s.constInt(integer, backing.room));
    s.assign(backing.used, s.constBool(true));
    s.jump(assign);
    return growSlice;
  }

  /** Moves a slice to the heap if it is in this frame. */
  Value moveToHeap(MoveToHeapExpr n) {
    Value slice = s.expr(n.slice);
    SType t = slice.type;
    if (backing(n) == null) {
      return slice;
    }
    SType pt = t.elem().ptrTo();
    SType integer = s.types.integer;
    SType uintptr = s.types.uintptr;
    Value p = s.value(Op.SLICE_PTR, pt, slice);
    Value l = s.value(Op.SLICE_LEN, integer, slice);
    Value c = s.value(Op.SLICE_CAP, integer, slice);
    Block move = s.newBlock();
    Block merge = s.newBlock();
    s.vars.put(Marker.PTR, p);
    s.vars.put(Marker.LEN, l);
    s.vars.put(Marker.CAP, c);
    Value callerSp = s.value(Op.GET_CALLER_SP, uintptr, s.mem());
    Value frame = s.value(Op.SUB64, uintptr, callerSp, s.sp);
    Value address = s.value(Op.CONVERT, uintptr, p, s.mem());
    Value offset = s.value(Op.SUB64, uintptr, address, s.sp);
    Value inFrame = s.value(Op.LESS64U, s.types.bool, offset, frame);
    s.branch(inFrame, Block.UNLIKELY, move, merge);

    s.startBlock(move);
    Value moved = moved(n, t, p, l, c);
    s.vars.put(Marker.PTR, s.value(Op.SLICE_PTR, pt, moved));
    s.vars.put(Marker.LEN, s.value(Op.SLICE_LEN, integer, moved));
    s.vars.put(Marker.CAP, s.value(Op.SLICE_CAP, integer, moved));
    s.jump(merge);

    s.startBlock(merge);
    p = s.variable(Marker.PTR, pt);
    l = s.variable(Marker.LEN, integer);
    c = s.variable(Marker.CAP, integer);
    s.vars.remove(Marker.PTR);
    s.vars.remove(Marker.LEN);
    s.vars.remove(Marker.CAP);
    return s.value(Op.SLICE_MAKE, t, p, l, c);
  }

  private Value moved(MoveToHeapExpr n, SType t, Value p, Value l, Value c) {
    if (t.elem().hasPointers()) {
      Value type = s.expr(Objects.requireNonNull(n.rtype));
      return n.preserveCapacity
          ? s.calls.runtimeCall(RuntimeSyms.MOVE_SLICE, t, type, p, l, c)
          : s.calls.runtimeCall(RuntimeSyms.MOVE_SLICE_NO_CAP, t, type, p, l);
    }
    Value size = s.constInt(s.types.uintptr, t.elem().size());
    return n.preserveCapacity
        ? s.calls.runtimeCall(RuntimeSyms.MOVE_SLICE_NO_SCAN, t, size, p, l, c)
        : s.calls.runtimeCall(RuntimeSyms.MOVE_SLICE_NO_CAP_NO_SCAN, t, size, p, l);
  }
}
