package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the outputs of packages, which come as they are ready, in the loader's order: an output is
 * handed on when all before it have been.
 *
 * <p>Only one thread hands on at a time, and it does so without the lock, so workers do not wait
 * while output is rendered.
 */
final class OrderedOutput {
  private final BuildListener listener;
  private final IdentityHashMap<GoPackage, Integer> index = new IdentityHashMap<>();

  // Guarded by this.
  private final List<@Nullable PackageOutput> pending;
  private final BitSet arrived = new BitSet();
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private int next;
  private boolean calling;

  OrderedOutput(List<GoPackage> packages, BuildListener listener) {
    this.listener = listener;
    this.pending = new ArrayList<>(packages.size());
    for (GoPackage pkg : packages) {
      index.put(pkg, pending.size());
      pending.add(null);
    }
  }

  /** Takes the output of a package; to be called once for each. */
  void add(PackageOutput output) {
    synchronized (this) {
      Integer i = index.get(output.pkg());
      if (i == null) {
        throw new IllegalArgumentException("unknown package " + output.pkg());
      }
      pending.set(i, output);
      arrived.set(i);
      calls.add(() -> listener.finished(output.pkg()));
      if (!collect()) {
        return;
      }
    }
    handOn();
  }

  /** There is no output of a package, unless there has been one. */
  void skip(GoPackage pkg) {
    synchronized (this) {
      Integer i = index.get(pkg);
      if (i == null || arrived.get(i)) {
        return;
      }
      arrived.set(i);
      if (!collect()) {
        return;
      }
    }
    handOn();
  }

  /** Collects the calls that are due; reports whether this thread has to make them. */
  private boolean collect() {
    while (arrived.get(next)) {
      PackageOutput ready = pending.get(next);
      pending.set(next++, null);
      if (ready != null) {
        calls.add(() -> listener.output(ready));
      }
    }
    if (calling) {
      return false;
    }
    calling = true;
    return true;
  }

  private void handOn() {
    while (true) {
      Runnable call;
      synchronized (this) {
        call = calls.poll();
        if (call == null) {
          calling = false;
          return;
        }
      }
      call.run();
    }
  }
}
