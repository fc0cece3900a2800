package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules for loads, stores, moves and zeroing, which follow the chain of states of memory back: what
 * is loaded was stored, what is stored is there already, what is moved or zeroed is overwritten.
 */
final class MemoryRules {
  /** The most stores that are looked through. */
  private static final int CHAIN = 4;

  private MemoryRules() {}

  static boolean apply(Value v) {
    return switch (v.op) {
      case LOAD -> load(v);
      case STORE -> store(v);
      case MOVE -> move(v);
      case ZERO -> zero(v);
      default -> false;
    };
  }

  static SType typeAux(Value v) {
    return (SType) Objects.requireNonNull(v.aux);
  }

  // Loads.

  private static boolean load(Value v) {
    return loadStored(v)
        || loadStoredBits(v)
        || loadThroughStores(v)
        || loadZeroed(v)
        || AggregateRules.load(v)
        || loadReadOnly(v);
  }

  /** The value of one of the last stores, if those after it are elsewhere. */
  private static boolean loadStored(Value v) {
    Value p = v.arg(0);
    SType t = v.type;
    Value m = v.arg(1);
    List<Value> after = new ArrayList<>();
    for (int i = 0; i < CHAIN && m.op == Op.STORE; i++) {
      SType st = typeAux(m);
      Value q = m.arg(0);
      Value x = m.arg(1);
      if (Pointers.isSame(p, q)
          && Pointers.copyCompatible(t, x.type)
          && t.size() == st.size()
          && allDisjoint(q, st.size(), after)) {
        v.copyOf(x);
        return true;
      }
      after.add(m);
      m = m.arg(2);
    }
    return false;
  }

  private static boolean allDisjoint(Value p, long size, List<Value> stores) {
    for (Value s : stores) {
      if (!Pointers.disjoint(p, size, s.arg(0), typeAux(s).size())) {
        return false;
      }
    }
    return true;
  }

  /** A constant stored as an integer and loaded as a float, or the other way round. */
  private static boolean loadStoredBits(Value v) {
    Value m = v.arg(1);
    if (m.op != Op.STORE || !Pointers.isSame(v.arg(0), m.arg(0))) {
      return false;
    }
    Value x = m.arg(1);
    long c = x.auxInt;
    long size = typeAux(m).size();
    SType t = v.type;
    return switch (x.op) {
      case CONST64 ->
          size == 8
              && t.isFloat()
              && t.size() == 8
              && !Double.isNaN(Double.longBitsToDouble(c))
              && constant(v, Op.CONST64F, c);
      case CONST32 -> {
        float f = Float.intBitsToFloat((int) c);
        yield size == 4
            && t.isFloat()
            && t.size() == 4
            && !Float.isNaN(f)
            && constant(v, Op.CONST32F, Double.doubleToRawLongBits(f));
      }
      case CONST64F -> size == 8 && t.isInteger() && t.size() == 8 && constant(v, Op.CONST64, c);
      case CONST32F ->
          size == 4
              && t.isInteger()
              && t.size() == 4
              && constant(v, Op.CONST32, Float.floatToRawIntBits((float) x.auxFloat()));
      default -> false;
    };
  }

  private static boolean constant(Value v, Op op, long c) {
    v.reset(op);
    v.auxInt = c;
    return true;
  }

  /** A load from what was zeroed, past stores elsewhere, is done from the zeroed memory. */
  private static boolean loadThroughStores(Value v) {
    Value op = v.arg(0);
    if (op.op != Op.OFF_PTR) {
      return false;
    }
    SType t = v.type;
    long o = op.auxInt;
    Value m = v.arg(1);
    List<Value> after = new ArrayList<>();
    while (m.op == Op.STORE && after.size() < CHAIN) {
      after.add(m);
      m = m.arg(2);
    }
    if (after.isEmpty() || m.op != Op.ZERO) {
      return false;
    }
    Value p = m.arg(0);
    if (o < 0
        || o + t.size() > m.auxInt
        || !Pointers.isSame(op.arg(0), p)
        || !t.canSsa()
        || !allDisjoint(op, t.size(), after)) {
      return false;
    }
    Block b = m.block();
    Value load = b.newValue(v.pos, v.inl, Op.LOAD, t);
    v.copyOf(load);
    Value at = b.newValueI(v.pos, v.inl, Op.OFF_PTR, op.type, o, p);
    load.addArgs(at, m);
    return true;
  }

