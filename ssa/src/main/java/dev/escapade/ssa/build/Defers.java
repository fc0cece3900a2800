package dev.escapade.ssa.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deferred calls that are open-coded: a bit for each in a variable of the frame tells whether it is
 * due, and each exit of the function tests the bits and calls.
 */
final class Defers {
  /** A function with more exits times defers than this gets records instead. */
  private static final int MAX_EXITS_TIMES_DEFERS = 15;

  /**
   * A deferred call.
   *
   * @param fun what is called
   * @param slot the variable that keeps the closure
   * @param closure its address, or null if the function is known
   */
  private record Deferred(Node fun, Name slot, @Nullable Value closure) {}

  private final State s;
  private final List<Deferred> deferred = new ArrayList<>();
  private boolean openCoded;
  private @Nullable Value bitsAddr;

  Defers(State s) {
    this.s = s;
  }

  boolean isOpenCoded() {
    return openCoded;
  }

  /** Decides, before the first block starts. */
  void decide(List<Name> results) {
    openCoded =
        s.unit.optimize()
            && s.curfn.hasDefer()
            && !s.curfn.isOpenCodedDeferDisallowed()
            && s.curfn.numReturns * s.curfn.numDefers <= MAX_EXITS_TIMES_DEFERS;
    for (Name n : results) {
      openCoded &= n.isOnStack();
    }
  }

  /** Sets the variable with the bits up, at the start of the function. */
  void start() {
    if (!openCoded) {
      return;
    }
    Name bits = s.unit.newTemp(s.curfn, 0, s.types.uint8.goType());
    bits.setAddrtaken(true);
    Value none = s.entryValue(Op.CONST8, s.types.uint8, 0, null);
    s.vars.put(Marker.DEFER_BITS, none);
    bitsAddr = s.addr(bits);
    s.store(s.types.uint8, bitsAddr(), none);
    s.setMem(s.valueA(Op.VAR_LIVE, SType.MEM, bits, s.mem()));
  }

  private Value bitsAddr() {
    return Objects.requireNonNull(bitsAddr);
  }

  /** A defer statement. */
  void record(CallExpr n) {
    Node fun = Objects.requireNonNull(n.fun);
    Value closure = s.expr(fun);
    Value slot = save(s.type(fun), closure);
    boolean isStatic = fun instanceof Name name && name.storage == StorageClass.FUNC;
    int index = deferred.size();
    deferred.add(
        new Deferred(fun, (Name) Objects.requireNonNull(slot.aux), isStatic ? null : slot));
    SType t = s.types.uint8;
    Value bit = s.f.constInt8(t, (byte) (1 << index));
    Value bits = s.value(Op.OR8, t, s.variable(Marker.DEFER_BITS, t), bit);
    s.vars.put(Marker.DEFER_BITS, bits);
    s.store(t, bitsAddr(), bits);
  }

  /** Stores a closure in a variable that is live everywhere, and returns the address. */
  private Value save(SType t, Value closure) {
    Name temp = s.unit.newTemp(s.curfn, State.pack(closure.pos, closure.inl), t.goType());
    temp.setOpenDeferSlot(true);
    Block entry = s.f.entry();
    Value addr;
    if (s.curBlock != entry) {
      Variables atEnd = s.atEnd(entry);
      Value mem = Objects.requireNonNull(atEnd.get(Marker.MEM));
      mem = s.entryValue(Op.VAR_DEF, SType.MEM, 0, temp, mem);
      mem = s.entryValue(Op.VAR_LIVE, SType.MEM, 0, temp, mem);
      atEnd.put(Marker.MEM, mem);
      addr = s.entryValue(Op.LOCAL_ADDR, t.ptrTo(), 0, temp, s.sp, mem);
    } else {
      s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, temp, s.mem()));
      s.setMem(s.valueA(Op.VAR_LIVE, SType.MEM, temp, s.mem()));
      addr = s.valueA(Op.LOCAL_ADDR, t.ptrTo(), temp, s.sp, s.mem());
    }
    temp.setNeedzero(true);
    s.store(t, addr, closure);
    return addr;
  }

  /** Calls what is due, the last first. */
  void exit() {
    Block start = s.newBlock();
    s.jump(start);
    s.startBlock(start);
    SType t = s.types.uint8;
    Value zero = s.f.constInt8(t, (byte) 0);
    for (int i = deferred.size() - 1; i >= 0; i--) {
      Block due = s.newBlock();
      Block end = s.newBlock();
      Value bits = s.variable(Marker.DEFER_BITS, t);
      Value bit = s.f.constInt8(t, (byte) (1 << i));
      Value and = s.value(Op.AND8, t, bits, bit);
      Value eq = s.value(Op.EQ8, s.types.bool, and, zero);
      s.branch(eq, 0, end, due);
      due.addEdgeTo(end);
      s.startBlock(due);
      Value not = s.value(Op.COM8, t, bit);
      Value masked = s.value(Op.AND8, t, bits, not);
      s.store(t, bitsAddr(), masked);
      s.vars.put(Marker.DEFER_BITS, masked);
      call(deferred.get(i));
      s.endBlock();
      s.startBlock(end);
    }
  }

  private void call(Deferred d) {
    Value call;
    if (d.closure != null) {
      Value v = s.load(d.closure.type.elem(), d.closure);
      Value code = s.load(s.types.uintptr, v);
      AuxCall aux = new AuxCall(null, AbiConfig.AMD64.analyze(List.of(), List.of()));
      call = s.valueA(Op.CLOSURE_LE_CALL, aux.resultsType(s.types), aux, code, v);
    } else {
      AuxCall aux =
          new AuxCall(s.unit.symbol((Name) d.fun), AbiConfig.AMD64.analyze(List.of(), List.of()));
      call = s.valueA(Op.STATIC_LE_CALL, aux.resultsType(s.types), aux);
    }
    call.addArg(s.mem());
    s.setMem(s.valueI(Op.SELECT_N, SType.MEM, 0, call));
    s.setMem(s.valueA(Op.VAR_LIVE, SType.MEM, d.slot, s.mem()));
  }
}
