package dev.escapade.ssa.build;

import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assignments, and what they do to memory. */
final class Stores {
  /** The parts of a slice that an assignment leaves as they are. */
  static final int SKIP_PTR = 1;

  static final int SKIP_LEN = 1 << 1;
  static final int SKIP_CAP = 1 << 2;

  private final State s;

  Stores(State s) {
    this.s = s;
  }

  /**
   * Assigns.
   *
   * @param right the value; if {@code deref}, its address, or null for the zero value
   * @param skip which parts of a slice not to store
   */
  void assign(Node left, @Nullable Value right, boolean deref, int skip) {
    assign(left, right, deref, skip, false);
  }

  void assign(Node left, @Nullable Value right, boolean deref, int skip, boolean mayOverlap) {
    if (left instanceof Name name && name.isBlank()) {
      return;
    }
    if (s.places.canSsa(left)) {
      if (deref) {
        throw s.bad("a value is assigned from memory");
      }
      assignValue(left, Objects.requireNonNull(right));
      return;
    }
    SType t = s.type(left);
    if (clobberBase(left) instanceof Name base
        && base.storage != StorageClass.FUNC
        && base.isOnStack()
        && skip == 0
        && (t.hasPointers() || s.unit.isMergeCandidate(base))) {
      s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, base, s.mem()));
    }
    Value addr = s.addr(left);
    if (s.unit.isReflectHeaderDataField(left)) {
      t = s.types.unsafePtr;
    }
    if (!deref) {
      storeType(t, addr, Objects.requireNonNull(right), skip);
    } else if (right == null) {
      s.zero(t, addr);
    } else {
      move(t, addr, right, mayOverlap);
    }
  }

  private void assignValue(Node left, Value right) {
    switch (left) {
      case SelectorExpr x -> assignField(x, right);
      case IndexExpr x -> assignElement(x, right);
      default -> {
        s.vars.put(left, right);
        s.name(left, right);
      }
    }
  }

  /** Makes a new struct of the old one. */
  private void assignField(SelectorExpr left, Value right) {
    SType t = s.type(left.x);
    int index = s.unit.fieldIndex(left);
    Value old = s.expr(left.x);
    if (s.type(left).size() == 0) {
      return;
    }
    Value changed = s.value(Op.STRUCT_MAKE, t);
    for (int i = 0; i < t.numFields(); i++) {
      changed.addArg(i == index ? right : s.valueI(Op.STRUCT_SELECT, t.field(i), i, old));
    }
    assign(left.x, changed, false, 0);
  }

  /** Makes a new array of one element. */
  private void assignElement(IndexExpr left, Value right) {
    s.pushLine(left);
    SType t = s.type(left.x);
    Value i = s.expr(left.index);
    if (t.numElem() == 0) {
      Value zero = s.constInt(s.types.integer, 0);
      s.bounds.check(zero, zero, BoundsKind.INDEX, false);
    } else if (t.numElem() == 1 && t.size() != 0) {
      Value len = s.constInt(s.types.integer, 1);
      s.bounds.check(i, len, BoundsKind.INDEX, false);
      assign(left.x, s.value(Op.ARRAY_MAKE1, t, right), false, 0);
    }
    s.popLine();
  }

  /** The variable all of which an assignment to {@code n} overwrites, if it is one. */
  private Node clobberBase(Node n) {
    Node x = n;
    while (true) {
      if (x instanceof SelectorExpr sel
          && sel.op() == dev.escapade.ir.Op.DOT
          && s.type(sel.x).numFields() == 1) {
        x = sel.x;
      } else if (x instanceof IndexExpr i && s.type(i.x).isArray() && s.type(i.x).numElem() == 1) {
        x = i.x;
      } else {
        return x;
      }
    }
  }

  /** Copies memory; {@code mayOverlap} tells that source and destination may be shifted. */
  void move(SType t, Value to, Value from, boolean mayOverlap) {
    if (mayOverlap && t.isArray() && t.numElem() > 1 && !isInlinableMove(to, from, t.size())) {
      if (t.hasPointers()) {
        Value type = s.heap.reflectType(t);
        s.calls.runtimeCall(RuntimeSyms.TYPEDMEMMOVE, java.util.List.of(), type, to, from);
      } else {
        Value size = s.constInt(s.types.uintptr, t.size());
        s.calls.runtimeCall(RuntimeSyms.MEMMOVE, java.util.List.of(), to, from, size);
      }
      s.unit.largeCopy(s.f, s.peekLine(), t.size());
      return;
    }
    s.setMem(s.value(Op.MOVE, SType.MEM, t.size(), t, to, from, s.mem()));
  }

  /** Reports whether a copy needs no call even where both sides overlap, on amd64. */
  private boolean isInlinableMove(Value to, Value from, long size) {
    return size <= 16 || (size < 1024 && MemoryFacts.disjoint(to, from, size));
  }

  /** Stores a value; the parts that are pointers after the others, as they need write barriers. */
  void storeType(SType t, Value left, Value right, int skip) {
    if (skip == 0 && (!t.hasPointers() || MemoryFacts.isStackAddr(left))) {
      s.store(t, left, right);
      return;
    }
    storeScalars(t, left, right, skip);
    if ((skip & SKIP_PTR) == 0 && t.hasPointers()) {
      storePointers(t, left, right);
    }
  }

  private void storeScalars(SType t, Value left, Value right, int skip) {
    int word = s.types.ptrSize();
    SType integer = s.types.integer;
    if (t.isPtrShaped()) {
      if (t.isPtr() && t.elem().isNotInHeap()) {
        s.store(t, left, right);
      }
      return;
    }
    switch (t.kind()) {
      case STRING -> {
        if ((skip & SKIP_LEN) == 0) {
          Value len = s.value(Op.STRING_LEN, integer, right);
          Value at = s.valueI(Op.OFF_PTR, s.types.intPtr, word, left);
          s.store(integer, at, len);
        }
      }
      case SLICE -> {
        if ((skip & SKIP_LEN) == 0) {
          Value len = s.value(Op.SLICE_LEN, integer, right);
          Value at = s.valueI(Op.OFF_PTR, s.types.intPtr, word, left);
          s.store(integer, at, len);
        }
        if ((skip & SKIP_CAP) == 0) {
          Value cap = s.value(Op.SLICE_CAP, integer, right);
          Value at = s.valueI(Op.OFF_PTR, s.types.intPtr, 2L * word, left);
          s.store(integer, at, cap);
        }
      }
      case INTER -> {
        Value itab = s.value(Op.ITAB, s.types.bytePtr, right);
        s.store(s.types.uintptr, left, itab);
      }
      case STRUCT -> {
        for (int i = 0; i < t.numFields(); i++) {
          SType ft = t.field(i);
          Value at = s.valueI(Op.OFF_PTR, ft.ptrTo(), t.fieldOff(i), left);
          Value v = s.valueI(Op.STRUCT_SELECT, ft, i, right);
          storeScalars(ft, at, v, 0);
        }
      }
      case ARRAY -> {
        if (t.size() != 0) {
          storeScalars(t.elem(), left, s.valueI(Op.ARRAY_SELECT, t.elem(), 0, right), 0);
        }
      }
      default -> s.store(t, left, right);
    }
  }

  private void storePointers(SType t, Value left, Value right) {
    if (t.isPtrShaped()) {
      if (!(t.isPtr() && t.elem().isNotInHeap())) {
        s.store(t, left, right);
      }
      return;
    }
    switch (t.kind()) {
      case STRING -> {
        Value p = s.value(Op.STRING_PTR, s.types.bytePtr, right);
        s.store(s.types.bytePtr, left, p);
      }
      case SLICE -> {
        SType pt = t.elem().ptrTo();
        Value p = s.value(Op.SLICE_PTR, pt, right);
        s.store(pt, left, p);
      }
      case INTER -> {
        Value data = s.value(Op.IDATA, s.types.bytePtr, right);
        Value at = s.valueI(Op.OFF_PTR, s.types.bytePtrPtr, s.types.ptrSize(), left);
        s.store(s.types.bytePtr, at, data);
      }
      case STRUCT -> {
        for (int i = 0; i < t.numFields(); i++) {
          SType ft = t.field(i);
          if (ft.hasPointers()) {
            Value at = s.valueI(Op.OFF_PTR, ft.ptrTo(), t.fieldOff(i), left);
            Value v = s.valueI(Op.STRUCT_SELECT, ft, i, right);
            storePointers(ft, at, v);
          }
        }
      }
      case ARRAY -> {
        if (t.size() != 0) {
          storePointers(t.elem(), left, s.valueI(Op.ARRAY_SELECT, t.elem(), 0, right));
        }
      }
      default -> throw s.bad("pointers in " + t);
    }
  }

  /** The zero value of a type that can be a value. */
  Value zeroVal(SType t) {
    if (t.size() == 0) {
      return s.entryValue(Op.EMPTY, t, 0, null);
    }
    if (t.isInteger()) {
      return s.constSized(t, 0);
    }
    if (t.isFloat()) {
      return s.constFloat(t, 0);
    }
    if (t.isPtrShaped()) {
      return s.f.constNil(t);
    }
    return switch (t.kind()) {
      case COMPLEX64, COMPLEX128 -> {
        Value z = s.constFloat(s.types.floatForComplex(t), 0);
        yield s.entryValue(Op.COMPLEX_MAKE, t, 0, null, z, z);
      }
      case STRING -> s.f.constEmptyString(t);
      case BOOL -> s.constBool(false);
      case INTER -> s.f.constInterface(t);
      case SLICE -> s.f.constSlice(t);
      case STRUCT -> {
        Value v = s.entryValue(Op.STRUCT_MAKE, t, 0, null);
        for (int i = 0; i < t.numFields(); i++) {
          v.addArg(zeroVal(t.field(i)));
        }
        yield v;
      }
      case ARRAY -> s.entryValue(Op.ARRAY_MAKE1, t, 0, null, zeroVal(t.elem()));
      default -> throw s.bad("zero value of " + t);
    };
  }
}
