package dev.escapade.escape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocationQueueTest {
  @Test
  void isADeque() {
    Random random = new Random(1);
    LocationQueue queue = new LocationQueue(1);
    ArrayDeque<Location> model = new ArrayDeque<>();
    for (int i = 0; i < 10_000; i++) {
      Location location = new Location(null, null, i, 0);
      switch (random.nextInt(model.size() < 100 ? 5 : 8)) {
        case 0, 1 -> {
          queue.addFirst(location);
          model.addFirst(location);
        }
        case 2, 3 -> {
          queue.addLast(location);
          model.addLast(location);
        }
        default -> {
          if (!model.isEmpty()) {
            assertEquals(model.removeFirst(), queue.removeFirst());
          }
        }
      }
      assertEquals(model.isEmpty(), queue.isEmpty());
    }
  }
}
