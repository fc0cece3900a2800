package dev.escapade.ssa.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.abi.Assignment;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls, of the program and of the runtime, and go and defer statements. */
final class Calls {
  /** How a function is called. */
  enum Manner {
    NORMAL,
    DEFER,
    /** The record of the deferred call is in the frame. */
    DEFER_STACK,
    GO,
    TAIL
  }

  private static final int FRAME_START = 0;
  private static final int WORD = 8;

  private final State s;

  Calls(State s) {
    this.s = s;
  }

  /** The last call, of which there must be one. */
  Value lastCall() {
    return Objects.requireNonNull(s.prevCall);
  }

  /** Calls, and returns the first result or null. */
  @Nullable Value callResult(CallExpr n, Manner manner) {
    return call(n, manner, false, null);
  }

  /** Calls, and returns the address of the first result. */
  Value callAddr(CallExpr n) {
    return Objects.requireNonNull(call(n, Manner.NORMAL, true, null));
  }

  /** What is called, and how that is known. */
  private static final class Target {
    @Nullable Sym function;
    @Nullable Value closure;
    @Nullable Value code;
    @Nullable Value receiver;
    AbiConfig abi = AbiConfig.AMD64;
    boolean isDeferRangeFunc;
  }

  /**
   * Calls.
   *
   * @param deferAt the token of the frame that a defer in the body of a range over a function
   *     belongs to
   */
  @Nullable Value call(CallExpr n, Manner manner, boolean wantsAddress, @Nullable Node deferAt) {
    s.prevCall = null;
    boolean plain = manner == Manner.NORMAL || manner == Manner.TAIL;
    Target target = target(n, manner);
    Value token = deferAt == null ? null : s.expr(deferAt);
    AbiInfo params = s.unit.calleeAbi(target.abi, n);
    List<SType> results = new ArrayList<>();
    if (plain) {
      for (Assignment a : params.out()) {
        results.add(a.type());
      }
    }
    Value call =
        manner == Manner.DEFER_STACK
            ? deferOnStack(n, Objects.requireNonNull(target.closure), results)
            : emit(n, manner, target, token, params, results);
    s.prevCall = call;
    s.setMem(s.valueI(Op.SELECT_N, SType.MEM, results.size(), call));
    for (Name v : n.keepAlive) {
      s.setMem(s.valueA(Op.VAR_LIVE, SType.MEM, v, s.mem()));
    }
    if (manner == Manner.DEFER || manner == Manner.DEFER_STACK || target.isDeferRangeFunc) {
      endWithDefer(call);
    }
    if (params.out().isEmpty() || manner != Manner.NORMAL) {
      return null;
    }
    SType first = params.out().get(0).type();
    return wantsAddress ? resultAddr(call, 0, first) : s.valueI(Op.SELECT_N, first, 0, call);
  }

  private Target target(CallExpr n, Manner manner) {
    Target target = new Target();
    Node fun = Objects.requireNonNull(n.fun);
    if (n.op() == dev.escapade.ir.Op.CALLINTER) {
      interfaceMethod(target, (SelectorExpr) fun, manner);
    } else if ((manner == Manner.NORMAL || manner == Manner.TAIL)
        && fun instanceof Name name
        && name.storage == StorageClass.FUNC) {
      target.function = s.unit.symbol(name);
      target.abi = s.unit.abiOf(name);
      target.isDeferRangeFunc = s.unit.isRuntime(name, "deferrangefunc");
    } else {
      target.closure = s.expr(fun);
    }
    return target;
  }

  private void interfaceMethod(Target target, SelectorExpr fun, Manner manner) {
    Value i = s.expr(fun.x);
    Value itab = s.value(Op.ITAB, s.types.uintptr, i);
    s.places.nilCheck(itab);
    long slot = (long) s.unit.methodIndex(fun) * WORD + TypeAssertions.ITAB_FUN;
    Value closure = s.valueI(Op.OFF_PTR, s.types.uintptrPtr, slot, itab);
    target.receiver = s.value(Op.IDATA, s.types.bytePtr, i);
    if (manner == Manner.NORMAL) {
      target.code = s.load(s.types.uintptr, closure);
    } else {
      target.closure = closure;
    }
  }

