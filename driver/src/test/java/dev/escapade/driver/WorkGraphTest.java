package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WorkGraphTest {
  private record Node(int id, List<Node> needs) {}

  private static List<Node> randomGraph(Random random, int size) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Node> needs = new ArrayList<>();
      for (int k = random.nextInt(4); k > 0 && i > 0; k--) {
        needs.add(nodes.get(random.nextInt(i)));
      }
      nodes.add(new Node(i, List.copyOf(needs)));
    }
    return nodes;
  }

  @Test
  void everyNodeRunsOnceAfterWhatItNeeds() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Node> nodes = randomGraph(random, 1 + random.nextInt(200));
      Set<Integer> done = ConcurrentHashMap.newKeySet();
      new WorkGraph<>(nodes, Node::needs, Node::id)
          .run(
              1 + random.nextInt(8),
              node -> {
                for (Node needed : node.needs) {
                  assertTrue(done.contains(needed.id), "seed " + seed);
                }
                assertTrue(done.add(node.id), "ran twice; seed " + seed);
              });
      assertEquals(nodes.size(), done.size(), "seed " + seed);
    }
  }

  @Test
  void aFailureStopsTheRunAndIsThrown() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(0, List.of()));
    nodes.add(new Node(1, List.of(nodes.getFirst())));
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    WorkGraph<Node> graph = new WorkGraph<>(nodes, Node::needs, _ -> 1);
    assertThrows(
        IllegalStateException.class,
        () ->
            graph.run(
                4,
                node -> {
                  if (node.id == 0) {
                    throw new IllegalStateException("broken");
                  }
                  done.add(node.id);
                }));
    assertFalse(done.contains(1));
  }

  @Test
  void aWorkerHasAStackForDeepTrees() throws InterruptedException {
    int[] depth = {0};
    new WorkGraph<>(List.of(new Node(0, List.of())), Node::needs, _ -> 1)
        .run(1, _ -> depth[0] = descend(200_000));
    assertEquals(200_000, depth[0]);
  }

  private static int descend(int n) {
    return n == 0 ? 0 : 1 + descend(n - 1);
  }

  @Test
  void aWrongOrderIsRefused() {
    Node a = new Node(0, List.of());
    Node b = new Node(1, List.of(a));
    assertThrows(
        IllegalArgumentException.class, () -> new WorkGraph<>(List.of(b, a), Node::needs, _ -> 1));
  }
}
