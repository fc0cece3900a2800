package dev.escapade.ssa.core;

import dev.escapade.ir.TypeFmt;
import dev.escapade.types.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value: a type of Go with what the back end asks of it at hand, or one that only SSA
 * has. Identical types of one {@link STypes} are the same object.
 */
public final class SType {
  /** The type of values that should not be. */
  public static final SType INVALID = new SType(Kind.INVALID, "invalid", 0);

  /** The state of memory. */
  public static final SType MEM = new SType(Kind.MEM, "mem", 0);

  /** The flags of the processor. */
  public static final SType FLAGS = new SType(Kind.FLAGS, "flags", 0);

  /** The type of what has no value. */
  public static final SType VOID = new SType(Kind.VOID, "void", 0);

  /** A register of 128 bits. */
  public static final SType INT128 = new SType(Kind.INT128, "int128", 16);

  private static final SType[] NONE = {};
  private static final long[] NO_OFFSETS = {};

  private final Kind kind;
  private final @Nullable Type goType;
  private final long sizeBytes;
  private final int alignBytes;
  private final boolean pointers;
  private final boolean notInHeap;
  private @Nullable SType elem;
  private final long numElem;
  private SType @Nullable [] parts;
  private final long[] offsets;
  private final String name;

  @Nullable STypes owner;
  int id;
  @Nullable SType pointer;
  @Nullable SType slice;
  private byte canSsa;
  private boolean emptyInterface;

  /** One that only SSA has. */
  private SType(Kind kind, String name, long sizeBytes) {
    this(kind, null, sizeBytes, 1, false, false, null, 0, NONE, NO_OFFSETS, name);
  }

  SType(
      Kind kind,
      @Nullable Type goType,
      long sizeBytes,
      int alignBytes,
      boolean pointers,
      boolean notInHeap,
      @Nullable SType elem,
      long numElem,
      SType @Nullable [] parts,
      long[] offsets,
      String name) {
    this.kind = kind;
    this.goType = goType;
    this.sizeBytes = sizeBytes;
    this.alignBytes = alignBytes;
    this.pointers = pointers;
    this.notInHeap = notInHeap;
    this.elem = elem;
    this.numElem = numElem;
    this.parts = parts;
    this.offsets = offsets;
    this.name = name;
  }

  /** A pair of values. */
  static SType tuple(SType first, SType second) {
    return new SType(
        Kind.TUPLE,
        null,
        0,
        1,
        false,
        false,
        null,
        0,
        new SType[] {first, second},
        NO_OFFSETS,
        "tuple");
  }

  /** The results of a call. */
  static SType results(List<SType> types) {
    return new SType(
        Kind.RESULTS,
        null,
        0,
        1,
        false,
        false,
        null,
        0,
        types.toArray(new SType[0]),
        NO_OFFSETS,
        "results");
  }

