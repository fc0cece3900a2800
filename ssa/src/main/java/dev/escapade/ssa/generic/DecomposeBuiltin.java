package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.rewrite.Rewriter;
import dev.escapade.types.Basic;
import java.util.List;

/** Takes strings, slices, interfaces and complex numbers apart, which no register holds. */
final class DecomposeBuiltin {
  private DecomposeBuiltin() {}

  static void run(Func f) {
    DecomposeUser.run(f); // calls brought new ones
    for (Block b : f.blocks) {
      for (int i = 0, n = b.values.size(); i < n; i++) {
        Value v = b.values.get(i);
        if (v.op == Op.PHI) {
          phi(v);
        }
      }
    }
    Rewriter.apply(f, DecomposeBuiltin::value, _ -> false, false);
    NamedValues names = f.names;
    if (names != null) {
      names.splitBuiltins();
    }
  }

  /**
   * How a type is taken apart.
   *
   * @param select the operations that give the parts
   */
  private record Shape(Op make, List<Op> select, List<SType> types, List<Integer> offsets) {}

  private static final List<Op> COMPLEX = List.of(Op.COMPLEX_REAL, Op.COMPLEX_IMAG);
  private static final List<Op> STRING = List.of(Op.STRING_PTR, Op.STRING_LEN);
  private static final List<Op> SLICE = List.of(Op.SLICE_PTR, Op.SLICE_LEN, Op.SLICE_CAP);
  private static final List<Op> INTERFACE = List.of(Op.ITAB, Op.IDATA);
  private static final Shape NONE = new Shape(Op.INVALID, List.of(), List.of(), List.of());

  private static Shape shape(STypes types, SType t) {
    if (t.isComplex()) {
      SType f = types.floatForComplex(t);
      return new Shape(Op.COMPLEX_MAKE, COMPLEX, List.of(f, f), List.of(0, (int) f.size()));
    }
    if (t.isString()) {
      return new Shape(
          Op.STRING_MAKE, STRING, List.of(types.bytePtr, types.integer), List.of(0, 8));
    }
    if (t.isSlice()) {
      SType p = t.elem().ptrTo();
      return new Shape(
          Op.SLICE_MAKE, SLICE, List.of(p, types.integer, types.integer), List.of(0, 8, 16));
    }
    if (t.isInterface()) {
      return new Shape(Op.IMAKE, INTERFACE, List.of(types.uintptr, types.bytePtr), List.of(0, 8));
    }
    return NONE;
  }

  private static void phi(Value v) {
    Shape s = shape(v.func().config.types, v.type);
    int n = s.select.size();
    if (n == 0) {
      return;
    }
    Value[] parts = new Value[n];
    for (int i = 0; i < n; i++) {
      parts[i] = v.block().newValue(v.pos, v.inl, Op.PHI, s.types.get(i));
    }
    for (Value a : v.args()) {
      for (int i = 0; i < n; i++) {
        parts[i].addArg(a.block().newValue(v.pos, v.inl, s.select.get(i), s.types.get(i), a));
      }
    }
    v.reset(s.make);
    v.addArgs(parts);
  }

  private static boolean value(Value v) {
    return switch (v.op) {
      case STORE -> store(v);
      case LOAD -> load(v);
      case COMPLEX_REAL -> part(v, 0);
      case COMPLEX_IMAG -> part(v, 1);
      case STRING_PTR, SLICE_PTR, ITAB -> part(v, 0);
      case STRING_LEN, SLICE_LEN -> part(v, 1);
      case IDATA -> idata(v);
      case SLICE_CAP -> part(v, 2);
      case SLICE_PTR_UNCHECKED -> v.arg(0).op == Op.SLICE_MAKE && copy(v, v.arg(0).arg(0));
      case IMAKE -> AggregateRules.imake(v);
      case STRUCT_SELECT -> structSelect(v);
      case ARRAY_SELECT -> arraySelect(v);
      case STRUCT_MAKE, ARRAY_MAKE1 ->
          v.numArgs() == 1 && v.arg(0).type.isPtrShaped() && copy(v, v.arg(0));
      default -> false;
    };
  }

  private static boolean copy(Value v, Value a) {
    v.copyOf(a);
    return true;
  }

  private static boolean idata(Value v) {
    Value x = v.arg(0);
    if (x.op == Op.IMAKE) {
      Value data = x.arg(1);
      return data.op != Op.STRUCT_MAKE && data.op != Op.ARRAY_MAKE1 && copy(v, data);
    }
    return part(v, 1);
  }

