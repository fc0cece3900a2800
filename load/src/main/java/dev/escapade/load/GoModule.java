package dev.escapade.load;

import org.jspecify.annotations.Nullable;

/**
 * A module that provides packages.
 *
 * @param path the module path
 * @param version the selected version, or empty for a main module
 * @param replace what stands in for it according to a replace directive
 * @param goVersion the version in its {@code go} line, such as {@code 1.21} or {@code 1.24.1};
 *     empty when it has none
 * @param dir the absolute directory of its files, or empty when it is vendored
 * @param main whether it is a main (or workspace) module
 */
public record GoModule(
    String path,
    String version,
    @Nullable Replacement replace,
    String goVersion,
    String dir,
    boolean main) {
  /**
   * The right side of a replace directive.
   *
   * @param path a module path, or a directory as written
   * @param version empty for a directory
   */
  public record Replacement(String path, String version) {}
}
