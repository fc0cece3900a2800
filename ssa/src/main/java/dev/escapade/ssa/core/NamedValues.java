package dev.escapade.ssa.core;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.types.Struct;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values the variables of a function have had (cmd/compile/internal/ssa: NamedValues,
 * decompose.go; Go 1.26). A value that must be kept in memory for a while is kept where its
 * variable would be; what the function computes does not depend on it.
 */
public final class NamedValues {
  /**
   * A variable, or a part of one that is a variable by itself when the whole is never in memory.
   *
   * @param suffix what the part is called, after the variable; parts of parameters have no name
   * @param offset where a part of a parameter is within it, in bytes
   */
  public record Slot(Name variable, String suffix, SType type, long offset) {
    /** The name as messages have it. */
    public String name() {
      return variable.sym.name() + suffix;
    }
  }

  private record PartOf(Slot whole, long offset) {}

  private final Map<Slot, List<Value>> values = new LinkedHashMap<>();
  private final Map<PartOf, Slot> parts = new HashMap<>();
  private int variables;

  /** How many variables were made of parts of others. */
  public int variables() {
    return variables;
  }

  /** Notes that a variable gets a value. */
  public void add(Name variable, SType type, Value v) {
    boolean tracked =
        variable.storage != StorageClass.PARAMOUT && !variable.isAutoTemp() && !variable.isBlank();
    if (tracked) {
      list(new Slot(variable, "", type, 0)).add(v);
    }
  }

  private List<Value> list(Slot slot) {
    return values.computeIfAbsent(slot, _ -> new ArrayList<>());
  }

  /** Replaces copies by what they copy. */
  public void followCopies() {
    for (List<Value> list : values.values()) {
      list.replaceAll(v -> v.op == Op.COPY ? v.arg(0) : v);
    }
  }

  /** Forgets values that are dead, and all but one mention of each of the others. */
  public void retain(boolean[] live) {
    BitSet seen = new BitSet();
    values
        .values()
        .removeIf(list -> {
          seen.clear();
          list.removeIf(v -> {
            boolean keep = live[v.id] && !seen.get(v.id);
            seen.set(v.id);
            return !keep;
          });
          return list.isEmpty();
        });
  }

  /** Gives the parts of structs and of arrays to variables of their own. */
  public void splitAggregates() {
    List<Slot> added = new ArrayList<>();
    for (Slot slot : List.copyOf(values.keySet())) {
      if (isAggregate(slot)) {
        splitAggregate(slot, added);
      }
    }
    // They come last, even if they had values before.
    for (Slot slot : added) {
      List<Value> list = list(slot);
      values.remove(slot);
      values.put(slot, list);
    }
  }

  private static boolean isAggregate(Slot slot) {
    return slot.type.isStruct() || slot.type.isArray();
  }

  private void splitAggregate(Slot slot, List<Slot> added) {
    List<Value> whole = values.remove(slot);
    if (maker(slot.type) == null) {
      return;
    }
    List<Slot> parts = parts(slot);
    for (Slot part : parts) {
      if (!isAggregate(part) && !values.containsKey(part)) {
        list(part);
        added.add(part);
      }
    }
    hand(whole == null ? List.of() : whole, slot, parts);
    for (Slot part : parts) {
      if (isAggregate(part)) {
        splitAggregate(part, added);
      }
    }
  }

  /** Gives what values are made of to the parts; returns the values that are not made of parts. */
  private List<Value> hand(List<Value> whole, Slot slot, List<Slot> parts) {
    List<Value> rest = new ArrayList<>();
    for (Value v : whole) {
      if (v.op != maker(slot.type) || v.numArgs() != parts.size()) {
        rest.add(v);
        continue;
      }
      for (int i = 0; i < parts.size(); i++) {
        list(parts.get(i)).add(v.arg(i));
      }
    }
    return rest;
  }

  /** Gives the parts of strings, slices, interfaces and complex numbers to variables. */
  public void splitBuiltins() {
    List<Slot> order = new ArrayList<>(values.keySet());
    List<Slot> added = new ArrayList<>();
    for (Slot slot : order) {
      if (isAggregate(slot) || maker(slot.type) == null) {
        continue;
      }
      List<Slot> parts = parts(slot);
      for (Slot part : parts) {
        if (!values.containsKey(part)) {
          list(part);
          added.add(part);
        }
      }
      values.put(slot, hand(list(slot), slot, parts));
    }
    // Into the place of a variable without values goes the last one.
    int end = order.size();
    for (int i = order.size() - 1; i >= 0; i--) {
      if (list(order.get(i)).isEmpty()) {
        order.set(i, order.get(--end));
      }
    }
    order.subList(end, order.size()).clear();
    order.addAll(added);
    Map<Slot, List<Value>> old = new HashMap<>(values);
    values.clear();
    order.forEach(slot -> values.put(slot, old.getOrDefault(slot, new ArrayList<>())));
  }

  private static @Nullable Op maker(SType t) {
    return switch (t.kind()) {
      case STRUCT -> Op.STRUCT_MAKE;
      case ARRAY -> t.numElem() == 1 ? Op.ARRAY_MAKE1 : null;
      case STRING -> Op.STRING_MAKE;
      case SLICE -> Op.SLICE_MAKE;
      case INTER -> Op.IMAKE;
      case COMPLEX64, COMPLEX128 -> Op.COMPLEX_MAKE;
      default -> null;
    };
  }

  private List<Slot> parts(Slot s) {
    SType t = s.type;
    STypes types = t.owner();
    int word = types.ptrSize();
    return switch (t.kind()) {
      case STRUCT -> {
        List<Slot> fields = new ArrayList<>();
        Struct struct = (Struct) t.goType().underlying();
        for (int i = 0; i < t.numFields(); i++) {
          fields.add(part(s, struct.field(i).name(), t.fieldOff(i), t.field(i)));
        }
        yield fields;
      }
      case ARRAY -> List.of(part(s, "[0]", 0, t.elem()));
      case STRING ->
          List.of(part(s, ".ptr", 0, types.bytePtr), part(s, ".len", word, types.integer));
      case SLICE ->
          List.of(
              part(s, ".ptr", 0, t.elem().ptrTo()),
              part(s, ".len", word, types.integer),
              part(s, ".cap", 2L * word, types.integer));
      case INTER ->
          List.of(
              part(s, t.isEmptyInterface() ? ".type" : ".itab", 0, types.uintptr),
              part(s, ".data", word, types.bytePtr));
      default -> {
        SType half = types.floatForComplex(t);
        yield List.of(part(s, ".real", 0, half), part(s, ".imag", half.size(), half));
      }
    };
  }

  private Slot part(Slot whole, String suffix, long offset, SType type) {
    return parts.computeIfAbsent(
        new PartOf(whole, offset),
        _ -> {
          Name n = whole.variable;
          if (n.storage != StorageClass.AUTO || n.isAddrtaken()) {
            return new Slot(n, whole.suffix, type, whole.offset + offset);
          }
          variables++;
          return new Slot(n, whole.suffix + suffix, type, 0);
        });
  }

  /** For each value, by number, the first variable that has had it; null for the others. */
  public @Nullable Slot[] bySlot(int numValues) {
    @Nullable Slot[] slots = new Slot[numValues];
    values.forEach((slot, list) -> {
      for (Value v : list) {
        boolean argument = v.op == Op.ARG_INT_REG || v.op == Op.ARG_FLOAT_REG;
        boolean ofParameter = slot.variable.storage == StorageClass.PARAM;
        if (slots[v.id] == null && !argument && !ofParameter) {
          slots[v.id] = slot;
        }
      }
    });
    return slots;
  }
}
