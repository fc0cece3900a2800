package dev.escapade.ssa.core;

/**
 * What a machine sees of a type: the kinds of cmd/compile/internal/types, and those of SSA only.
 */
public enum Kind {
  INVALID,
  INT8,
  UINT8,
  INT16,
  UINT16,
  INT32,
  UINT32,
  INT64,
  UINT64,
  INT,
  UINT,
  UINTPTR,
  COMPLEX64,
  COMPLEX128,
  FLOAT32,
  FLOAT64,
  BOOL,
  PTR,
  FUNC,
  SLICE,
  ARRAY,
  STRUCT,
  CHAN,
  MAP,
  INTER,
  STRING,
  UNSAFEPTR,
  /** The state of memory. */
  MEM,
  /** The flags of the processor. */
  FLAGS,
  /** No value, as for statements. */
  VOID,
  /** A register of 128 bits. */
  INT128,
  /** Two values, taken apart by Select0 and Select1. */
  TUPLE,
  /** The results of a call, the memory last. */
  RESULTS;

  /** Reports whether this is an integer. */
  public boolean isInteger() {
    return switch (this) {
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, INT, UINT, UINTPTR -> true;
      default -> false;
    };
  }

  /** Reports whether this is an integer with a sign. */
  public boolean isSigned() {
    return this == INT8 || this == INT16 || this == INT32 || this == INT64 || this == INT;
  }

  /** Reports whether this is an integer without a sign. */
  public boolean isUnsigned() {
    return isInteger() && !isSigned();
  }

  /** Reports whether this is a floating-point number. */
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** Reports whether this is a complex number. */
  public boolean isComplex() {
    return this == COMPLEX64 || this == COMPLEX128;
  }

  /** Reports whether a value is a single pointer. */
  public boolean isPtrShaped() {
    return this == PTR || this == UNSAFEPTR || this == MAP || this == CHAN || this == FUNC;
  }
}
