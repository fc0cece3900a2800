package dev.escapade.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task for each node of an acyclic graph on a fixed number of threads, each after the
 * tasks of the nodes that it depends on. What a task wrote is visible to the tasks that depend on
 * it.
 *
 * <p>Among the nodes that are ready, the one from which the longest chain of work hangs goes first,
 * so that a long chain does not remain for the end. All state is guarded by {@code lock}; tasks run
 * outside it.
 */
final class WorkGraph<T> {
  /** Deep syntax trees are walked by recursion; the memory is only reserved until it is used. */
  static final long STACK_BYTES = 512L << 20;

  /** What is done for a node. */
  @FunctionalInterface
  interface Task<T> {
    /** Does it; called once for each node, on some worker. */
    void run(T node);
  }

  private final List<T> nodes;
  private final int[] waitingFor;
  private final int[][] dependents;
  private final long[] urgency;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Integer> ready;
  private int unfinished;
  private @Nullable Throwable failure;

  /**
   * Prepares a run.
   *
   * @param nodes each after all that it depends on
   * @param dependencies what a node depends on; those that are not in {@code nodes} are ignored
   * @param weight how much work a node is, in any unit
   * @throws IllegalArgumentException if a node stands before one that it depends on
   */
  WorkGraph(
      List<T> nodes,
      Function<T, ? extends Collection<T>> dependencies,
      Function<T, Integer> weight) {
    this.nodes = List.copyOf(nodes);
    int n = this.nodes.size();
    waitingFor = new int[n];
    urgency = new long[n];
    ready =
        new PriorityQueue<>(
            Math.max(1, n),
            (a, b) ->
                urgency[a] != urgency[b]
                    ? Long.compare(urgency[b], urgency[a])
                    : Integer.compare(a, b));
    dependents = link(dependencies);
    for (int i = n - 1; i >= 0; i--) {
      for (int d : dependents[i]) {
        urgency[i] = Math.max(urgency[i], urgency[d]);
      }
      urgency[i] += Math.max(1, weight.apply(this.nodes.get(i)));
    }
    for (int i = 0; i < n; i++) {
      if (waitingFor[i] == 0) {
        ready.add(i);
      }
    }
    unfinished = n;
  }

  private int[][] link(Function<T, ? extends Collection<T>> dependencies) {
    IdentityHashMap<T, Integer> index = new IdentityHashMap<>();
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i), i);
      lists.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      int[] before =
          dependencies.apply(nodes.get(i)).stream()
              .filter(index::containsKey)
              .mapToInt(index::get)
              .distinct()
              .toArray();
      for (int d : before) {
        if (d >= i) {
          throw new IllegalArgumentException(
              nodes.get(i) + " stands before " + nodes.get(d) + ", which it depends on");
        }
        lists.get(d).add(i);
      }
      waitingFor[i] = before.length;
    }
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /**
   * Runs the task for all nodes and returns when all are done. To be called once.
   *
   * <p>When a task throws, no further task is started, and the exception is thrown here.
   *
   * @param threads at least 1
   */
  void run(int threads, Task<T> task) throws InterruptedException {
    Thread[] workers = new Thread[Math.clamp(nodes.size(), 1, threads)];
    Arrays.setAll(
        workers, i -> new Thread(null, () -> work(task), "escapade-worker-" + i, STACK_BYTES));
    for (Thread worker : workers) {
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    Throwable t = failure;
    if (t instanceof Error e) {
      throw e;
    }
    if (t instanceof RuntimeException e) {
      throw e;
    }
  }

  private void work(Task<T> task) {
    try {
      for (int i = take(); i >= 0; i = take()) {
        task.run(nodes.get(i));
        finish(i);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** The next node to work on, or -1 when there is nothing left to do. */
  private int take() {
    lock.lock();
    try {
      while (true) {
        if (unfinished == 0 || failure != null) {
          return -1;
        }
        Integer next = ready.poll();
        if (next != null) {
          return next;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(int node) {
    lock.lock();
    try {
      unfinished--;
      for (int d : dependents[node]) {
        if (--waitingFor[d] == 0) {
          ready.add(d);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable t) {
    lock.lock();
    try {
      if (failure == null) {
        failure = t;
      } else {
        failure.addSuppressed(t);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
