package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.constant.GoStrings;

/** Rules for values of several parts: what is taken out was put in. */
final class AggregateRules {
  private AggregateRules() {}

  static boolean apply(Value v) {
    return switch (v.op) {
      case STRUCT_SELECT -> structSelect(v);
      case ARRAY_SELECT -> arraySelect(v);
      case IMAKE -> imake(v);
      case STRING_PTR -> stringPtr(v);
      case STRING_LEN -> v.arg(0).op == Op.STRING_MAKE && constantPart(v, v.arg(0).arg(1));
      case CONST_STRING -> constString(v);
      case SLICE_PTR, SLICE_LEN, SLICE_CAP -> slicePart(v);
      case SLICE_MAKE -> sliceMake(v);
      case CONST_SLICE -> constSlice(v);
      case CONST_INTERFACE -> constInterface(v);
      case OFF_PTR -> offPtr(v);
      case PTR_INDEX -> ptrIndex(v);
      case ADD_PTR -> addPtr(v);
      default -> false;
    };
  }

  private static boolean copy(Value v, Value a) {
    v.copyOf(a);
    return true;
  }

  static Value loadIn(Block b, Value v, SType t, SType ptr, long offset, Value p, Value mem) {
    Value load = b.newValue(v.pos, v.inl, Op.LOAD, t);
    v.copyOf(load);
    load.addArg(b.newValueI(v.pos, v.inl, Op.OFF_PTR, ptr, offset, p));
    load.addArg(mem);
    return load;
  }

  private static boolean structSelect(Value v) {
    Value x = v.arg(0);
    int i = (int) v.auxInt;
    if (x.op == Op.STRUCT_MAKE) {
      return copy(v, x.arg(i));
    }
    if (x.op == Op.LOAD && !x.type.canSsa()) {
      loadIn(x.block(), v, v.type, v.type.ptrTo(), x.type.fieldOff(i), x.arg(0), x.arg(1));
      return true;
    }
    return selectOfIdata(v, x);
  }

  /** The one part of a struct or array that an interface holds itself. */
  static boolean selectOfIdata(Value v, Value x) {
    if (x.op != Op.IDATA) {
      return false;
    }
    if (v.op == Op.STRUCT_SELECT && v.type.size() == 0) {
      v.reset(Op.EMPTY);
      return true;
    }
    if (v.op == Op.ARRAY_SELECT && v.auxInt != 0) {
      return false;
    }
    Value i = x.arg(0);
    v.reset(Op.IDATA);
    v.addArg(i);
    return true;
  }

  private static boolean arraySelect(Value v) {
    Value x = v.arg(0);
    return x.op == Op.ARRAY_MAKE1 ? copy(v, x.arg(0)) : selectOfIdata(v, x);
  }

  static boolean imake(Value v) {
    Value data = v.arg(1);
    if (data.op == Op.STRUCT_MAKE) {
      Value part = null;
      for (int i = 0; i < data.numArgs() && part == null; i++) {
        if (data.arg(i).type.size() > 0) {
          part = data.arg(i);
        }
      }
      if (part == null) {
        return false;
      }
      v.copyOf(v.block().newValue(v.pos, v.inl, Op.IMAKE, v.type, v.arg(0), part));
      return true;
    }
    if (data.op == Op.ARRAY_MAKE1) {
      v.setArg(1, data.arg(0));
      return true;
    }
    return false;
  }

  private static boolean stringPtr(Value v) {
    Value x = v.arg(0);
    if (x.op != Op.STRING_MAKE || x.arg(0).op != Op.ADDR) {
      return false;
    }
    Value a = x.arg(0);
    v.reset(Op.ADDR);
    v.type = a.type;
    v.aux = a.aux;
    v.addArg(a.arg(0));
    return true;
  }

  private static boolean constantPart(Value v, Value part) {
    if (part.op != Op.CONST64) {
      return false;
    }
    v.reset(Op.CONST64);
    v.type = part.type;
    v.auxInt = part.auxInt;
    return true;
  }

