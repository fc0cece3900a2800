package dev.escapade.ir;

/** Where a {@link Name} is stored. */
public enum StorageClass {
  NONE,
  /** A global variable. */
  EXTERN,
  /** A local variable. */
  AUTO,
  /** A variable moved to the heap, and a closure's copy of an outer variable. */
  AUTOHEAP,
  /** A parameter, also the receiver. */
  PARAM,
  /** A result. */
  PARAMOUT,
  /** A function. */
  FUNC
}
