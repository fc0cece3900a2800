package dev.escapade.driver.cache;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that have been computed, so that one that depends on the same as before need not be computed
 * again. Safe for concurrent use.
 */
public final class KeyMemory {
  private record Known(List<Object> inputs, Key key) {}

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  private @Nullable AssemblyInputs assembly;

  /** Remembers nothing. */
  public KeyMemory() {}

  /**
   * The key of a digest.
   *
   * @param inputs all that it depends on; of an array counts which it is, so it must not be changed
   */
  Key key(String name, List<Object> inputs, Supplier<Digest> digest) {
    Known last = known.get(name);
    if (last != null && last.inputs.equals(inputs)) {
      return last.key;
    }
    Key fresh = digest.get().key();
    known.put(name, new Known(inputs, fresh));
    return fresh;
  }

  /**
   * To be called between two runs.
   *
   * @param isUnchanged whether a directory is known to be as it was, and with it what it has
   */
  public void nextRun(Predicate<String> isUnchanged) {
    AssemblyInputs last = assembly;
    if (last != null) {
      last.forget(dir -> isUnchanged.test(dir.toString().replace('\\', '/')));
    }
  }

  /** What has been read of assembly files. */
  AssemblyInputs assembly(Path includes) {
    AssemblyInputs last = assembly;
    if (last == null || !last.isFor(includes)) {
      last = new AssemblyInputs(includes);
      assembly = last;
    }
    return last;
  }

  /** Forgets what is not of one of so many packages. */
  void limit(int packages) {
    if (known.size() > 4 * packages + 1000) {
      known.clear();
    }
  }
}
