package dev.escapade.ssa.liveness;

import dev.escapade.ir.Name;
import dev.escapade.ssa.abi.NameOffset;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.NamedValues.Slot;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the values are kept that are needed after calls (cmd/compile/internal/ssa: stackalloc.go,
 * Go 1.26): where a variable would be that has had the value, unless another of its values is kept
 * at the same time; else in a temporary, which values of one type share.
 */
final class Frame {
  private final dev.escapade.ir.Func fn;
  private final Func f;
  private final List<Value> order;
  private final BitSet kept = new BitSet();
  private final List<BitSet> together = new ArrayList<>();
  private final @Nullable String[] places;

  /** A temporary, with the values that it holds. */
  private record Temporary(String name, BitSet values) {}

  /**
   * The frame of a function.
   *
   * @param order all values in the order of the code
   */
  Frame(dev.escapade.ir.Func fn, Func f, List<Value> order) {
    this.fn = fn;
    this.f = f;
    this.order = order;
    places = new String[f.numValues()];
  }

  /** Reports whether a value has to be kept to be used later: it is not simply computed again. */
  static boolean isKept(Value v) {
    if (v.type.isMemory() || v.type.isVoid() || v.type.isFlags() || v.type.isTuple()) {
      return false;
    }
    return switch (v.op) {
      case CONST8,
          CONST16,
          CONST32,
          CONST64,
          CONST32F,
          CONST64F,
          CONST_BOOL,
          CONST_NIL,
          ADDR,
          LOCAL_ADDR,
          SP,
          SB,
          ARG ->
          false;
      default -> VariableEffects.variable(v) == null;
    };
  }

  /** Says which values, by number, are needed after a call. */
  void enter(BitSet values) {
    kept.or(values);
    if (!values.isEmpty()) {
      together.add(values);
    }
  }

  /** Finds a place for each value. */
  void assign() {
    NamedValues names = f.names;
    if (names == null || kept.isEmpty()) {
      return;
    }
    @Nullable Slot[] slots = names.bySlot(f.numValues());
    Map<Slot, BitSet> taken = new HashMap<>();
    Map<SType, List<Temporary>> temporaries = new HashMap<>();
    int next = fn.dcl.size() + names.variables();
    for (Value v : order) {
      if (!kept.get(v.id)) {
        continue;
      }
      BitSet others = others(v);
      if (v.aux instanceof NameOffset part && isInOwnPlace(part.name())) {
        if (f.config.types.of(part.name().type()).hasPointers()) {
          places[v.id] = part.name().sym.name();
        }
        continue;
      }
      Slot slot = slots[v.id];
      if (slot != null && isOfType(v, slot.type())) {
        BitSet holders = taken.computeIfAbsent(slot, _ -> new BitSet());
        if (!holders.intersects(others)) {
          holders.set(v.id);
          place(v, slot.name());
          continue;
        }
      }
      List<Temporary> list = temporaries.computeIfAbsent(v.type, _ -> new ArrayList<>());
      Temporary found = null;
      for (Temporary t : list) {
        if (!t.values.intersects(others)) {
          found = t;
          break;
        }
      }
      if (found == null) {
        found = new Temporary(".autotmp_" + next++, new BitSet());
        list.add(found);
      }
      found.values.set(v.id);
      place(v, found.name);
    }
  }

  /**
   * Reports whether the parts of a parameter are kept where it would be on the stack. Those of
   * structs and arrays are not, since their names are given up before parameters are taken apart.
   */
  private boolean isInOwnPlace(Name parameter) {
    SType t = f.config.types.of(parameter.type());
    return !t.isStruct() && !t.isArray();
  }

  /** An offset from an address is of any type of pointers. */
  private static boolean isOfType(Value v, SType t) {
    return v.type == t || (v.op == Op.OFF_PTR && t.isPtr());
  }

  private void place(Value v, String name) {
    if (v.type.hasPointers()) {
      places[v.id] = name;
    }
  }

  /** The values that are kept at the same time as {@code v}. */
  private BitSet others(Value v) {
    BitSet others = new BitSet();
    for (BitSet set : together) {
      if (set.get(v.id)) {
        others.or(set);
      }
    }
    others.clear(v.id);
    return others;
  }

  /** The name of the place with pointers where a value is kept, or null if it has none. */
  @Nullable String pointerSlot(int value) {
    return places[value];
  }
}