  /** Part {@code i} of what was made of parts, or of what was loaded. */
  private static boolean part(Value v, int i) {
    Value x = v.arg(0);
    STypes types = v.func().config.types;
    if (x.op == Op.LOAD) {
      Shape s = shape(types, x.type);
      return i < s.select.size() && s.select.get(i) == v.op && loadPart(v, x, s, i);
    }
    boolean made =
        switch (v.op) {
          case COMPLEX_REAL, COMPLEX_IMAG -> x.op == Op.COMPLEX_MAKE;
          case STRING_PTR, STRING_LEN -> x.op == Op.STRING_MAKE;
          case ITAB, IDATA -> x.op == Op.IMAKE;
          default -> x.op == Op.SLICE_MAKE;
        };
    return made && copy(v, x.arg(i));
  }

  private static SType pointer(STypes types, SType t) {
    return t.isFloat() ? types.pointerTo(t.size() == 4 ? Basic.FLOAT32 : Basic.FLOAT64) : t.ptrTo();
  }

  private static boolean loadPart(Value v, Value x, Shape s, int i) {
    Block b = x.block();
    STypes types = v.func().config.types;
    if (i == 0) {
      Value load = b.newValue(v.pos, v.inl, Op.LOAD, s.types.get(0));
      v.copyOf(load);
      load.addArgs(x.arg(0), x.arg(1));
    } else {
      AggregateRules.loadIn(
          b,
          v,
          s.types.get(i),
          pointer(types, s.types.get(i)),
          s.offsets.get(i),
          x.arg(0),
          x.arg(1));
    }
    return true;
  }

  private static boolean load(Value v) {
    STypes types = v.func().config.types;
    Shape s = shape(types, v.type);
    if (s.select.size() == 0) {
      return false;
    }
    Value p = v.arg(0);
    Value mem = v.arg(1);
    Block b = v.block();
    v.reset(s.make);
    for (int i = 0; i < s.select.size(); i++) {
      Value load = b.newValue(v.pos, v.inl, Op.LOAD, s.types.get(i));
      load.addArg(
          i == 0
              ? p
              : b.newValueI(
                  v.pos, v.inl, Op.OFF_PTR, pointer(types, s.types.get(i)), s.offsets.get(i), p));
      load.addArg(mem);
      v.addArg(load);
    }
    return true;
  }

  private static boolean store(Value v) {
    SType t = MemoryRules.typeAux(v);
    Value mem = v.arg(2);
    if (t.size() == 0) {
      return copy(v, mem);
    }
    Value x = v.arg(1);
    return switch (x.op) {
      case COMPLEX_MAKE, STRING_MAKE, SLICE_MAKE, IMAKE ->
          storeParts(v, x, shape(v.func().config.types, x.op == Op.SLICE_MAKE ? t : x.type));
      case STRUCT_MAKE -> AggregateRules.storeStruct(v);
      case ARRAY_MAKE1 -> {
        Value dst = v.arg(0);
        Value e = x.arg(0);
        v.reset(Op.STORE);
        v.aux = e.type;
        v.addArgs(dst, e, mem);
        yield true;
      }
      default -> false;
    };
  }

  private static boolean storeParts(Value v, Value x, Shape s) {
    int n = s.select.size();
    if (n == 0) {
      return false;
    }
    STypes types = v.func().config.types;
    Block b = v.block();
    Value dst = v.arg(0);
    Value mem = v.arg(2);
    v.reset(Op.STORE);
    Value at = v;
    for (int i = n - 1; i >= 0; i--) {
      at.aux = s.types.get(i);
      if (i == 0) {
        at.addArgs(dst, x.arg(0), mem);
      } else {
        Value p =
            b.newValueI(
                v.pos, v.inl, Op.OFF_PTR, pointer(types, s.types.get(i)), s.offsets.get(i), dst);
        Value next = b.newValue(v.pos, v.inl, Op.STORE, SType.MEM);
        at.addArgs(p, x.arg(i), next);
        at = next;
      }
    }
    return true;
  }

  private static boolean structSelect(Value v) {
    Value x = v.arg(0);
    if (AggregateRules.selectOfIdata(v, x)) {
      return true;
    }
    int i = (int) v.auxInt;
    if (x.op == Op.STRUCT_MAKE) {
      return copy(v, x.arg(i));
    }
    if (x.type.isPtrShaped()) {
      return copy(v, x);
    }
    if (x.op != Op.LOAD) {
      return false;
    }
    AggregateRules.loadIn(
        x.block(), v, v.type, v.type.ptrTo(), x.type.fieldOff(i), x.arg(0), x.arg(1));
    return true;
  }

  private static boolean arraySelect(Value v) {
    Value x = v.arg(0);
    if (v.auxInt == 0 && x.type.isPtrShaped()) {
      return copy(v, x);
    }
    if (x.op == Op.ARRAY_MAKE1) {
      return copy(v, x.arg(0));
    }
    if (AggregateRules.selectOfIdata(v, x)) {
      return true;
    }
    if (x.op != Op.LOAD) {
      return false;
    }
    AggregateRules.loadIn(
        x.block(), v, v.type, v.type.ptrTo(), x.type.elem().size() * v.auxInt, x.arg(0), x.arg(1));
    return true;
  }
}
