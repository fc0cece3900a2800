package dev.escapade.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AllocationRulesTest {
  private static final AllocationRules RULES = AllocationRules.GO1_26;

  /** Appending one byte at a time: the capacities that a Go program sees. */
  @Test
  void slicesOfBytesGrowAsInGo() {
    long[] expected = {8, 16, 32, 64, 128, 256, 512, 896, 1408, 2048, 3072, 4096, 5376, 6912, 9472};
    long capacity = 0;
    for (long next : expected) {
      capacity = RULES.grownCapacity(capacity + 1, capacity, 1, false);
      assertEquals(next, capacity);
    }
  }

  @Test
  void greatObjectsWithPointersHaveAHeader() {
    assertEquals(512, RULES.heapBytes(512, true));
    assertEquals(576, RULES.heapBytes(520, true));
    assertEquals(576, RULES.heapBytes(520, false));
    assertEquals(640, RULES.heapBytes(576, true));
  }

  @Test
  void largeObjectsArePages() {
    assertEquals(32768, RULES.heapBytes(32768, false));
    assertEquals(40960, RULES.heapBytes(32769, false));
  }

  @Test
  void tinyObjectsShareABlock() {
    assertEquals(2, RULES.shareBytes(2, false));
    assertEquals(8, RULES.shareBytes(8, false));
    assertEquals(5, RULES.shareBytes(5, false)); // Three of them in 16 bytes.
    assertEquals(8, RULES.shareBytes(8, true));
    assertEquals(24, RULES.shareBytes(20, false));
    assertEquals(0, RULES.shareBytes(0, false));
  }
}