  private Value deferOnStack(CallExpr n, Value closure, List<SType> results) {
    SType record = s.unit.deferRecord();
    HeapVariables.Temp temp = s.heap.temp(State.pack(n.pos, n.inl), record);
    temp.name().setNonMergeable(true);
    Value slot =
        s.valueI(
            Op.OFF_PTR, closure.type.ptrTo(), record.fieldOff(Context.DEFER_FN_FIELD), temp.addr());
    s.store(closure.type, slot, closure);
    AuxCall aux =
        new AuxCall(
            RuntimeSyms.DEFERPROC_STACK,
            AbiConfig.AMD64.analyze(List.of(s.types.uintptr), results));
    Value mem = s.mem();
    Value call = s.valueA(Op.STATIC_LE_CALL, aux.resultsType(s.types), aux);
    call.addArgs(temp.addr(), mem);
    call.auxInt = WORD;
    return call;
  }

  private Value emit(
      CallExpr n,
      Manner manner,
      Target target,
      @Nullable Value token,
      AbiInfo params,
      List<SType> results) {
    List<SType> argTypes = new ArrayList<>();
    List<Value> args = new ArrayList<>();
    long stackBytes = params.argWidth();
    if (manner == Manner.DEFER || manner == Manner.GO) {
      argTypes.add(s.types.uintptr);
      args.add(Objects.requireNonNull(target.closure));
      stackBytes += WORD;
      if (token != null) {
        argTypes.add(s.unit.emptyInterface());
        args.add(token);
        stackBytes += 2L * WORD;
      }
    }
    if (target.receiver != null) {
      args.add(target.receiver);
    }
    for (Assignment a : params.in()) {
      argTypes.add(a.type());
    }
    if (s.curBlock == s.f.entry() && s.defers.isOpenCoded()) {
      // The entry block must not end in a call: it sets the bits of deferred calls up.
      Block next = s.newBlock();
      s.jump(next);
      s.startBlock(next);
    }
    int first = target.receiver == null ? 0 : 1;
    for (int i = 0; i < n.args.size(); i++) {
      args.add(argument(n.args.get(i), params.in().get(first + i).type()));
    }
    args.add(s.mem());
    Value call = callee(manner, target, token != null, params, argTypes, results);
    call.addArgs(args.toArray(new Value[0]));
    call.auxInt = manner == Manner.TAIL ? 0 : stackBytes;
    return call;
  }

  private Value callee(
      Manner manner,
      Target target,
      boolean hasToken,
      AbiInfo params,
      List<SType> argTypes,
      List<SType> results) {
    if (manner == Manner.DEFER) {
      Sym sym = hasToken ? RuntimeSyms.DEFERPROCAT : RuntimeSyms.DEFERPROC;
      return staticCall(new AuxCall(sym, AbiConfig.AMD64.analyze(argTypes, results)));
    }
    if (manner == Manner.GO) {
      return staticCall(
          new AuxCall(RuntimeSyms.NEWPROC, AbiConfig.AMD64.analyze(argTypes, results)));
    }
    if (target.closure != null) {
      Value code = s.load(s.types.uintptr, target.closure);
      AuxCall aux = new AuxCall(null, target.abi.analyze(argTypes, results));
      return s.valueA(Op.CLOSURE_LE_CALL, aux.resultsType(s.types), aux, code, target.closure);
    }
    if (target.code != null) {
      AuxCall aux = new AuxCall(null, params);
      return s.valueA(Op.INTER_LE_CALL, aux.resultsType(s.types), aux, target.code);
    }
    Value call = staticCall(new AuxCall(Objects.requireNonNull(target.function), params));
    if (manner == Manner.TAIL) {
      call.op = Op.TAIL_LE_CALL;
    }
    return call;
  }

