package dev.escapade.ssa.generic;

import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which words of new objects are known to be zero still, by state of memory. */
final class ZeroedMemory {
  private static final int WORD = 8;
  private static final int WORDS = 64;

  /** The words of an object that are zero, as bits. */
  private record Region(Value object, long words) {}

  private final Func f;
  private final Map<Value, Region> regions = new HashMap<>();

  ZeroedMemory(Func f) {
    this.f = f;
    Map<Value, Value> memoryOf = new HashMap<>();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.SELECT_N && v.auxInt == 1) {
          memoryOf.put(v.arg(0), v);
        }
      }
    }
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        Value mem = newObject(v, memoryOf);
        if (mem != null && !(f.inRuntime && v.type.isUnsafePtr())) {
          long n = Math.min(WORDS, v.type.elem().size() / WORD);
          regions.put(mem, new Region(v, n == WORDS ? -1 : (1L << n) - 1));
        }
      }
    }
    propagate();
  }

  private static @Nullable Value newObject(Value v, Map<Value, Value> memoryOf) {
    if (v.op != Op.SELECT_N || v.auxInt != 0 || v.arg(0).op != Op.STATIC_CALL) {
      return null;
    }
    Value mem = memoryOf.get(v.arg(0));
    if (mem == null || !(v.arg(0).aux instanceof AuxCall c)) {
      return null;
    }
    boolean made =
        c.isTo("runtime.newobject") || (CallRules.isMalloc(v.arg(0)) && !v.type.isUnsafePtr());
    return made ? mem : null;
  }

  /** Stores leave all but the words that they overwrite. */
  private void propagate() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block b : f.blocks) {
        for (Value v : b.values) {
          Region r = v.op == Op.STORE ? regions.get(v.arg(2)) : null;
          if (r != null && base(v.arg(0)) == r.object) {
            long words = r.words & ~overwritten(v);
            Region left = new Region(r.object, words);
            if (words != 0 && !left.equals(regions.get(v))) {
              regions.put(v, left);
              changed = true;
            }
          }
        }
      }
    }
  }

  private static long overwritten(Value store) {
    long offset = offset(store.arg(0));
    long size = MemoryRules.typeAux(store).size();
    long d = offset % WORD;
    if (d != 0) {
      offset -= d;
      size += d;
    }
    if (size % WORD != 0) {
      size += WORD - size % WORD;
    }
    long words = 0;
    long end = Math.min(offset + size, (long) WORDS * WORD);
    for (long i = Math.max(offset, 0); i < end; i += WORD) {
      words |= 1L << (i / WORD);
    }
    return words;
  }

  private static Value base(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR) {
      p = p.arg(0);
    }
    return p;
  }

  private static long offset(Value v) {
    long offset = 0;
    Value p = v;
    while (p.op == Op.OFF_PTR) {
      offset += p.auxInt;
      p = p.arg(0);
    }
    return offset;
  }

  /** Whether pointers to the heap may be in {@code size} bytes at {@code p}. */
  boolean mightContainPointer(Value p, long size, Value mem) {
    if (isReadOnly(p)) {
      return false;
    }
    long offset = offset(p);
    if (offset % WORD != 0 || offset < 0 || offset + size > (long) WORDS * WORD) {
      return true;
    }
    Region r = regions.get(mem);
    if (r == null || base(p) != r.object) {
      return true;
    }
    long n = size / WORD;
    long words = (n == WORDS ? -1 : (1L << n) - 1) << (offset / WORD);
    return (r.words & words) != words;
  }

  /** Whether a store to {@code p} may overwrite a pointer. */
  boolean mightBeOverwritten(Value p, Value mem) {
    long offset = offset(p);
    if (offset % WORD != 0 || offset < 0 || offset >= (long) WORDS * WORD) {
      return true;
    }
    Region r = regions.get(mem);
    return r == null || base(p) != r.object || (r.words >>> (offset / WORD) & 1) == 0;
  }

  private boolean isReadOnly(Value p) {
    return p.op == Op.CONST_NIL
        || (p.op == Op.ADDR && p.aux instanceof Sym s && f.config.symbols.isReadOnly(s));
  }

  /** Whether the value points to static data, or nowhere. */
  boolean isGlobal(Value v) {
    Value p = v;
    while (p.op == Op.OFF_PTR || p.op == Op.ADD_PTR || p.op == Op.PTR_INDEX || p.op == Op.COPY) {
      p = p.arg(0);
    }
    return (p.op == Op.ADDR && p.arg(0).op == Op.SB)
        || p.op == Op.CONST_NIL
        || (p.op == Op.LOAD && isReadOnly(p.arg(0)));
  }
}
