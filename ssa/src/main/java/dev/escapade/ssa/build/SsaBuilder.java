package dev.escapade.ssa.build;

import dev.escapade.ir.Name;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.abi.Assignment;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.abi.NameOffset;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes SSA of one function. */
public final class SsaBuilder {
  private final Context context;
  private final dev.escapade.ir.Func fn;
  private final State s;
  private final List<Name> params;
  private final AbiInfo abi;

  private SsaBuilder(Context context, dev.escapade.ir.Func fn) {
    this.context = context;
    this.fn = fn;
    Func f = new Func(context.config(), fn.sym().name());
    Block entry = f.newBlock(BlockKind.PLAIN);
    f.entry = entry;
    entry.pos = fn.pos;
    entry.inl = fn.inl;
    if (context.wantsNames()) {
      f.names = new NamedValues();
    }
    f.noSplit = fn.has(dev.escapade.syntax.Pragma.Flag.NOSPLIT);
    params = List.copyOf(Unit.params(fn));
    List<Name> results = List.copyOf(Unit.results(fn));
    abi = AbiConfig.AMD64.analyze(types(params), params, types(results), results);
    f.ownAux = new AuxCall(context.symbol(fn.nname), abi);
    s = new State(context, fn, f, results);
  }

  private List<SType> types(List<Name> names) {
    List<SType> types = new ArrayList<>();
    for (Name n : names) {
      types.add(context.types().of(n.type()));
    }
    return types;
  }

  /** The SSA form of {@code fn}, which has been walked. */
  public static Func build(Context context, dev.escapade.ir.Func fn) {
    return new SsaBuilder(context, fn).build();
  }

  private Func build() {
    s.startBlock(s.f.entry());
    s.setMem(s.startMem);
    s.defers.start();
    addresses();
    for (int i = 0; i < params.size(); i++) {
      param(params.get(i), abi.in().get(i));
    }
    if (fn.isNeedctxt()) {
      closureVariables();
    }
    s.heap.zeroResults(s.results());
    s.heap.moveParams(params);
    s.heap.moveParams(s.results());
    s.stmts(fn.body);
    if (s.curBlock != null) {
      s.pushLine(State.pack(fn.endPos, 0));
      s.statements.exit();
      s.popLine();
    }
    for (Block b : s.f.blocks) {
      if (b.pos != 0) {
        Places.givePredecessors(b);
      }
    }
    Phis.insert(s);
    return s.f;
  }

  private void addresses() {
    for (Name n : fn.dcl) {
      switch (n.storage) {
        case PARAM, PARAMOUT ->
            s.addresses.put(
                n, s.entryValue(Op.LOCAL_ADDR, s.type(n).ptrTo(), 0, n, s.sp, s.startMem));
        case AUTO -> {}
        case NONE, EXTERN, AUTOHEAP, FUNC ->
            throw s.bad("local variable with storage " + n.storage);
      }
    }
  }

  private void param(Name n, Assignment a) {
    SType t = s.type(n);
    if (s.places.canSsa(n)) {
      Value v = s.valueA(Op.ARG, t, n);
      s.vars.put(n, v);
      s.name(n, v);
      return;
    }
    if (!a.inRegisters()) {
      return;
    }
    Value addr = Objects.requireNonNull(s.addresses.get(n));
    if (t.canSsa()) {
      s.store(t, addr, s.valueA(Op.ARG, t, n));
    } else {
      storeRegisters(n, a, addr);
    }
  }

  /** Stores a parameter that is in registers but too large to be a value. */
  private void storeRegisters(Name n, Assignment a, Value addr) {
    List<SType> types = a.registerTypes();
    long[] offsets = a.registerOffsets();
    int ints = abi.config().intRegs();
    for (int i = 0; i < offsets.length; i++) {
      int r = a.registers().get(i);
      SType t = types.get(i);
      Value v =
          s.value(
              r >= ints ? Op.ARG_FLOAT_REG : Op.ARG_INT_REG,
              t,
              r >= ints ? r - ints : r,
              new NameOffset(n, offsets[i]));
      Value p = s.valueI(Op.OFF_PTR, t.ptrTo(), offsets[i], addr);
      s.store(t, p, v);
    }
  }

  private void closureVariables() {
    SType bytePtr = s.types.bytePtr;
    Value closure = s.entryValue(Op.GET_CLOSURE_PTR, bytePtr, 0, null);
    long offset = s.types.ptrSize();
    for (Name n : List.copyOf(fn.closureVars)) {
      SType t = n.isByval() ? s.type(n) : s.type(n).ptrTo();
      offset = (offset + t.align() - 1) & -t.align();
      Value ptr = s.valueI(Op.OFF_PTR, t.ptrTo(), offset, closure);
      offset += t.size();
      if (n.isByval() && !n.isAddrtaken() && s.type(n).canSsa()) {
        n.storage = dev.escapade.ir.StorageClass.AUTO;
        fn.dcl.add(n);
        s.assign(n, s.load(s.type(n), ptr));
        continue;
      }
      if (!n.isByval()) {
        ptr = s.load(t, ptr);
      }
      s.heap.setAddr(State.pack(fn.pos, 0), n, ptr);
    }
  }
}
