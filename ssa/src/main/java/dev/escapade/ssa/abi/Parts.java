package dev.escapade.ssa.abi;

import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import java.util.ArrayList;
import java.util.List;

/** The parts of values as registers hold them. */
public final class Parts {
  /** More than any convention has: such a value is in memory. */
  private static final int TOO_MANY = 1 << 16;

  private Parts() {}

  /** How many integer registers a value takes; more than there are if it cannot be in registers. */
  public static int intRegisters(SType t) {
    return count(t, false);
  }

  /** How many floating-point registers a value takes; likewise. */
  static int floatRegisters(SType t) {
    return count(t, true);
  }

  private static int count(SType t, boolean floats) {
    return switch (t.kind()) {
      case FLOAT32, FLOAT64 -> floats ? 1 : 0;
      case COMPLEX64, COMPLEX128 -> floats ? 2 : 0;
      case STRING, INTER -> floats ? 0 : 2;
      case SLICE -> floats ? 0 : 3;
      case STRUCT -> sum(t, floats);
      case ARRAY -> t.numElem() == 0 ? 0 : t.numElem() == 1 ? count(t.elem(), floats) : TOO_MANY;
      default -> floats ? 0 : 1;
    };
  }

  private static int sum(SType t, boolean floats) {
    int n = 0;
    for (int i = 0; i < t.numFields(); i++) {
      n += count(t.field(i), floats);
      if (n >= TOO_MANY) {
        return TOO_MANY;
      }
    }
    return n;
  }

  /** The types of the parts, in order. */
  public static List<SType> types(SType t) {
    List<SType> types = new ArrayList<>();
    addTypes(types, t);
    return types;
  }

  private static void addTypes(List<SType> types, SType t) {
    if (t.size() == 0) {
      return;
    }
    STypes all = t.owner();
    switch (t.kind()) {
      case COMPLEX64, COMPLEX128 -> {
        SType f = all.floatForComplex(t);
        types.add(f);
        types.add(f);
      }
      case STRING -> {
        types.add(all.bytePtr);
        types.add(all.integer);
      }
      case INTER -> {
        types.add(all.unsafePtr);
        types.add(all.unsafePtr);
      }
      case SLICE -> {
        types.add(all.bytePtr);
        types.add(all.integer);
        types.add(all.integer);
      }
      case STRUCT -> {
        for (int i = 0; i < t.numFields(); i++) {
          addTypes(types, t.field(i));
        }
      }
      case ARRAY -> {
        for (long i = 0; i < t.numElem(); i++) {
          addTypes(types, t.elem());
        }
      }
      default -> types.add(t);
    }
  }

  /** Where the parts are in the value, in bytes. */
  static long[] offsets(SType t) {
    List<Long> offsets = new ArrayList<>();
    addOffsets(offsets, 0, t);
    long[] array = new long[offsets.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = offsets.get(i);
    }
    return array;
  }

  private static void addOffsets(List<Long> offsets, long at, SType t) {
    if (t.size() == 0) {
      return;
    }
    int word = t.owner().ptrSize();
    switch (t.kind()) {
      case COMPLEX64, COMPLEX128 -> {
        offsets.add(at);
        offsets.add(at + t.size() / 2);
      }
      case STRING, INTER -> {
        offsets.add(at);
        offsets.add(at + word);
      }
      case SLICE -> {
        offsets.add(at);
        offsets.add(at + word);
        offsets.add(at + 2L * word);
      }
      case STRUCT -> {
        for (int i = 0; i < t.numFields(); i++) {
          addOffsets(offsets, at + t.fieldOff(i), t.field(i));
        }
      }
      case ARRAY -> {
        for (long i = 0; i < t.numElem(); i++) {
          addOffsets(offsets, at + i * t.elem().size(), t.elem());
        }
      }
      default -> offsets.add(at);
    }
  }
}
