package dev.escapade.escape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeaksTest {
  @Test
  void keepsTheShortestWay() {
    long leaks = Leaks.add(Leaks.add(Leaks.NONE, Leaks.HEAP, 2), Leaks.HEAP, 1);
    assertEquals(1, Leaks.heap(leaks));
    assertEquals(1, Leaks.heap(Leaks.add(leaks, Leaks.HEAP, 5)));
    assertEquals(-1, Leaks.result(leaks, 0));
    assertEquals(-1, Leaks.heap(Leaks.NONE));
  }

  @Test
  void hasRoomForFiveResultsAndManyDereferences() {
    long leaks = Leaks.add(Leaks.NONE, Leaks.RESULT_0 + 4, 1000);
    assertEquals(254, Leaks.result(leaks, 4));
    assertEquals(-1, Leaks.result(leaks, 3));
    assertEquals(-1, Leaks.heap(leaks));
  }

  @Test
  void aShorterWayToTheHeapMakesOthersPointless() {
    long leaks = Leaks.add(Leaks.NONE, Leaks.HEAP, 1);
    leaks = Leaks.add(leaks, Leaks.RESULT_0, 0);
    leaks = Leaks.add(leaks, Leaks.RESULT_0 + 1, 1);
    leaks = Leaks.optimize(leaks);
    assertEquals(1, Leaks.heap(leaks));
    assertEquals(0, Leaks.result(leaks, 0));
    assertEquals(-1, Leaks.result(leaks, 1));
  }

  @Test
  void whatLeaksAsItIsTellsItAll() {
    long leaks = Leaks.add(Leaks.add(Leaks.NONE, Leaks.HEAP, 0), Leaks.MUTATOR, 0);
    assertEquals(Leaks.TO_HEAP, Leaks.encode(leaks));
    assertTrue(Leaks.any(leaks));
    assertFalse(Leaks.any(Leaks.NONE));
  }
}
