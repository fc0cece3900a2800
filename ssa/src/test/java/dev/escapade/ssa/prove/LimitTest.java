package dev.escapade.ssa.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LimitTest {
  /** What is known of results of a byte's arithmetic holds for each of its operands' values. */
  @Test
  void arithmeticOfBytesIsSound() {
    for (int lo = -128; lo <= 127; lo += 17) {
      for (int hi = lo; hi <= 127; hi += 13) {
        for (int low = -128; low <= 127; low += 19) {
          for (int high = low; high <= 127; high += 23) {
            bytes(lo, hi, low, high);
          }
        }
      }
    }
  }

  private static void bytes(int lo, int hi, int low, int high) {
    Limit a = range(lo, hi);
    Limit b = range(low, high);
    Limit sum = a.add(b, 8);
    Limit difference = a.sub(b, 8);
    Limit product = a.mul(b, 8);
    for (int x = lo; x <= hi; x++) {
      holds(a.neg(8), -x);
      holds(a.com(8), ~x);
      for (int y = low; y <= high; y++) {
        holds(sum, x + y);
        holds(difference, x - y);
        holds(product, x * y);
      }
    }
  }

  private static Limit range(int lo, int hi) {
    return Limit.ofWidth(8).signed(lo, hi);
  }

  private static void holds(Limit l, int x) {
    byte signed = (byte) x;
    int unsigned = x & 0xff;
    assertTrue(l.min() <= signed && signed <= l.max(), () -> l + " " + x);
    assertTrue(
        Long.compareUnsigned(l.umin(), unsigned) <= 0
            && Long.compareUnsigned(unsigned, l.umax()) <= 0,
        () -> l + " " + x);
  }

  @Test
  void boundsMeet() {
    Limit any = Limit.ofWidth(64);
    assertEquals(new Limit(0, 9, 0, 9), any.signed(0, 9).unsigned(0, 9));
    assertEquals(3, any.unsigned(3, 9).umin());
    assertTrue(Limit.of(7).isConstant());
    assertTrue(Limit.of(7).intersect(Limit.of(8)).isEmpty());
  }
}