  private static boolean constString(Value v) {
    String s = (String) v.aux;
    if (s == null) {
      return false;
    }
    STypes types = v.func().config.types;
    Block b = v.block();
    v.reset(Op.STRING_MAKE);
    if (s.isEmpty()) {
      v.addArg(b.newValue(v.pos, v.inl, Op.CONST_NIL, types.bytePtr));
    } else {
      Value a = b.newValueA(v.pos, v.inl, Op.ADDR, types.bytePtr, stringData(s));
      a.addArg(b.newValue(v.pos, v.inl, Op.SB, types.uintptr));
      v.addArg(a);
    }
    v.addArg(b.newValueI(v.pos, v.inl, Op.CONST64, types.integer, s.length()));
    return true;
  }

  /** The symbol with the bytes of a string, each byte a char. */
  static Sym stringData(String bytes) {
    return new Sym("go:string." + GoStrings.quote(bytes));
  }

  private static boolean slicePart(Value v) {
    Value x = v.arg(0);
    if (x.op != Op.SLICE_MAKE) {
      return v.op == Op.SLICE_LEN && CallRules.lenOfGrown(v);
    }
    int i = v.op == Op.SLICE_PTR ? 0 : v.op == Op.SLICE_LEN ? 1 : 2;
    Value part = x.arg(i);
    if (i > 0 && constantPart(v, part)) {
      return true;
    }
    boolean same = part.op == v.op || (v.op == Op.SLICE_CAP && part.op == Op.SLICE_LEN);
    if (!same) {
      return false;
    }
    Op op = part.op;
    Value s = part.arg(0);
    v.reset(op);
    v.addArg(s);
    return true;
  }

