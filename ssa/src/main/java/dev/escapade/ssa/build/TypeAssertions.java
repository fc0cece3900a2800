package dev.escapade.ssa.build;

import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Type assertions {@code x.(T)}. */
final class TypeAssertions {
  /** Where in an itab the type is, the hash of the type, and the first method; in bytes. */
  static final int ITAB_TYPE = 8;

  static final int ITAB_HASH = 16;
  static final int ITAB_FUN = 24;

  /** Where in a type descriptor the hash is, in bytes. */
  static final int TYPE_HASH = 16;

  private static final int WORD = 8;

  /** The value that was asserted, and whether it is one; the latter null if no one asked. */
  record Asserted(Value value, @Nullable Value ok) {}

  /** An assertion as it is known after the operands are evaluated. */
  private record Assertion(
      long line,
      SType from,
      SType to,
      Value iface,
      @Nullable Value source,
      Value target,
      @Nullable Value targetItab,
      boolean commaOk,
      @Nullable Sym descriptor) {}

  private final State s;

  TypeAssertions(State s) {
    this.s = s;
  }

  Asserted assertType(TypeAssertExpr n, boolean commaOk) {
    Value iface = s.expr(n.x);
    Value target = s.heap.reflectType(s.type(n));
    Value targetItab = n.itab == null ? null : s.expr(n.itab);
    if (n.useNilPanic) {
      Value itab = s.places.nilCheck(s.value(Op.ITAB, s.types.bytePtr, iface));
      Value data = s.value(Op.IDATA, s.types.bytePtr, iface);
      iface = s.value(Op.IMAKE, iface.type, itab, data);
    }
    String descriptor = n.descriptor;
    return build(
        new Assertion(
            State.pack(n.pos, n.inl),
            s.type(n.x),
            s.type(n),
            iface,
            null,
            target,
            targetItab,
            commaOk,
            descriptor == null ? null : new Sym(descriptor)));
  }

  Asserted assertDynamicType(DynamicTypeAssertExpr n, boolean commaOk) {
    Value iface = s.expr(n.x);
    Value source = n.srcRType == null ? null : s.expr(n.srcRType);
    Value target;
    Value targetItab = null;
    if (!s.type(n.x).isEmptyInterface() && !s.type(n).isInterface()) {
      targetItab = s.expr(Objects.requireNonNull(n.itab));
      target =
          s.load(s.types.bytePtr, s.valueI(Op.OFF_PTR, s.types.bytePtr, ITAB_TYPE, targetItab));
    } else {
      target = s.expr(Objects.requireNonNull(n.rtype));
    }
    return build(
        new Assertion(
            State.pack(n.pos, n.inl),
            s.type(n.x),
            s.type(n),
            iface,
            source,
            target,
            targetItab,
            commaOk,
            null));
  }

  private Asserted build(Assertion a) {
    if (a.to.isEmptyInterface()) {
      return toEmptyInterface(a);
    }
    return a.to.isInterface() ? toInterface(a) : toConcrete(a);
  }

  private Asserted toEmptyInterface(Assertion a) {
    SType bytePtr = s.types.bytePtr;
    Value itab = s.value(Op.ITAB, bytePtr, a.iface);
    Value cond = s.value(Op.NEQ_PTR, s.types.bool, itab, s.f.constNil(bytePtr));
    if (a.from.isEmptyInterface() && a.commaOk) {
      return new Asserted(a.iface, cond);
    }
    Block b = s.endBlock();
    b.kind = dev.escapade.ssa.core.BlockKind.IF;
    b.setControl(cond);
    b.likely = Block.LIKELY;
    Block ok = s.newBlock();
    Block fail = s.newBlock();
    b.addEdgeTo(ok);
    b.addEdgeTo(fail);
    if (!a.commaOk) {
      s.startBlock(fail);
      s.calls.panicCall(RuntimeSyms.PANICNILDOTTYPE, a.target);
      s.startBlock(ok);
      if (a.from.isEmptyInterface()) {
        return new Asserted(a.iface, null);
      }
      Value type = s.load(bytePtr, s.valueI(Op.OFF_PTR, bytePtr, ITAB_TYPE, itab));
      Value data = s.value(Op.IDATA, bytePtr, a.iface);
      return new Asserted(s.value(Op.IMAKE, a.to, type, data), null);
    }
    s.startBlock(ok);
    Value at = s.valueI(Op.OFF_PTR, bytePtr, ITAB_TYPE, itab);
    s.vars.put(Marker.TYP, s.load(bytePtr, at));
    s.endBlock();
    s.startBlock(fail);
    s.vars.put(Marker.TYP, itab);
    s.endBlock();
    Block end = s.newBlock();
    ok.addEdgeTo(end);
    fail.addEdgeTo(end);
    s.startBlock(end);
    Value data = s.value(Op.IDATA, bytePtr, a.iface);
    Value res = s.value(Op.IMAKE, a.to, s.variable(Marker.TYP, bytePtr), data);
    s.vars.remove(Marker.TYP);
    return new Asserted(res, cond);
  }

