package dev.escapade.driver;

import dev.escapade.driver.cache.ResultCache;
import dev.escapade.load.LoadConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is to be built.
 *
 * @param load which packages, and under which settings
 * @param flags the compiler's flags for each package
 * @param threads how many packages are worked on at a time, at least 1
 * @param goal how far to go
 * @param cache the results of earlier runs, for {@link Goal#DECIDE}, or null for none
 */
public record BuildRequest(
    LoadConfig load, PackageFlags flags, int threads, Goal goal, @Nullable ResultCache cache) {
  /** How far a build goes. */
  public enum Goal {
    /** Packages are loaded and type-checked. */
    CHECK,
    /** The middle end decides as well. */
    DECIDE
  }

  public BuildRequest {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
  }
}
