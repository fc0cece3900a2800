package dev.escapade.count.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

final class FormulaTest {
  private static final Formula A = Formula.symbol("len(a)");
  private static final Formula B = Formula.symbol("len(b)");

  @Test
  void sumsAndProductsAreInOneForm() {
    Formula left = Formula.of(2).plus(A).times(Formula.of(3).plus(B));
    Formula right = Formula.of(3).plus(B).times(A.plus(Formula.of(2)));
    assertEquals(right, left);
    assertEquals("6 + 3*len(a) + len(a)*len(b) + 2*len(b)", left.toString());
  }

  @Test
  void boundsHoldForEveryLength() {
    Formula p = Formula.of(5).plus(A);
    Formula q = A.times(Formula.of(2)).plus(B);
    assertEquals("5 + 2*len(a) + len(b)", p.max(q).toString());
    assertEquals("len(a)", p.min(q).toString());
  }

  @Test
  void nothingHoweverOftenIsNothing() {
    assertEquals(Range.ZERO, Range.ZERO.times(Range.UNKNOWN));
    assertFalse(Range.exactly(1).times(Range.UNKNOWN).isBounded());
  }

  @Test
  void arithmeticSaturates() {
    Formula huge = Formula.of(Long.MAX_VALUE);
    assertEquals(huge, huge.plus(Formula.ONE));
    assertEquals(huge, huge.times(huge));
  }

  @Test
  void aFormulaThatIsTooLongIsNoBound() {
    Formula sum = Formula.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(Formula.symbol("n" + i));
    }
    assertNull(new Range(Formula.ZERO, sum).high());
  }
}
