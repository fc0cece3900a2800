package dev.escapade.count.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RangeTest {
  /** A loop that counts in steps of 4 makes a round for 4 operations. */
  @Test
  void partsOfRoundsAreRoundedAwayFromEachOther() {
    assertEquals(Range.between(2, 2), Range.exactly(8).per(1, 4));
    assertEquals(Range.between(1, 2), Range.exactly(6).per(1, 4));
    assertEquals(Range.between(6, 6), Range.exactly(2).per(3, 1));
  }

  @Test
  void whatIsNoNumberIsAnUpperBoundStill() {
    Formula n = Formula.symbol("n");
    assertEquals(new Range(Formula.ZERO, n), Range.exactly(n).per(1, 4));
    assertEquals(Range.UNKNOWN, Range.UNKNOWN.per(1, 4));
  }
}
