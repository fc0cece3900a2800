package dev.escapade.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.count.alloc.Val;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written down of growing slices. */
final class GrowthTest {
  private static final Val.Spot LOCAL = new Val.Spot(new Val.Local(3), ".in");

  @Test
  void entriesOfParametersAreAboutArguments() {
    assertEquals("+L3.in.buf", Growth.inCaller("+0.buf", LOCAL));
    assertEquals("-L3.in", Growth.inCaller("-0", LOCAL));
    assertEquals(0, Growth.param("+0.buf"));
    assertEquals(-1, Growth.param(Growth.grew(LOCAL)));
  }

  @Test
  void whatIsRenewedDoesNotGrow() {
    Set<String> grew = Set.of("+L1.a.buf", "+L12");
    assertEquals(Set.of("L1"), Growth.conflicts(grew, Set.of("-L1")));
    assertEquals(Set.of("L1"), Growth.conflicts(grew, Set.of("-L1.a")));
    assertEquals(Set.of("L1"), Growth.conflicts(grew, Set.of("-L1.a.buf.x")));
    assertEquals(Set.of(), Growth.conflicts(grew, Set.of("-L1.ab", "-L2", "+L12")));
  }

  @Test
  void othersCountForTheirOwn() {
    Set<String> entries = Set.of("+0.buf", "+L1", "-L1");
    assertEquals(Set.of("+L1"), Growth.uncounted(entries, "0"::equals));
  }
}