  private Value staticCall(AuxCall aux) {
    return s.valueA(Op.STATIC_LE_CALL, aux.resultsType(s.types), aux);
  }

  private Value argument(Node n, SType t) {
    if (t.canSsa()) {
      return s.expr(n);
    }
    Value a = s.addr(n);
    return s.value(Op.DEREFERENCE, t, a, s.mem());
  }

  /** After a call that may come back a second time, to run deferred calls and return. */
  private void endWithDefer(Value call) {
    Block b = s.endBlock();
    b.kind = BlockKind.DEFER;
    b.setControl(call);
    Block next = s.newBlock();
    b.addEdgeTo(next);
    Block r = s.f.deferReturn;
    if (r == null) {
      r = s.newBlock();
      s.startBlock(r);
      s.statements.exit();
      s.f.deferReturn = r;
    }
    b.addEdgeTo(r);
    b.likely = Block.LIKELY;
    s.startBlock(next);
  }

  /** The result of a call with number {@code which}. */
  Value result(Value call, int which, SType t) {
    Assignment a = aux(call).info().out().get(which);
    if (!a.inRegisters() && !t.canSsa()) {
      Value addr = s.valueI(Op.SELECT_NADDR, t.ptrTo(), which, call);
      return s.load(t, addr);
    }
    return s.valueI(Op.SELECT_N, t, which, call);
  }

  /** The address of the result of a call with number {@code which}. */
  Value resultAddr(Value call, int which, SType t) {
    if (!aux(call).info().out().get(which).inRegisters()) {
      return s.valueI(Op.SELECT_NADDR, t.ptrTo(), which, call);
    }
    Value addr = s.heap.temp(State.pack(call.pos, call.inl), t).addr();
    Value v = s.valueI(Op.SELECT_N, t, which, call);
    s.store(t, addr, v);
    return addr;
  }

  private static AuxCall aux(Value call) {
    return (AuxCall) Objects.requireNonNull(call.aux);
  }

  /** Calls a function of the runtime that returns {@code results}. */
  List<Value> runtimeCall(Sym fn, List<SType> results, Value... args) {
    Value call = runtimeCallee(fn, results, args);
    long bytes = argumentBytes(args);
    List<Value> values = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      SType t = results.get(i);
      bytes = align(bytes, t.align()) + t.size();
      values.add(result(call, i, t));
    }
    call.auxInt = align(bytes, WORD);
    return values;
  }

  /** Calls a function of the runtime that returns one result. */
  Value runtimeCall(Sym fn, SType result, Value... args) {
    return runtimeCall(fn, List.of(result), args).get(0);
  }

  /** Calls a function of the runtime that does not return, and ends the block. */
  void panicCall(Sym fn, Value... args) {
    Value call = runtimeCallee(fn, List.of(), args);
    Block b = s.endBlock();
    b.kind = BlockKind.EXIT;
    b.setControl(call);
    call.auxInt = argumentBytes(args) - FRAME_START;
  }

  private Value runtimeCallee(Sym fn, List<SType> results, Value... args) {
    s.prevCall = null;
    List<SType> types = new ArrayList<>(args.length);
    for (Value a : args) {
      types.add(a.type);
    }
    AuxCall aux = new AuxCall(fn, AbiConfig.AMD64.analyze(types, results));
    Value mem = s.mem();
    Value call = staticCall(aux);
    call.addArgs(args);
    call.addArg(mem);
    s.setMem(s.valueI(Op.SELECT_N, SType.MEM, results.size(), call));
    return call;
  }

  private static long argumentBytes(Value... args) {
    long bytes = FRAME_START;
    for (Value a : args) {
      bytes = align(bytes, a.type.align()) + a.type.size();
    }
    return align(bytes, WORD);
  }

  private static long align(long x, long a) {
    return (x + a - 1) & -a;
  }
}
