package dev.escapade.driver.cache;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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

  /** The store in a cache's directory. */
  public static ResultStore open(Path dir) {
    return new ResultStore(dir, MAX_BYTES);
  }
}