  private Asserted toInterface(Assertion a) {
    SType bytePtr = s.types.bytePtr;
    Value itab = s.value(Op.ITAB, bytePtr, a.iface);
    Value data = s.value(Op.IDATA, s.types.unsafePtr, a.iface);
    Block nil = s.newBlock();
    Block nonNil = s.newBlock();
    Block merge = s.newBlock();
    Value cond = s.value(Op.NEQ_PTR, s.types.bool, itab, s.f.constNil(bytePtr));
    s.branch(cond, Block.LIKELY, nonNil, nil);

    s.startBlock(nil);
    if (a.commaOk) {
      s.vars.put(Marker.TYP, itab);
      s.jump(merge);
    } else {
      s.calls.panicCall(RuntimeSyms.PANICNILDOTTYPE, a.target);
    }

    s.startBlock(nonNil);
    Value type = itab;
    if (!a.from.isEmptyInterface()) {
      type = s.load(bytePtr, s.valueI(Op.OFF_PTR, bytePtr, ITAB_TYPE, itab));
    }
    Value found;
    if (a.descriptor != null) {
      Value d = s.valueA(Op.ADDR, bytePtr, a.descriptor, s.sb);
      if (s.unit.optimize()) {
        lookUpInCache(a, d, itab, type, merge);
      }
      found = s.calls.runtimeCall(RuntimeSyms.TYPE_ASSERT, bytePtr, d, type);
    } else {
      Sym fn = a.commaOk ? RuntimeSyms.ASSERT_E2I2 : RuntimeSyms.ASSERT_E2I;
      found = s.calls.runtimeCall(fn, bytePtr, a.target, type);
    }
    s.vars.put(Marker.TYP, found);
    s.jump(merge);

    s.startBlock(merge);
    Value result = s.variable(Marker.TYP, bytePtr);
    Value ok = a.commaOk ? s.value(Op.NEQ_PTR, s.types.bool, result, s.f.constNil(bytePtr)) : null;
    return new Asserted(s.value(Op.IMAKE, a.to, result, data), ok);
  }

  /** Looks the type up in the cache of this assertion; ends in the block for what is not there. */
  private void lookUpInCache(Assertion a, Value descriptor, Value itab, Value type, Block merge) {
    SType uintptr = s.types.uintptr;
    Block head = s.newBlock();
    Block body = s.newBlock();
    Block hit = s.newBlock();
    Block miss = s.newBlock();
    Value cache = atomicLoadPtr(descriptor);
    Value hash = a.from.isEmptyInterface() ? load32(type, TYPE_HASH) : load32(itab, ITAB_HASH);
    s.vars.put(Marker.HASH, s.value(Op.ZERO_EXT32TO64, uintptr, hash));
    Value mask = s.load(uintptr, cache);
    s.jump(head);

    s.startBlock(head);
    Value index = s.value(Op.AND64, uintptr, s.variable(Marker.HASH, uintptr), mask);
    index = s.value(Op.MUL64, uintptr, index, s.uintptrConstant(2 * WORD));
    index = s.value(Op.ADD64, uintptr, index, s.uintptrConstant(WORD));
    Value entry = s.value(Op.ADD_PTR, s.types.uintptrPtr, cache, index);
    nextHash();
    testEntry(entry, type, hit, body, miss, head);

    s.startBlock(hit);
    Value at = s.valueI(Op.OFF_PTR, s.types.bytePtrPtr, WORD, entry);
    s.vars.put(Marker.TYP, s.load(s.types.bytePtr, at));
    s.jump(merge);
    s.startBlock(miss);
  }