  private static boolean loadZeroed(Value v) {
    Value op = v.arg(0);
    Value m = v.arg(1);
    if (op.op != Op.OFF_PTR
        || m.op != Op.ZERO
        || !Pointers.isSame(op.arg(0), m.arg(0))
        || m.auxInt < op.auxInt + v.type.size()) {
      return false;
    }
    SType t = v.type;
    int bits = 8 * (int) t.size();
    if (t.isBoolean()) {
      return constant(v, Op.CONST_BOOL, 0);
    }
    if (t.isInteger()) {
      return constant(v, Op.constant(bits), 0);
    }
    return t.isFloat() && constant(v, bits == 32 ? Op.CONST32F : Op.CONST64F, 0);
  }

  /** Loads of constants, and of addresses, from read-only data. */
  private static boolean loadReadOnly(Value v) {
    Value p = v.arg(0);
    if (p.op == Op.ADDR && p.aux instanceof Sym s && p.arg(0).op == Op.SB) {
      STypes types = v.func().config.types;
      SType t = v.type;
      if (t == types.int8 || t == types.int16 || t == types.int32 || t == types.int64) {
        byte[] data = v.func().config.symbols.readOnlyData(s);
        if (data != null) {
          int n = (int) t.size();
          return constant(v, Op.constant(8 * n), signExtend(read(data, 0, n), n));
        }
      }
    }
    return FixedLoads.apply(v);
  }

  /** The little-endian number of {@code n} bytes at an offset; bytes past the end are 0. */
  static long read(byte[] data, int offset, int n) {
    long x = 0;
    for (int i = n - 1; i >= 0; i--) {
      x = x << 8 | (offset + i < data.length ? data[offset + i] & 0xff : 0);
    }
    return x;
  }

  static long signExtend(long x, int bytes) {
    int n = 64 - 8 * bytes;
    return x << n >> n;
  }

  // Stores.

  private static boolean store(Value v) {
    return storeLoaded(v)
        || storeZeroOnZero(v)
        || AggregateRules.store(v)
        || storeIntoNewObject(v)
        || storeOverAll(v);
  }

  /** A store of what is there. */
  private static boolean storeLoaded(Value v) {
    Value x = v.arg(1);
    if (x.op != Op.LOAD) {
      return false;
    }
    Value p = v.arg(0);
    long size = typeAux(v).size();
    Value mem = v.arg(2);
    if (!Pointers.isSame(p, x.arg(0)) || x.type.size() != size) {
      return false;
    }
    Value m = mem;
    for (int i = 0; i < CHAIN; i++) {
      if (m == x.arg(1)) {
        v.copyOf(mem);
        return true;
      }
      if (m.op != Op.STORE || !Pointers.disjoint(p, size, m.arg(0), typeAux(m).size())) {
        return false;
      }
      m = m.arg(2);
    }
    return false;
  }

  private static boolean storeZeroOnZero(Value v) {
    Value op = v.arg(0);
    if (op.op != Op.OFF_PTR || !Pointers.isConstZero(v.arg(1))) {
      return false;
    }
    Value mem = v.arg(2);
    Value m = mem;
    List<Value> after = new ArrayList<>();
    while (m.op == Op.STORE && after.size() < CHAIN - 1) {
      after.add(m);
      m = m.arg(2);
    }
    if (m.op != Op.ZERO) {
      return false;
    }
    long size = typeAux(v).size();
    long o = op.auxInt;
    if (o < 0
        || size + o > m.auxInt
        || !Pointers.isSame(op.arg(0), m.arg(0))
        || !allDisjoint(op, size, after)) {
      return false;
    }
    v.copyOf(mem);
    return true;
  }