  /** The pointer of a slice with a capacity needs no masking. */
  private static boolean sliceMake(Value v) {
    Value p = v.arg(0);
    Value len = v.arg(1);
    if (p.op != Op.ADD_PTR || len.op != Op.CONST64 || len.auxInt <= 0) {
      return false;
    }
    Value and = p.arg(1);
    if (and.op != Op.AND64) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      if (and.arg(1 - i).op == Op.SLICEMASK) {
        Value y = and.arg(i);
        Value cap = v.arg(2);
        Value base = p.arg(0);
        SType t = p.type;
        v.reset(Op.SLICE_MAKE);
        v.addArg(v.block().newValue(v.pos, v.inl, Op.ADD_PTR, t, base, y));
        v.addArgs(len, cap);
        return true;
      }
    }
    return false;
  }

  private static boolean constSlice(Value v) {
    STypes types = v.func().config.types;
    Block b = v.block();
    SType ptr = v.type.elem().ptrTo();
    v.reset(Op.SLICE_MAKE);
    v.addArg(b.newValue(v.pos, v.inl, Op.CONST_NIL, ptr));
    // Both numbers are one value.
    Value zero = b.newValueI(v.pos, v.inl, Op.CONST64, types.integer, 0);
    v.addArgs(zero, zero);
    return true;
  }

  private static boolean constInterface(Value v) {
    STypes types = v.func().config.types;
    Block b = v.block();
    v.reset(Op.IMAKE);
    v.addArg(b.newValue(v.pos, v.inl, Op.CONST_NIL, types.uintptr));
    v.addArg(b.newValue(v.pos, v.inl, Op.CONST_NIL, types.bytePtr));
    return true;
  }

  private static boolean offPtr(Value v) {
    Value p = v.arg(0);
    if (p.op == Op.OFF_PTR) {
      long sum = v.auxInt + p.auxInt;
      Value base = p.arg(0);
      v.reset(Op.OFF_PTR);
      v.auxInt = sum;
      v.addArg(base);
      return true;
    }
    return v.auxInt == 0 && v.type == p.type && copy(v, p);
  }

  private static boolean ptrIndex(Value v) {
    STypes types = v.func().config.types;
    Value p = v.arg(0);
    Value i = v.arg(1);
    long size = v.type.elem().size();
    Block b = v.block();
    v.reset(Op.ADD_PTR);
    Value mul = b.newValue(v.pos, v.inl, Op.MUL64, types.integer);
    Value n = b.newValueI(v.pos, v.inl, Op.CONST64, types.integer, size);
    mul.addArgs(i, n);
    v.addArgs(p, mul);
    return true;
  }

  private static boolean addPtr(Value v) {
    Value c = v.arg(1);
    if (c.op != Op.CONST64 && c.op != Op.CONST32) {
      return false;
    }
    Value p = v.arg(0);
    long offset = c.auxInt;
    v.reset(Op.OFF_PTR);
    v.auxInt = offset;
    v.addArg(p);
    return true;
  }

  /** Loads of structs and arrays are loads of their parts. */
  static boolean load(Value v) {
    SType t = v.type;
    Value p = v.arg(0);
    Value mem = v.arg(1);
    Block b = v.block();
    if (t.isStruct() && t.size() > 0 && t.canSsa()) {
      int n = t.numFields();
      Value[] parts = new Value[n];
      for (int i = 0; i < n; i++) {
        SType ft = t.field(i);
        Value at = b.newValueI(v.pos, v.inl, Op.OFF_PTR, ft.ptrTo(), t.fieldOff(i), p);
        parts[i] = b.newValue(v.pos, v.inl, Op.LOAD, ft, at, mem);
      }
      v.reset(Op.STRUCT_MAKE);
      v.addArgs(parts);
      return true;
    }
    if (t.isArray() && t.numElem() == 1 && t.canSsa()) {
      v.reset(Op.ARRAY_MAKE1);
      v.addArg(b.newValue(v.pos, v.inl, Op.LOAD, t.elem(), p, mem));
      return true;
    }
    if ((t.isStruct() || t.isArray()) && t.size() == 0) {
      v.reset(Op.EMPTY);
      return true;
    }
    return false;
  }

  /** Stores of structs and arrays are stores of their parts, or moves. */
  static boolean store(Value v) {
    Value dst = v.arg(0);
    Value x = v.arg(1);
    Value mem = v.arg(2);
    Block b = v.block();
    if (x.op == Op.STRUCT_MAKE) {
      return storeStruct(v);
    }
    SType t = MemoryRules.typeAux(v);
    if (x.op == Op.LOAD && !t.canSsa()) {
      boolean varDef = mem.op == Op.VAR_DEF && mem.arg(0) == x.arg(1);
      if (mem == x.arg(1) || varDef) {
        Value src = x.arg(0);
        v.reset(Op.MOVE);
        v.auxInt = t.size();
        v.aux = t;
        v.addArgs(dst, src);
        if (varDef) {
          Value before = x.arg(1);
          v.addArg(b.newValueA(v.pos, v.inl, Op.VAR_DEF, SType.MEM, mem.aux, before));
        } else {
          v.addArg(mem);
        }
        return true;
      }
    }
    if (x.op == Op.ARRAY_MAKE1) {
      Value e = x.arg(0);
      v.reset(Op.STORE);
      v.aux = e.type;
      v.addArgs(dst, e, mem);
      return true;
    }
    return x.op == Op.EMPTY && copy(v, mem);
  }

  static boolean storeStruct(Value v) {
    Value dst = v.arg(0);
    Value x = v.arg(1);
    Value mem = v.arg(2);
    SType t = x.type;
    Block b = v.block();
    for (int i = 0; i < x.numArgs(); i++) {
      SType ft = t.field(i);
      Value at = b.newValueI(v.pos, v.inl, Op.OFF_PTR, ft.ptrTo(), t.fieldOff(i), dst);
      mem = b.newValueA(v.pos, v.inl, Op.STORE, SType.MEM, ft, at, x.arg(i), mem);
    }
    return copy(v, mem);
  }
}