  private Value load32(Value p, int offset) {
    SType uint32 = s.types.uint32;
    return s.load(uint32, s.valueI(Op.OFF_PTR, uint32.ptrTo(), offset, p));
  }

  /** Loads a pointer so that what it points to is seen as it was written. */
  Value atomicLoadPtr(Value p) {
    SType bytePtr = s.types.bytePtr;
    Value load = s.value(Op.ATOMIC_LOAD_PTR, s.types.tuple(bytePtr, SType.MEM), p, s.mem());
    Value v = s.value(Op.SELECT0, bytePtr, load);
    s.setMem(s.value(Op.SELECT1, SType.MEM, load));
    return v;
  }

  /** Goes on to the next entry of a cache. */
  void nextHash() {
    SType uintptr = s.types.uintptr;
    s.vars.put(
        Marker.HASH,
        s.value(Op.ADD64, uintptr, s.variable(Marker.HASH, uintptr), s.uintptrConstant(1)));
  }

  /** Tests whether the entry of a cache is for {@code type}, and else whether it is the last. */
  void testEntry(Value entry, Value type, Block hit, Block body, Block miss, Block head) {
    Value found = s.load(s.types.uintptr, entry);
    Value same = s.value(Op.EQ_PTR, s.types.bool, type, found);
    s.branch(same, 0, hit, body);
    s.startBlock(body);
    Value last = s.value(Op.EQ_PTR, s.types.bool, found, s.f.constNil(s.types.bytePtr));
    s.branch(last, 0, miss, head);
  }

  private Asserted toConcrete(Assertion a) {
    SType bytePtr = s.types.bytePtr;
    boolean direct = a.to.isDirectIface();
    Value itab = s.value(Op.ITAB, bytePtr, a.iface);
    Value wanted = a.from.isEmptyInterface() ? a.target : Objects.requireNonNull(a.targetItab);
    HeapVariables.Temp temp = null;
    if (a.commaOk && !a.to.canSsa()) {
      temp = s.heap.temp(a.line, a.to);
    }
    Value cond = s.value(Op.EQ_PTR, s.types.bool, itab, wanted);
    Block b = s.endBlock();
    b.kind = dev.escapade.ssa.core.BlockKind.IF;
    b.setControl(cond);
    b.likely = Block.LIKELY;
    Block ok = s.newBlock();
    Block fail = s.newBlock();
    b.addEdgeTo(ok);
    b.addEdgeTo(fail);
    if (!a.commaOk) {
      s.startBlock(fail);
      Value source = a.source == null ? s.heap.reflectType(a.from) : a.source;
      Sym panic =
          a.from.isEmptyInterface() ? RuntimeSyms.PANICDOTTYPE_E : RuntimeSyms.PANICDOTTYPE_I;
      s.calls.panicCall(panic, itab, a.target, source);
      s.startBlock(ok);
      return new Asserted(data(a, direct), null);
    }
    Block end = s.newBlock();
    Marker value = new Marker("val");
    s.startBlock(ok);
    if (temp == null) {
      s.vars.put(value, data(a, direct));
    } else {
      Value p = s.value(Op.IDATA, a.to.ptrTo(), a.iface);
      s.stores.move(a.to, temp.addr(), p, false);
    }
    s.vars.put(Marker.OK, s.constBool(true));
    s.jump(end);
    s.startBlock(fail);
    if (temp == null) {
      s.vars.put(value, s.stores.zeroVal(a.to));
    } else {
      s.zero(a.to, temp.addr());
    }
    s.vars.put(Marker.OK, s.constBool(false));
    s.jump(end);
    s.startBlock(end);
    Value res;
    if (temp == null) {
      res = s.variable(value, a.to);
      s.vars.remove(value);
    } else {
      res = s.load(a.to, temp.addr());
    }
    Value resOk = s.variable(Marker.OK, s.types.bool);
    s.vars.remove(Marker.OK);
    return new Asserted(res, resOk);
  }

  private Value data(Assertion a, boolean direct) {
    if (direct) {
      return s.value(Op.IDATA, a.to, a.iface);
    }
    Value p = s.value(Op.IDATA, a.to.ptrTo(), a.iface);
    return s.load(a.to, p);
  }
}
