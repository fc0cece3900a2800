package dev.escapade.driver;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that has begun, on a thread of its own with a stack for deep trees. */
final class ParallelTask<T extends @Nullable Object> {
  private final FutureTask<T> task;

  /** Begins. */
  ParallelTask(Supplier<T> work) {
    task = new FutureTask<>(work::get);
    Thread thread = new Thread(null, task, "escapade-beside", WorkGraph.STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the end; what was thrown is thrown again. */
  T result() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true; // It takes milliseconds, and the result has to be there.
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          throw new CompletionException(cause == null ? e : cause);
        } catch (CancellationException e) {
          throw new IllegalStateException("nobody cancels", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
