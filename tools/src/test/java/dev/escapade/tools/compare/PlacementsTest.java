package dev.escapade.tools.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementsTest {
  @Test
  void verdictsOnly() {
    assertTrue(Placements.isHeap("./a.go:3:2: moved to heap: x"));
    assertTrue(Placements.isHeap("./a.go:3:2: &T{...} escapes to heap"));
    assertFalse(Placements.isHeap("./a.go:3:2: &T{...} escapes to heap in F:"));
    assertFalse(Placements.isHeap("./a.go:3:2: x does not escape"));
    assertFalse(Placements.isHeap("./a.go:3:2: parameter p leaks to {heap} for F with derefs=0:"));
  }

  @Test
  void countsBothSides() {
    var placements = new Placements();
    placements.addMissing("p", "./a.go:3:2: moved to heap: x");
    placements.addExtra("p", "./a.go:4:2: y escapes to heap");
    placements.addExtra("p", "./a.go:5:2: y does not escape");
    assertEquals(2, placements.count());
    assertEquals(
        List.of(
            "heap for go only:   p ./a.go:3:2: moved to heap: x",
            "heap for us only:   p ./a.go:4:2: y escapes to heap"),
        placements.lines());
  }
}
