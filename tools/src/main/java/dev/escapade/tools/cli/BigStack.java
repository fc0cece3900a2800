package dev.escapade.tools.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Runs deep recursions on a thread with room for them. */
final class BigStack {
  private static final long STACK_BYTES = 1L << 30;

  private BigStack() {}

  /** Runs {@code task}, and waits for it; its exceptions are thrown here. */
  static <T> T call(Supplier<T> task) throws InterruptedException {
    FutureTask<T> future = new FutureTask<>(task::get);
    new Thread(null, future, "escapade-count", STACK_BYTES).start();
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      if (e.getCause() instanceof Error r) {
        throw r;
      }
      throw new IllegalStateException(e);
    }
  }
}