  /** Zero is in new objects already. */
  private static boolean storeIntoNewObject(Value v) {
    Value p = v.arg(0);
    Value mem = v.arg(2);
    Value object = p.op == Op.OFF_PTR ? p.arg(0) : p;
    if (CallRules.isNewObject(object)
        && CallRules.isMemoryOf(mem, object.arg(0))
        && Pointers.isConstZero(v.arg(1))) {
      v.copyOf(mem);
      return true;
    }
    return false;
  }

  /** Stores that together cover what was moved or zeroed before make that needless. */
  private static boolean storeOverAll(Value v) {
    List<Value> stores = new ArrayList<>();
    stores.add(v);
    Value m = v.arg(2);
    while (true) {
      Value last = stores.getLast();
      Value p = last.arg(0);
      if (p.op != Op.OFF_PTR) {
        return false;
      }
      if (p.auxInt == 0 && stores.size() > 1) {
        break;
      }
      if (m.op != Op.STORE || stores.size() == CHAIN || m.uses != 1) {
        return false;
      }
      stores.add(m);
      m = m.arg(2);
    }
    if ((m.op != Op.MOVE && m.op != Op.ZERO) || m.uses != 1) {
      return false;
    }
    long end = 0;
    for (int i = stores.size() - 1; i >= 0; i--) {
      Value s = stores.get(i);
      if (s.arg(0).auxInt != end) {
        return false;
      }
      end += typeAux(s).size();
      Value next = i + 1 < stores.size() ? stores.get(i + 1).arg(0).arg(0) : m.arg(0);
      if (!Pointers.isSame(s.arg(0).arg(0), next)) {
        return false;
      }
    }
    if (end != m.auxInt) {
      return false;
    }
    Value before = m.lastArg();
    List<Value[]> parts = new ArrayList<>();
    List<SType> types = new ArrayList<>();
    for (Value s : stores) {
      parts.add(new Value[] {s.arg(0), s.arg(1)});
      types.add(typeAux(s));
    }
    for (int i = 1; i < stores.size(); i++) {
      stores.get(i).reset(Op.INVALID);
    }
    m.reset(Op.INVALID);
    v.reset(Op.STORE);
    chain(v, types, parts, before);
    return true;
  }

  /** Makes {@code v} the last of stores of parts, the first of which stands last in the lists. */
  private static void chain(Value v, List<SType> types, List<Value[]> parts, Value before) {
    Value at = v;
    for (int i = 0; i < parts.size(); i++) {
      at.aux = types.get(i);
      at.addArgs(parts.get(i)[0], parts.get(i)[1]);
      if (i == parts.size() - 1) {
        at.addArg(before);
      } else {
        Value next = v.block().newValue(v.pos, v.inl, Op.STORE, SType.MEM);
        at.addArg(next);
        at = next;
      }
    }
  }

  // Zeroing.

  private static boolean zero(Value v) {
    Value p = v.arg(0);
    Value m = v.arg(1);
    long n = v.auxInt;
    if (CallRules.isNewObject(p) && CallRules.isMemoryOf(m, p.arg(0))) {
      v.copyOf(m);
      return true;
    }
    if (m.op == Op.STORE && m.arg(0).op == Op.OFF_PTR && m.uses == 1) {
      Value q = m.arg(0);
      if (Pointers.isSame(p, q.arg(0)) && n >= q.auxInt + typeAux(m).size()) {
        return skip(v, 1, m);
      }
    }
    boolean varDef = m.op == Op.VAR_DEF;
    Value x = varDef ? m.arg(0) : m;
    if (x.op == Op.MOVE
        && x.auxInt == n
        && typeAux(x) == typeAux(v)
        && x.uses == 1
        && (!varDef || m.uses == 1)
        && Pointers.isSame(p, x.arg(0))) {
      return varDef ? skipUnderVarDef(v, 1, m, x) : skip(v, 1, x);
    }
    if (x.op == Op.ZERO
        && x.auxInt == n
        && typeAux(x) == typeAux(v)
        && Pointers.isSame(p, x.arg(0))) {
      v.copyOf(m);
      return true;
    }
    return false;
  }

