package dev.escapade.driver;

import dev.escapade.driver.cache.ResultCache;
import dev.escapade.load.LoadConfig;
import dev.escapade.middle.PackageAnalysis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be built.
 *
 * @param load which packages, and under which settings
 * @param flags the compiler's flags for each package
 * @param threads how many packages are worked on at a time, at least 1
 * @param goal how far to go
 * @param cache the results of earlier runs, for {@link Goal#DECIDE}, or null for none
 * @param analyses what runs on each package after the middle end; their results are in the {@link
 *     PackageOutput#analyses}, and the decisions, for which nobody asks then, are not in the text.
 *     With a cache, results of packages that the command line does not name may be left out, unless
 *     an analysis {@linkplain PackageAnalysis#wantsAll wants all}
 */
public record BuildRequest(
    LoadConfig load,
    PackageFlags flags,
    int threads,
    Goal goal,
    @Nullable ResultCache cache,
    List<PackageAnalysis<?>> analyses) {
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
    analyses = List.copyOf(analyses);
  }

  /** A request without analyses. */
  public BuildRequest(
      LoadConfig load, PackageFlags flags, int threads, Goal goal, @Nullable ResultCache cache) {
    this(load, flags, threads, goal, cache, List.of());
  }

  /** The same for other packages. */
  public BuildRequest withLoad(LoadConfig newLoad) {
    return new BuildRequest(newLoad, flags, threads, goal, cache, analyses);
  }

  /** The same with these analyses. */
  public BuildRequest withAnalyses(List<PackageAnalysis<?>> list) {
    return new BuildRequest(load, flags, threads, goal, cache, list);
  }
}
