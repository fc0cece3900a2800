package dev.escapade.load.files;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks, which may add further tasks, on a fixed number of threads, and waits until none is
 * left.
 *
 * <p>Protocol: {@code pending} counts tasks added and not yet ended, under the monitor of this
 * object; a task adds its successors before it ends, so 0 means that all is done. What tasks wrote
 * is visible after {@link #await} because of the same monitor.
 */
public final class WorkQueue implements AutoCloseable {
  private final ThreadGroup group = new ThreadGroup("load");
  private final ExecutorService threads;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int pending;

  /** A queue with so many threads, which end with the program at the latest. */
  public WorkQueue(int threadCount) {
    threads =
        Executors.newFixedThreadPool(
            threadCount, Thread.ofPlatform().group(group).name("load-", 0).daemon().factory());
  }

  /** Adds a task. */
  public void add(Runnable task) {
    synchronized (this) {
      pending++;
    }
    threads.execute(() -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        end();
      }
    });
  }

  private synchronized void end() {
    if (--pending == 0) {
      notifyAll();
    }
  }

  /**
   * Waits until all tasks have ended. A task may not: it would wait for itself.
   *
   * @throws IllegalStateException if a task failed, or if a task of this queue calls this
   */
  public void await() {
    if (group.equals(Thread.currentThread().getThreadGroup())) {
      throw new IllegalStateException("a task waits for its own queue");
    }
    boolean interrupted = false;
    synchronized (this) {
      while (pending > 0) {
        try {
          wait();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("loading failed: " + cause, cause);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