  /**
   * Drops the change of memory {@code m}, argument {@code i} of {@code v}, which {@code v} hides.
   */
  private static boolean skip(Value v, int i, Value m) {
    Value before = m.lastArg();
    v.setArg(i, before);
    m.reset(Op.INVALID);
    return true;
  }

  private static boolean skipUnderVarDef(Value v, int i, Value varDef, Value m) {
    Value before = m.lastArg();
    Object name = varDef.aux;
    m.reset(Op.INVALID);
    varDef.reset(Op.INVALID);
    Value d = v.block().newValueA(v.pos, v.inl, Op.VAR_DEF, SType.MEM, name, before);
    v.setArg(i, d);
    return true;
  }

  // Moves.

  private static boolean move(Value v) {
    return moveOfZero(v)
        || moveOverHidden(v)
        || moveStored(v)
        || moveStoredOnZero(v)
        || moveMoved(v)
        || moveToSelf(v);
  }

  private static boolean moveOfZero(Value v) {
    Value dst = v.arg(0);
    Value src = v.arg(1);
    Value mem = v.arg(2);
    Value z = mem.op == Op.VAR_DEF ? mem.arg(0) : mem;
    boolean zeroed =
        z.op == Op.ZERO
            && z.auxInt == v.auxInt
            && typeAux(z) == typeAux(v)
            && Pointers.isSame(src, z.arg(0));
    if (!zeroed) {
      if (src.op != Op.ADDR || src.arg(0).op != Op.SB || !(src.aux instanceof Sym s)) {
        return false;
      }
      if (!v.func().config.symbols.isReadOnlyZero(s)) {
        return false;
      }
    }
    long n = v.auxInt;
    Object t = v.aux;
    v.reset(Op.ZERO);
    v.auxInt = n;
    v.aux = t;
    v.addArgs(dst, mem);
    return true;
  }

  /** What was stored, moved or zeroed where the move overwrites it. */
  private static boolean moveOverHidden(Value v) {
    Value dst = v.arg(0);
    Value src = v.arg(1);
    Value m = v.arg(2);
    long n = v.auxInt;
    if (m.op == Op.STORE && m.arg(0).op == Op.OFF_PTR && m.uses == 1) {
      Value q = m.arg(0);
      long size = typeAux(m).size();
      if (Pointers.isSame(dst, q.arg(0))
          && n >= q.auxInt + size
          && Pointers.disjoint(src, n, q, size)) {
        return skip(v, 2, m);
      }
    }
    boolean varDef = m.op == Op.VAR_DEF;
    Value x = varDef ? m.arg(0) : m;
    if ((x.op == Op.MOVE || x.op == Op.ZERO)
        && x.auxInt == n
        && typeAux(x) == typeAux(v)
        && x.uses == 1
        && (!varDef || m.uses == 1)
        && Pointers.isSame(dst, x.arg(0))
        && Pointers.disjoint(src, n, x.arg(0), n)) {
      return varDef ? skipUnderVarDef(v, 2, m, x) : skip(v, 2, x);
    }
    return false;
  }

  private static boolean isRegister(SType t) {
    return t.isPtrShaped() || t.isFloat() || t.isBoolean() || (t.isInteger() && t.size() <= 8);
  }

  /** The stores, latest first, that end with one at offset 0 and made what is moved; or null. */
  private static boolean moveStored(Value v) {
    Value src = v.arg(1);
    Value mem = v.arg(2);
    Value m = mem.op == Op.VAR_DEF ? mem.arg(0) : mem;
    SType t1 = typeAux(v);
    List<Value> stores = new ArrayList<>();
    Value at = src;
    while (true) {
      if (m.op != Op.STORE || stores.size() == CHAIN || m.arg(0).op != Op.OFF_PTR) {
        return false;
      }
      SType t = typeAux(m);
      if (!Pointers.isSame(at, m.arg(0).arg(0)) || t.align() > t1.align() || !isRegister(t)) {
        return false;
      }
      stores.add(m);
      at = m.arg(0).arg(0);
      if (m.arg(0).auxInt == 0 && stores.size() > 1) {
        break;
      }
      m = m.arg(2);
    }
    long end = 0;
    for (int i = stores.size() - 1; i >= 0; i--) {
      if (stores.get(i).arg(0).auxInt != end) {
        return false;
      }
      end += typeAux(stores.get(i)).size();
    }
    if (end != v.auxInt) {
      return false;
    }
    storeAgain(v, stores, mem, null);
    return true;
  }

