package dev.escapade.ssa.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements with equal keys come as Go's {@code slices.SortFunc} leaves them. */
final class PatternSortTest {
  private record Item(int key, int id) {}

  /** Which keys the elements have. */
  private enum Keys {
    RANDOM,
    INCREASING,
    DECREASING,
    CYCLES,
    MOUNTAIN
  }

  /**
   * Elements in number {@code n} with about {@code keys} keys, and the 32-bit FNV-1a hash of their
   * numbers after sorting, recorded from Go 1.26.
   */
  private record Case(int n, int keys, Keys kind, int hash) {}

  private static final List<Case> CASES =
      List.of(
          new Case(12, 3, Keys.RANDOM, 0xb842f49d),
          new Case(13, 3, Keys.RANDOM, 0x39040061),
          new Case(40, 5, Keys.RANDOM, 0xf5d819e5),
          new Case(49, 1, Keys.RANDOM, 0x9be0bc5d),
          new Case(60, 7, Keys.RANDOM, 0x65376425),
          new Case(60, 60, Keys.INCREASING, 0x9b126b95),
          new Case(100, 100, Keys.DECREASING, 0x32c92ce5),
          new Case(300, 17, Keys.RANDOM, 0x28a13285),
          new Case(1000, 10, Keys.RANDOM, 0x6605cb5),
          new Case(1000, 900, Keys.RANDOM, 0x3880ced5),
          new Case(2000, 40, Keys.CYCLES, 0xd0c3d3d1),
          new Case(5000, 5000, Keys.MOUNTAIN, 0x6a0fed91));

  @Test
  void equalElementsComeAsInGo() {
    for (Case c : CASES) {
      List<Item> items = items(c);
      PatternSort.sort(items, Item::key);
      for (int i = 1; i < items.size(); i++) {
        assertTrue(items.get(i - 1).key <= items.get(i).key, c.toString());
      }
      assertEquals(Integer.toHexString(c.hash), Integer.toHexString(hash(items)), c.toString());
    }
  }

  private static List<Item> items(Case c) {
    List<Item> items = new ArrayList<>();
    int random = c.n;
    for (int i = 0; i < c.n; i++) {
      random = random * 1664525 + 1013904223;
      int key =
          switch (c.kind) {
            case RANDOM -> (random >>> 8) % c.keys;
            case INCREASING -> i;
            case DECREASING -> c.n - i;
            case CYCLES -> i % c.keys;
            case MOUNTAIN -> Math.min(i, c.n - i);
          };
      items.add(new Item(key, i));
    }
    return items;
  }

  private static int hash(List<Item> items) {
    int h = 0x811c9dc5;
    for (Item item : items) {
      h = (h ^ (item.id & 0xff)) * 0x01000193;
      h = (h ^ (item.id >> 8 & 0xff)) * 0x01000193;
    }
    return h;
  }
}
