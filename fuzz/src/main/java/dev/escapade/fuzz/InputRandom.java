package dev.escapade.fuzz;

import java.util.random.RandomGenerator;

/**
 * Random numbers that a fuzzer chooses: they are taken from its input, a byte for each choice of up
 * to 256, and are 0 when that is used up. So a small change of the input is a small change of the
 * choices, and what the fuzzer learns from coverage is which choices lead on.
 */
final class InputRandom implements RandomGenerator {
  private final byte[] input;
  private int next;

  InputRandom(byte[] input) {
    this.input = input;
  }

  /** Reports whether all of the input has been used. */
  boolean isUsedUp() {
    return next >= input.length;
  }

  @Override
  public int nextInt(int bound) {
    int bits = nextByte();
    for (int reach = 1 << 8; reach < bound && reach > 0; reach <<= 8) {
      bits = bits << 8 | nextByte();
    }
    return Integer.remainderUnsigned(bits, bound);
  }

  @Override
  public long nextLong() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | nextByte();
    }
    return bits;
  }

  private int nextByte() {
    return next < input.length ? input[next++] & 0xff : 0;
  }
}
