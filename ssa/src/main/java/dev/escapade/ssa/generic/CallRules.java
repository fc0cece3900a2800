package dev.escapade.ssa.generic;

import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Symbols;
import dev.escapade.ssa.core.Value;
import org.jspecify.annotations.Nullable;

/** Rules for calls of functions of the runtime that can be done without a call, or with less. */
final class CallRules {
  private CallRules() {}

  static boolean apply(Value v) {
    return switch (v.op) {
      case SELECT_N -> selectN(v);
      case STATIC_LE_CALL -> staticCall(v);
      case STATIC_CALL -> sameMemory(v);
      case INTER_LE_CALL -> interCall(v);
      case MEM_EQ -> memEq(v);
      default -> false;
    };
  }

  /** Whether {@code v} calls the function of this name. */
  static boolean isTo(Value v, String name) {
    return v.aux instanceof AuxCall c && c.isTo(name);
  }

  static boolean isMalloc(Value call) {
    if (!(call.aux instanceof AuxCall c)) {
      return false;
    }
    Sym fn = c.fn();
    if (fn == null) {
      return false;
    }
    String n = fn.name();
    return n.equals("runtime.newobject")
        || n.startsWith("runtime.mallocgcSmallNoScanSC")
        || n.startsWith("runtime.mallocgcSmallScanNoHeaderSC")
        || n.startsWith("runtime.mallocgcTinySize");
  }

  /** Whether {@code p} is the result of an allocation. */
  static boolean isNewObject(Value p) {
    return p.op == Op.SELECT_N
        && p.auxInt == 0
        && p.arg(0).op == Op.STATIC_LE_CALL
        && isMalloc(p.arg(0));
  }

  /** Whether {@code mem} is the memory right after a call with one result. */
  static boolean isMemoryOf(Value mem, Value call) {
    return mem.op == Op.SELECT_N && mem.auxInt == 1 && mem.arg(0) == call;
  }

  private static boolean isConst(Value v) {
    return v.op == Op.CONST64 || v.op == Op.CONST32;
  }

  private static boolean selectN(Value v) {
    Value call = v.arg(0);
    if (call.op == Op.MAKE_RESULT) {
      v.copyOf(call.arg((int) v.auxInt));
      return true;
    }
    if (call.op == Op.STATIC_CALL || call.op == Op.STATIC_LE_CALL) {
      return (v.auxInt == 0 && selectFirst(v, call)) || (v.auxInt == 1 && selectSecond(v, call));
    }
    return false;
  }

  private static boolean selectFirst(Value v, Value call) {
    int n = call.numArgs();
    if (call.op == Op.STATIC_CALL
        && n == 3
        && isConst(call.arg(1))
        && call.arg(1).auxInt >= 0
        && isTo(call, "runtime.memclrNoHeapPointers")
        && call.uses == 1) {
      Value p = call.arg(0);
      long size = call.arg(1).auxInt;
      Value mem = call.arg(2);
      call.reset(Op.INVALID);
      v.reset(Op.ZERO);
      v.type = SType.MEM;
      v.auxInt = size;
      v.aux = v.func().config.types.uint8;
      v.addArgs(p, mem);
      return true;
    }
    if (n == 4 && call.uses == 1 && isTo(call, "runtime.memmove") && isConst(call.arg(2))) {
      Value dst = call.arg(0);
      Value src = call.arg(1);
      long size = call.arg(2).auxInt;
      Value mem = call.arg(3);
      if (size < 0 || !Pointers.isInlinableMove(dst, src, size)) {
        return false;
      }
      call.reset(Op.INVALID);
      v.reset(Op.MOVE);
      v.type = SType.MEM;
      v.auxInt = size;
      v.aux = v.func().config.types.uint8;
      v.addArgs(dst, src, mem);
      return true;
    }
    return repeatedCompare(v, call);
  }

