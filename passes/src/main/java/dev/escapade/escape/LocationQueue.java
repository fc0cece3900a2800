package dev.escapade.escape;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A queue of locations that grows at both ends. */
final class LocationQueue {
  private @Nullable Location[] ring;
  private int head;
  private int count;

  /** An empty queue with room for {@code capacity} locations before it grows. */
  LocationQueue(int capacity) {
    int power = Math.max(2, Integer.highestOneBit(Math.max(1, capacity - 1)) << 1);
    ring = new @Nullable Location[power];
  }

  boolean isEmpty() {
    return count == 0;
  }

  void addFirst(Location location) {
    growIfFull();
    head = (head - 1) & (ring.length - 1);
    ring[head] = location;
    count++;
  }

  void addLast(Location location) {
    growIfFull();
    ring[(head + count) & (ring.length - 1)] = location;
    count++;
  }

  /** Removes the first location of a queue that is not empty. */
  Location removeFirst() {
    Location first = Objects.requireNonNull(ring[head]);
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    count--;
    return first;
  }

  private void growIfFull() {
    if (count < ring.length) {
      return;
    }
    @Nullable Location[] larger = new @Nullable Location[2 * ring.length];
    int tail = ring.length - head;
    System.arraycopy(ring, head, larger, 0, tail);
    System.arraycopy(ring, 0, larger, tail, head);
    ring = larger;
    head = 0;
  }
}
