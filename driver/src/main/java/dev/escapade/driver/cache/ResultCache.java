package dev.escapade.driver.cache;

import dev.escapade.load.files.FileIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a run uses.
 *
 * @param store where the results are
 * @param program identifies the program that makes the results, its code included
 */
public record ResultCache(ResultStore store, String program) {
  private static final long MAX_BYTES = 2L << 30;

  /**
   * The cache that an environment asks for, if it wants one and the program can be identified.
   *
   * @param jar the program's code
   */
  public static Optional<ResultCache> of(Map<String, String> env, Path jar) {
    return CacheLocation.of(env)
        .flatMap(dir -> ProgramId.of(jar).map(id -> new ResultCache(open(dir), id)));
  }

  /** What earlier runs have read, as far as it was stored for the builds in a directory. */
  public FileIndex index(Path dir) {
    return FileIndex.of(store.get(indexKey(dir)));
  }

  /** Stores what a run has read, if there is anything new. */
  public void storeIndex(Path dir, FileIndex index) {
    if (index.hasGrown()) {
      store.put(indexKey(dir), index.toBytes());
    }
  }

  private Key indexKey(Path dir) {
    return new Digest().add("index 1").add(program).add(moduleDir(dir).toString()).key();
  }

  /** The directory of the module that {@code dir} is in, for all of it shares an index. */
  private static Path moduleDir(Path dir) {
    for (@Nullable Path d = dir; d != null; d = d.getParent()) {
      if (Files.exists(d.resolve("go.mod"))) {
        return d;
      }
    }
    return dir;
  }

  /** The store in a cache's directory. */
  public static ResultStore open(Path dir) {
    return new ResultStore(dir, MAX_BYTES);
  }
}