  /** A comparison of strings right after the same comparison has the same result. */
  private static boolean repeatedCompare(Value v, Value call) {
    if (call.op != Op.STATIC_LE_CALL
        || call.numArgs() != 3
        || !isTo(call, "runtime.cmpstring")
        || call.arg(2).op != Op.SELECT_N
        || call.arg(2).auxInt != 1) {
      return false;
    }
    Value first = call.arg(2).arg(0);
    if (first.op != Op.STATIC_LE_CALL
        || first.numArgs() != 3
        || !isTo(first, "runtime.cmpstring")
        || first.arg(0) != call.arg(0)
        || first.arg(1) != call.arg(1)) {
      return false;
    }
    Block b = first.block();
    Value r = b.newValueI(v.pos, v.inl, Op.SELECT_N, v.func().config.types.integer, 0);
    v.copyOf(r);
    r.addArg(first);
    return true;
  }

  private static boolean selectSecond(Value v, Value call) {
    if (call.op == Op.STATIC_CALL
        && call.numArgs() == 6
        && v.type.isInteger()
        && isConst(call.arg(1))
        && isGrow(call)) {
      v.copyOf(call.arg(1));
      return true;
    }
    if (call.op == Op.STATIC_LE_CALL
        && call.numArgs() == 3
        && call.uses == 1
        && isTo(call, "runtime.cmpstring")) {
      Value mem = call.arg(2);
      call.reset(Op.INVALID);
      v.copyOf(mem);
      return true;
    }
    return false;
  }

  private static boolean isGrow(Value call) {
    return isTo(call, "runtime.growslice") || isTo(call, "runtime.growsliceNoAlias");
  }

  /** The length of a slice that was grown is the one asked for. */
  static boolean lenOfGrown(Value v) {
    Value x = v.arg(0);
    if (x.op != Op.SELECT_N || x.auxInt != 0) {
      return false;
    }
    Value call = x.arg(0);
    if (call.op != Op.STATIC_LE_CALL
        || call.numArgs() != 6
        || !isConst(call.arg(1))
        || !isGrow(call)) {
      return false;
    }
    v.copyOf(call.arg(1));
    return true;
  }

  private static boolean staticCall(Value v) {
    if (!(v.aux instanceof AuxCall c) || c.fn() == null) {
      return false;
    }
    String name = c.fn().name();
    return switch (name) {
      case "runtime.memequal" -> memequal(v);
      case "runtime.makeslice" -> makeslice(v);
      case "runtime.efaceeq" -> v.numArgs() == 4 && isComparable(v.arg(0), false, 0) && eqPtr(v);
      case "runtime.ifaceeq" -> v.numArgs() == 4 && isComparable(v.arg(0), true, 9) && eqPtr(v);
      case "runtime.mapaccess1_faststr",
          "runtime.mapaccess2_faststr",
          "runtime.mapdelete_faststr" ->
          v.numArgs() == 4 && keyOfBytes(v, 2);
      case "unique.Make[go.shape.string]" -> v.numArgs() == 3 && keyOfBytes(v, 1);
      default -> false;
    };
  }

  private static boolean result(Value v, Value r, Value mem) {
    v.addArgs(r, mem);
    return true;
  }

  private static boolean eqPtr(Value v) {
    Value x = v.arg(1);
    Value y = v.arg(2);
    Value mem = v.arg(3);
    v.reset(Op.MAKE_RESULT);
    return result(
        v, v.block().newValue(v.pos, v.inl, Op.EQ_PTR, v.func().config.types.bool, x, y), mem);
  }

  /** Whether values of the type at {@code v} are one pointer and are compared as such. */
  private static boolean isComparable(Value v, boolean itab, int depth) {
    if (itab && depth == 0) {
      return false;
    }
    return switch (v.op) {
      case ITAB -> isComparableInterface(v.arg(0), itab, depth - 1);
      case ADDR -> {
        Symbols symbols = v.func().config.symbols;
        SType t =
            v.aux instanceof Sym s ? (itab ? symbols.itabType(s) : symbols.describedType(s)) : null;
        yield t != null && t.isDirectIface() && symbols.isComparable(t);
      }
      case CONST_NIL -> itab;
      default -> false;
    };
  }

