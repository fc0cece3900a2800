package dev.escapade.driver.cache;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys that have been computed, so that one whose fields are as before need not be computed again.
 * Safe for concurrent use.
 */
public final class KeyMemory {
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Known(byte[] fields, Key key) {}

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  private @Nullable AssemblyInputs assembly;

  /** Remembers nothing. */
  public KeyMemory() {}

  /** The key of a digest that was computed under {@code name} before, maybe of other fields. */
  Key key(String name, Digest digest) {
    Known last = known.get(name);
    if (last != null && digest.hasFields(last.fields)) {
      return last.key;
    }
    Key fresh = digest.key();
    known.put(name, new Known(digest.fields(), fresh));
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