  /** Stores on zeroed memory are done again instead of being moved. */
  private static boolean moveStoredOnZero(Value v) {
    Value src = v.arg(1);
    Value mem = v.arg(2);
    Value m = mem.op == Op.VAR_DEF ? mem.arg(0) : mem;
    SType t1 = typeAux(v);
    long n = v.auxInt;
    List<Value> stores = new ArrayList<>();
    Value at = src;
    while (m.op == Op.STORE && stores.size() < CHAIN) {
      if (m.arg(0).op != Op.OFF_PTR) {
        return false;
      }
      SType t = typeAux(m);
      if (!Pointers.isSame(at, m.arg(0).arg(0))
          || t.align() > t1.align()
          || !isRegister(t)
          || n < m.arg(0).auxInt + t.size()) {
        return false;
      }
      stores.add(m);
      at = m.arg(0).arg(0);
      m = m.arg(2);
    }
    if (stores.isEmpty()
        || m.op != Op.ZERO
        || m.auxInt != n
        || !Pointers.isSame(at, m.arg(0))
        || typeAux(m).align() > t1.align()) {
      return false;
    }
    storeAgain(v, stores, mem, t1);
    return true;
  }

  /** Makes {@code v}, a move, the last of stores like {@code stores} to its destination. */
  private static void storeAgain(Value v, List<Value> stores, Value mem, @Nullable SType zeroType) {
    Value dst = v.arg(0);
    long n = v.auxInt;
    v.reset(Op.STORE);
    Value at = v;
    for (int i = 0; i < stores.size(); i++) {
      Value s = stores.get(i);
      Value p = s.arg(0);
      at.aux = typeAux(s);
      at.addArg(v.block().newValueI(v.pos, v.inl, Op.OFF_PTR, p.type, p.auxInt, dst));
      at.addArg(s.arg(1));
      if (i + 1 < stores.size()) {
        Value next = v.block().newValue(v.pos, v.inl, Op.STORE, SType.MEM);
        at.addArg(next);
        at = next;
      } else if (zeroType != null) {
        at.addArg(v.block().newValueIA(v.pos, v.inl, Op.ZERO, SType.MEM, n, zeroType, dst, mem));
      } else {
        at.addArg(mem);
      }
    }
  }

  /** A move of what was moved to a temporary is done from where that came from. */
  private static boolean moveMoved(Value v) {
    Value mem = v.arg(2);
    Value m = mem.op == Op.VAR_DEF ? mem.arg(0) : mem;
    if (m.op != Op.MOVE || m.auxInt != v.auxInt || typeAux(m) != typeAux(v)) {
      return false;
    }
    long s = v.auxInt;
    Value dst = v.arg(0);
    Value tmp2 = m.arg(0);
    Value src = m.arg(1);
    if (!Pointers.isSame(v.arg(1), tmp2)
        || !Pointers.isStack(src)
        || isVolatile(src)
        || !Pointers.disjoint(src, s, tmp2, s)
        || !(Pointers.disjoint(src, s, dst, s) || Pointers.isInlinableMove(dst, src, s))) {
      return false;
    }
    v.setArg(1, src);
    return true;
  }

  /** Whether the next call overwrites the place: an argument or result on the stack. */
  static boolean isVolatile(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR
        || p.op == Op.ADD_PTR
        || p.op == Op.PTR_INDEX
        || p.op == Op.COPY
        || p.op == Op.SELECT_NADDR) {
      p = p.arg(0);
    }
    return p.op == Op.SP;
  }

  private static boolean moveToSelf(Value v) {
    if (Pointers.isSame(v.arg(0), v.arg(1))) {
      v.copyOf(v.arg(2));
      return true;
    }
    return false;
  }
}