  /**
   * Completes a type of {@link STypes#foreign}.
   *
   * @param element the element, or null
   */
  public void complete(@Nullable SType element, SType[] fields, boolean isEmptyInterface) {
    elem = element;
    parts = fields;
    emptyInterface = isEmptyInterface;
    if (element != null && kind == Kind.PTR && element.pointer == null) {
      element.pointer = this;
    }
    if (element != null && kind == Kind.SLICE && element.slice == null) {
      element.slice = this;
    }
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The type of Go.
   *
   * @throws NullPointerException if only SSA has the type
   */
  public Type goType() {
    return Objects.requireNonNull(goType);
  }

  /** Reports whether only the shape is known. */
  boolean isForeign() {
    return goType == null;
  }

  /** The size of a value in bytes; 0 for those that only SSA has. */
  public long size() {
    return sizeBytes;
  }

  /** The alignment of a variable in bytes, at least 1. */
  public int align() {
    return alignBytes;
  }

  /** Reports whether a value holds pointers that the collector follows. */
  public boolean hasPointers() {
    return pointers;
  }

  /** Reports whether no value is ever on the heap of Go (internal/runtime/sys.NotInHeap). */
  public boolean isNotInHeap() {
    return notInHeap;
  }

  /**
   * The element of a pointer, slice, array, channel or map.
   *
   * @throws NullPointerException if there is none
   */
  public SType elem() {
    SType e = elem;
    if (e == null) {
      e = owner().elemOf(this);
      elem = e;
    }
    return e;
  }

  /** The length of an array. */
  public long numElem() {
    return numElem;
  }

  /** How many fields a struct, or values a tuple or the results of a call, has. */
  public int numFields() {
    return parts().length;
  }

  /** The type of a field of a struct, or of a value of a tuple or the results of a call. */
  public SType field(int i) {
    return parts()[i];
  }

  private SType[] parts() {
    SType[] p = parts;
    if (p == null) {
      p = owner().fieldsOf(this);
      parts = p;
    }
    return p;
  }

  /** Where a field of a struct is, in bytes. */
  public long fieldOff(int i) {
    return offsets[i];
  }

  /** The type of pointers to this. */
  public SType ptrTo() {
    SType p = pointer;
    if (p == null) {
      p = owner().pointerTo(this);
      pointer = p;
    }
    return p;
  }

  /** The table the type is from. */
  public STypes owner() {
    return Objects.requireNonNull(owner);
  }

  /** A number that tells the types of one table apart, in the order in which they came up. */
  public int id() {
    return id;
  }

  public boolean isInteger() {
    return kind.isInteger();
  }

  public boolean isSigned() {
    return kind.isSigned();
  }

  /** Reports whether this is an integer without a sign. */
  public boolean isUnsigned() {
    return kind.isUnsigned();
  }

  public boolean isFloat() {
    return kind.isFloat();
  }

  public boolean isComplex() {
    return kind.isComplex();
  }

  public boolean isBoolean() {
    return kind == Kind.BOOL;
  }

  public boolean isString() {
    return kind == Kind.STRING;
  }

  public boolean isSlice() {
    return kind == Kind.SLICE;
  }

  public boolean isInterface() {
    return kind == Kind.INTER;
  }

  /** Reports whether this is an interface without methods. */
  public boolean isEmptyInterface() {
    if (goType == null) {
      return emptyInterface;
    }
    return kind == Kind.INTER
        && goType.underlying() instanceof dev.escapade.types.Interface i
        && i.numMethods() == 0;
  }

  public boolean isStruct() {
    return kind == Kind.STRUCT;
  }

  public boolean isArray() {
    return kind == Kind.ARRAY;
  }

  /** Reports whether this is a pointer other than unsafe.Pointer. */
  public boolean isPtr() {
    return kind == Kind.PTR;
  }

  public boolean isUnsafePtr() {
    return kind == Kind.UNSAFEPTR;
  }

  /** Reports whether a value is a single pointer. */
  public boolean isPtrShaped() {
    return kind.isPtrShaped();
  }

  public boolean isMem() {
    return kind == Kind.MEM;
  }

  /** Reports whether this is memory, or several results of which the last is memory. */
  public boolean isMemory() {
    return switch (kind) {
      case MEM -> true;
      case TUPLE, RESULTS -> parts().length > 0 && parts()[parts().length - 1].kind == Kind.MEM;
      default -> false;
    };
  }

  public boolean isFlags() {
    return kind == Kind.FLAGS;
  }

  public boolean isVoid() {
    return kind == Kind.VOID;
  }

  public boolean isTuple() {
    return kind == Kind.TUPLE;
  }

  public boolean isResults() {
    return kind == Kind.RESULTS;
  }

  /** Reports whether an interface holds a value of this type itself and not a pointer to it. */
  public boolean isDirectIface() {
    return owner != null && pointers && sizeBytes == owner().ptrSize();
  }

  /** Reports whether variables of this type can be values of SSA instead of memory. */
  public boolean canSsa() {
    if (canSsa == 0) {
      canSsa = (byte) (computeCanSsa() ? 1 : 2);
    }
    return canSsa == 1;
  }

  private boolean computeCanSsa() {
    if (sizeBytes == 0) {
      return true;
    }
    if (sizeBytes > (long) STypes.MAX_PARTS * owner().ptrSize()) {
      return false;
    }
    return switch (kind) {
      case ARRAY -> numElem <= 1 && elem().canSsa();
      case STRUCT -> {
        if (isDirectIface()) {
          yield true;
        }
        if (parts().length > STypes.MAX_PARTS) {
          yield false;
        }
        for (SType f : parts()) {
          if (!f.canSsa()) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }

  @Override
  public String toString() {
    if (kind == Kind.TUPLE) {
      return parts()[0] + "," + parts()[1];
    }
    if (kind == Kind.RESULTS) {
      StringBuilder b = new StringBuilder();
      for (int i = 0; i < parts().length; i++) {
        b.append(i == 0 ? "" : ",").append(parts()[i]);
      }
      return b.toString();
    }
    return goType == null ? name : TypeFmt.plain().type(goType);
  }
}
