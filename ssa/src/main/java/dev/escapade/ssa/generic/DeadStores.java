package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes stores that a later store of the same block overwrites, with no load between. */
final class DeadStores {
  /** Places that are kept in mind: larger ones would cost more than they give. */
  private static final int MAX_OFFSET = 1 << 16;

  private record Range(long lo, long hi) {}

  /** The ranges past one pointer that are overwritten later on. */
  private static final class Shadow {
    private static final int MAX_RANGES = 64;
    private final List<Range> ranges = new ArrayList<>();

    boolean contains(long lo, long hi) {
      for (Range r : ranges) {
        if (lo >= r.lo && hi <= r.hi) {
          return true;
        }
      }
      return false;
    }

    void add(long from, long to) {
      if (from < 0 || to >= MAX_OFFSET || ranges.size() >= MAX_RANGES) {
        return;
      }
      long lo = from;
      long hi = to;
      List<Range> apart = new ArrayList<>();
      for (Range r : ranges) {
        if (hi < r.lo || lo > r.hi) {
          apart.add(r);
        } else {
          lo = Math.min(lo, r.lo);
          hi = Math.max(hi, r.hi);
        }
      }
      ranges.clear();
      ranges.addAll(apart);
      ranges.add(new Range(lo, hi));
    }
  }

  private DeadStores() {}

  static void run(Func f) {
    for (Block b : f.blocks) {
      block(b);
    }
  }

  private static boolean isMemoryOf(Value a, Block b) {
    return a.block() == b && a.type.isMemory();
  }

  private static void block(Block b) {
    BitSet loaded = new BitSet();
    BitSet used = new BitSet();
    Map<Object, Value> localAddrs = new HashMap<>();
    List<Value> stores = new ArrayList<>();
    for (Value v : b.values) {
      if (v.op == Op.PHI) {
        continue;
      }
      boolean memory = v.type.isMemory();
      if (memory) {
        stores.add(v);
      } else if (v.op == Op.LOCAL_ADDR) {
        if (v.aux != null) {
          localAddrs.putIfAbsent(v.aux, v);
        }
        continue;
      } else if (v.op == Op.INL_MARK || v.op == Op.CONVERT) {
        continue;
      }
      boolean loads = !memory || (v.op != Op.STORE && v.op != Op.ZERO && v.op != Op.VAR_DEF);
      for (int i = 0; i < v.numArgs(); i++) {
        Value a = v.arg(i);
        if (isMemoryOf(a, b)) {
          if (memory) {
            used.set(a.id);
          }
          if (loads) {
            loaded.set(a.id);
          }
        }
      }
    }
    Value last = null;
    for (Value v : stores) {
      if (!used.get(v.id)) {
        last = v;
      }
    }
    if (last != null) {
      walk(b, last, loaded, localAddrs);
    }
  }

  private static void walk(Block b, Value last, BitSet loaded, Map<Object, Value> localAddrs) {
    Map<Value, Shadow> shadows = new HashMap<>();
    Value v = last;
    while (v != null) {
      if (loaded.get(v.id)) {
        shadows.clear();
      }
      if (v.op == Op.STORE || v.op == Op.ZERO) {
        store(v, shadows, localAddrs);
      }
      Value next = null;
      if (v.op != Op.PHI) {
        for (int i = 0; i < v.numArgs() && next == null; i++) {
          if (isMemoryOf(v.arg(i), b)) {
            next = v.arg(i);
          }
        }
      }
      v = next;
    }
  }

  private static void store(Value v, Map<Value, Shadow> shadows, Map<Object, Value> localAddrs) {
    Value p = v.arg(0);
    long offset = 0;
    while (p.op == Op.OFF_PTR) {
      offset += p.auxInt;
      p = p.arg(0);
    }
    long size = v.op == Op.STORE ? MemoryRules.typeAux(v).size() : v.auxInt;
    if (p.op == Op.LOCAL_ADDR && p.aux != null) {
      p = localAddrs.getOrDefault(p.aux, p);
    }
    Shadow s = shadows.get(p);
    if (s != null && s.contains(offset, offset + size)) {
      Value mem = v.lastArg();
      v.setArgs(mem);
      v.aux = null;
      v.auxInt = 0;
      v.op = Op.COPY;
    } else {
      shadows.computeIfAbsent(p, _ -> new Shadow()).add(offset, offset + size);
    }
  }
}
