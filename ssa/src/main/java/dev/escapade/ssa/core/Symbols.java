package dev.escapade.ssa.core;

import org.jspecify.annotations.Nullable;

/** What the passes may know of symbols of static data. */
public interface Symbols {
  /** Nothing is known. */
  Symbols NONE = new Symbols() {};

  /**
   * The contents of read-only data without addresses in it; null for any other symbol. Bytes past
   * the end are 0.
   */
  default byte @Nullable [] readOnlyData(Sym symbol) {
    return null;
  }

  /** Whether the symbol is read-only data, with addresses in it or not. */
  default boolean isReadOnly(Sym symbol) {
    return readOnlyData(symbol) != null;
  }

  /**
   * Notes that a symbol is read-only.
   *
   * @param zero whether all its bytes are zero
   */
  default void noteReadOnly(Sym symbol, boolean zero) {}

  /** Notes that a symbol is the descriptor of a type. */
  default void noteDescriptor(Sym symbol, SType type) {}

  /** Whether the symbol is read-only, and all its bytes are zero. */
  default boolean isReadOnlyZero(Sym symbol) {
    byte[] data = readOnlyData(symbol);
    if (data == null) {
      return false;
    }
    for (byte b : data) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * What the word at an offset of read-only data is the address of, or null if it is no address of
   * the start of a symbol.
   */
  default @Nullable Sym addressAt(Sym symbol, long offset) {
    return null;
  }

  /** The type that a type descriptor describes; null if the symbol is none. */
  default @Nullable SType describedType(Sym symbol) {
    return null;
  }

  /** The concrete type of an itab; null if the symbol is none. */
  default @Nullable SType itabType(Sym symbol) {
    return null;
  }

  /** Whether values of the type can be compared with {@code ==}. */
  default boolean isComparable(SType type) {
    return false;
  }

  /** The word of a type descriptor at an offset, if it is a number known at compile time. */
  default @Nullable Long descriptorWord(Sym symbol, long offset, SType type) {
    return null;
  }
}
