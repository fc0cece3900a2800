package dev.escapade.ssa.build;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Allocation: variables moved to the heap, new objects, and temporaries in the frame. */
final class HeapVariables {
  /** Variables without pointers up to this size share an allocation. */
  private static final long MAX_SHARED_BYTES = 16;

  /** A temporary and its address. */
  record Temp(Name name, Value addr) {}

  private final State s;

  /** Allocations that may still be joined: the addresses, all of one call. */
  private List<Value> pending = new ArrayList<>();

  HeapVariables(State s) {
    this.s = s;
  }

  /** Allocates a variable. */
  void declare(Name n) {
    SType t = s.type(n);
    long size = t.size();
    long line = State.pack(n.pos, n.inl);
    if (t.hasPointers() || size >= MAX_SHARED_BYTES || size == 0) {
      setAddr(line, n, newObject(t));
      return;
    }
    long used = 0;
    for (Value v : pending) {
      used += v.type.elem().size();
    }
    if (used + size > MAX_SHARED_BYTES) {
      flush();
    }
    Value object = pending.isEmpty() ? newObject(t) : pending.get(0).arg(0);
    Value v = s.valueI(Op.OFF_PTR, t.ptrTo(), 0, object);
    pending.add(v);
    setAddr(line, n, v);
  }

  /** Fixes where in a shared allocation each variable is. */
  void flush() {
    List<Value> list = pending;
    if (list.isEmpty()) {
      return;
    }
    pending = new ArrayList<>();
    if (list.size() == 1) {
      list.get(0).op = Op.COPY;
      return;
    }
    Value ptr = list.get(0).arg(0);
    Value call = ptr.arg(0);
    list.sort(Comparator.comparingInt(v -> -v.type.elem().align()));
    long size = 0;
    for (Value v : list) {
      v.auxInt = size;
      size += v.type.elem().size();
    }
    int align = list.get(0).type.elem().align();
    size = (size + align - 1) & -align;

    Value bytes = s.constInt(s.types.uintptr, size);
    Value noType = s.f.constNil(call.arg(0).type);
    Value zeroed = s.constBool(true);
    Value mem = call.arg(1);
    AuxCall aux =
        new AuxCall(
            RuntimeSyms.MALLOCGC,
            AbiConfig.AMD64.analyze(
                List.of(bytes.type, noType.type, zeroed.type), List.of(s.types.unsafePtr)));
    call.aux = aux;
    call.auxInt = 4L * s.types.ptrSize();
    call.setArgs(bytes, noType, zeroed, mem);
    call.type = aux.resultsType(s.types);
    ptr.type = s.types.unsafePtr;
  }

  /** Makes a variable that holds the address of {@code n}. */
  void setAddr(long line, Name n, Value ptr) {
    Name addr = s.unit.newLocal(s.curfn, line, "&" + n.sym.name(), s.type(n).ptrTo().goType());
    n.heapAddr = addr;
    s.assign(addr, ptr);
  }

  /** Allocates what of the parameters and results is on the heap, and copies parameters there. */
  void moveParams(List<Name> params) {
    for (Name n : params) {
      if (n.isBlank() || n.isOnStack()) {
        continue;
      }
      declare(n);
      if (n.storage == StorageClass.PARAM) {
        Value to = s.expr(Objects.requireNonNull(n.heapAddr));
        s.stores.move(s.type(n), to, address(n), false);
      }
    }
  }

  private Value address(Name n) {
    return Objects.requireNonNull(s.addresses.get(n));
  }

  /** Zeroes the results before anything else: a panic may show them. */
  void zeroResults(List<Name> results) {
    for (Name n : results) {
      if (!n.isOnStack()) {
        continue;
      }
      SType t = s.type(n);
      if (t.canSsa()) {
        s.assign(n, s.stores.zeroVal(t));
      } else {
        if (t.hasPointers() || s.unit.isMergeCandidate(n)) {
          s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, n, s.mem()));
        }
        s.zero(t, address(n));
      }
    }
  }

  /** A new object of type {@code t}. */
  Value newObject(SType t) {
    return newObject(t, null);
  }

  /** A new object whose type is described by {@code rtype}. */
  Value newObject(SType t, @Nullable Value rtype) {
    if (t.size() == 0) {
      return s.valueA(Op.ADDR, t.ptrTo(), RuntimeSyms.ZEROBASE, s.sb);
    }
    Value type = rtype == null ? reflectType(t) : rtype;
    return s.calls.runtimeCall(RuntimeSyms.NEWOBJECT, t.ptrTo(), type);
  }

  /** The address of the descriptor of {@code t}. */
  Value reflectType(SType t) {
    return s.entryValue(Op.ADDR, s.types.bytePtr, 0, s.unit.typeSymbol(t), s.sb);
  }

  /** A temporary in the frame. */
  Temp temp(long line, SType t) {
    Name n = s.unit.newTemp(s.curfn, line, t.goType());
    if (t.hasPointers() || (s.unit.isMergeCandidate(n) && t != s.unit.deferRecord())) {
      s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, n, s.mem()));
    }
    return new Temp(n, s.addr(n));
  }
}
