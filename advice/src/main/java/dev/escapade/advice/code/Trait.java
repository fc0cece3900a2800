package dev.escapade.advice.code;

/** What callers in other packages want to know of a function. */
public enum Trait {
  /** Its first result is a slice or string that may be large, made for the caller. */
  RETURNS_LARGE_BUFFER,
  /** It returns errors that are formatted with {@code %w}. */
  WRAPS_ERRORS,
  /** Whatever way is taken through it, it allocates, unless it is inlined. */
  ALLOCATES,
  /** The same, and it does so in a call, which allocates also where this function is inlined. */
  ALLOCATES_IN_CALL,
  /** It allocates, except where it fails or has nothing to do, unless it is inlined. */
  ALLOCATES_MOSTLY,
  /** The same, and it does so in a call, which allocates also where this function is inlined. */
  ALLOCATES_MOSTLY_IN_CALL
}
