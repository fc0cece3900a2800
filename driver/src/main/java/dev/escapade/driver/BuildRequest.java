package dev.escapade.driver;

import dev.escapade.load.LoadConfig;

/**
 * What is to be built.
 *
 * @param load which packages, and under which settings
 * @param flags the compiler's flags for each package
 * @param threads how many packages are worked on at a time, at least 1
 * @param goal how far to go
 */
public record BuildRequest(LoadConfig load, PackageFlags flags, int threads, Goal goal) {
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
