package dev.escapade.ssa.rewrite;

/** Integers of 8, 16, 32 and 64 bits in a long. */
public final class Widths {
  private Widths() {}

  /** The low bits of {@code x}, sign-extended. */
  public static long wrap(long x, int bits) {
    return x << (64 - bits) >> (64 - bits);
  }

  /** The low bits of {@code x}, zero-extended. */
  public static long zext(long x, int bits) {
    return x << (64 - bits) >>> (64 - bits);
  }
}