  private static boolean isComparableInterface(Value v, boolean itab, int depth) {
    if (itab && depth == 0) {
      return false;
    }
    if (v.op == Op.IMAKE) {
      return isComparable(v.arg(0), itab, depth - 1);
    }
    if (!itab || v.op != Op.PHI) {
      return false;
    }
    for (int i = 0; i < v.numArgs(); i++) {
      if (!isComparableInterface(v.arg(i), true, depth - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean makeslice(Value v) {
    if (v.numArgs() != 4
        || !isConst(v.arg(1))
        || !isConst(v.arg(2))
        || v.arg(1).auxInt != 0
        || v.arg(2).auxInt != 0) {
      return false;
    }
    Value mem = v.arg(3);
    SType t = v.type.field(0);
    v.reset(Op.MAKE_RESULT);
    Block b = v.block();
    Value a = b.newValueA(v.pos, v.inl, Op.ADDR, t, new Sym("runtime.zerobase"));
    a.addArg(b.newValue(v.pos, v.inl, Op.SB, v.func().config.types.uintptr));
    return result(v, a, mem);
  }

  /** A string made of bytes for a look-up only need not be made. */
  private static boolean keyOfBytes(Value v, int at) {
    Value key = v.arg(at);
    Value m = v.arg(at + 1);
    if (key.op != Op.SELECT_N || key.auxInt != 0 || m.op != Op.SELECT_N || m.auxInt != 1) {
      return false;
    }
    Value make = key.arg(0);
    if (make != m.arg(0)
        || make.op != Op.STATIC_LE_CALL
        || make.numArgs() != 4
        || !isTo(make, "runtime.slicebytetostring")
        || key.uses != 1
        || make.uses != 2) {
      return false;
    }
    Value p = make.arg(1);
    Value len = make.arg(2);
    Value mem = make.arg(3);
    m.reset(Op.COPY);
    m.addArg(mem);
    make.reset(Op.INVALID);
    key.reset(Op.INVALID);
    Value s =
        v.block().newValue(v.pos, v.inl, Op.STRING_MAKE, v.func().config.types.string, p, len);
    v.setArg(at, s);
    v.setArg(at + 1, mem);
    return true;
  }

  // Comparisons of memory.

  private static boolean memequal(Value v) {
    if (v.numArgs() != 4) {
      return false;
    }
    Value p = v.arg(0);
    Value q = v.arg(1);
    Value n = v.arg(2);
    Value mem = v.arg(3);
    Block b = v.block();
    if (n.op == Op.CONST64) {
      byte[] data = readOnly(q);
      Value other = p;
      if (data == null || size(n.auxInt) == 0) {
        data = readOnly(p);
        other = q;
      }
      if (data != null && size(n.auxInt) != 0) {
        v.reset(Op.MAKE_RESULT);
        return result(v, compareWith(v, b, other, data, (int) n.auxInt, mem), mem);
      }
      if (n.auxInt == 0) {
        v.reset(Op.MAKE_RESULT);
        return result(
            v, b.newValueI(v.pos, v.inl, Op.CONST_BOOL, v.func().config.types.bool, 1), mem);
      }
    }
    return sameMemory(v);
  }

  private static boolean sameMemory(Value v) {
    if (v.numArgs() != 4 || !isTo(v, "runtime.memequal") || !Pointers.isSame(v.arg(0), v.arg(1))) {
      return false;
    }
    Value mem = v.arg(3);
    v.reset(Op.MAKE_RESULT);
    return result(
        v, v.block().newValueI(v.pos, v.inl, Op.CONST_BOOL, v.func().config.types.bool, 1), mem);
  }

  private static byte @Nullable [] readOnly(Value p) {
    if (p.op != Op.ADDR || p.arg(0).op != Op.SB || !(p.aux instanceof Sym s)) {
      return null;
    }
    return p.func().config.symbols.readOnlyData(s);
  }

  /** The width in bytes of the comparison of {@code n} bytes; 0 if it is not done in place. */
  private static int size(long n) {
    return n < 1 || n > 8 ? 0 : n <= 2 ? (int) n : n <= 4 ? 4 : 8;
  }

  /** Compares what is at {@code p} with constants, by one load or two that are put together. */
  private static Value compareWith(Value v, Block b, Value p, byte[] data, int n, Value mem) {
    STypes types = v.func().config.types;
    int size = size(n);
    int bits = 8 * size;
    SType t = intType(types, size);
    Value eq = b.newValue(v.pos, v.inl, Op.width(Op.EQ8, bits), types.bool);
    if (n == size) {
      eq.addArg(b.newValue(v.pos, v.inl, Op.LOAD, t, p, mem));
      eq.addArg(
          b.newValueI(
              v.pos, v.inl, Op.constant(bits), t, signExtended(MemoryRules.read(data, 0, n), n)));
      return eq;
    }
    int first = size / 2;
    int second = n == 7 ? 4 : n - first;
    int at = n - second;
    Value or = b.newValue(v.pos, v.inl, Op.width(Op.OR8, bits), t);
    Value low = b.newValue(v.pos, v.inl, zeroExt(first, size), t);
    low.addArg(b.newValue(v.pos, v.inl, Op.LOAD, intType(types, first), p, mem));
    Value shift = b.newValue(v.pos, v.inl, Op.shift(Op.LSH8X8, bits, bits), t);
    Value high = b.newValue(v.pos, v.inl, zeroExt(second, size), t);
    Value load = b.newValue(v.pos, v.inl, Op.LOAD, intType(types, second));
    load.addArg(b.newValueI(v.pos, v.inl, Op.OFF_PTR, types.bytePtr, at, p));
    load.addArg(mem);
    high.addArg(load);
    shift.addArg(high);
    shift.addArg(b.newValueI(v.pos, v.inl, Op.constant(bits), t, 8L * first));
    or.addArgs(low, shift);
    eq.addArg(or);
    long c = MemoryRules.read(data, 0, first) | MemoryRules.read(data, at, second) << (8 * first);
    eq.addArg(b.newValueI(v.pos, v.inl, Op.constant(bits), t, signExtended(c, size)));
    return eq;
  }

  private static long signExtended(long x, int bytes) {
    return MemoryRules.signExtend(x, bytes);
  }

  private static SType intType(STypes types, int bytes) {
    return switch (bytes) {
      case 1 -> types.int8;
      case 2 -> types.int16;
      case 4 -> types.int32;
      default -> types.int64;
    };
  }

  private static Op zeroExt(int from, int to) {
    return switch (from * 10 + to) {
      case 12 -> Op.ZERO_EXT8TO16;
      case 14 -> Op.ZERO_EXT8TO32;
      case 18 -> Op.ZERO_EXT8TO64;
      case 24 -> Op.ZERO_EXT16TO32;
      case 28 -> Op.ZERO_EXT16TO64;
      default -> Op.ZERO_EXT32TO64;
    };
  }

  private static boolean memEq(Value v) {
    Value p = v.arg(0);
    Value q = v.arg(1);
    Value n = v.arg(2);
    Value mem = v.arg(3);
    if (n.op == Op.CONST64 && (n.auxInt == 1 || n.auxInt == 2 || n.auxInt == 4 || n.auxInt == 8)) {
      int size = (int) n.auxInt;
      SType t = intType(v.func().config.types, size);
      v.reset(Op.width(Op.EQ8, 8 * size));
      v.addArg(v.block().newValue(v.pos, v.inl, Op.LOAD, t, p, mem));
      v.addArg(v.block().newValue(v.pos, v.inl, Op.LOAD, t, q, mem));
      return true;
    }
    return ((n.op == Op.CONST64 && n.auxInt == 0) || Pointers.isSame(p, q))
        && CheckRules.set(v, true);
  }

  /** A call of a method of a known itab is a call of the function. */
  private static boolean interCall(Value v) {
    Value fn = v.arg(0);
    if (fn.op != Op.ADDR
        || fn.arg(0).op != Op.SB
        || !(fn.aux instanceof Sym s)
        || !(v.aux instanceof AuxCall c)) {
      return false;
    }
    Value[] args = v.args();
    long size = v.auxInt;
    v.reset(Op.STATIC_LE_CALL);
    v.auxInt = size;
    v.aux = new AuxCall(s, c.info());
    for (int i = 1; i < args.length; i++) {
      v.addArg(args[i]);
    }
    return true;
  }
}
