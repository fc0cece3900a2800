package dev.escapade.ssa.core;

/** What holds for an operation, as bits. */
final class OpTraits {
  static final int COMMUTATIVE = 1;
  static final int SIDE_EFFECTS = 2;
  static final int CHECKS_NIL = 4;
  static final int ZERO_WIDTH = 8;
  static final int CALL = 16;
  static final int SYM_READ = 32;
  static final int SYM_WRITE = 64;
  static final int SYM_ADDR = 128;

  private OpTraits() {}
}
