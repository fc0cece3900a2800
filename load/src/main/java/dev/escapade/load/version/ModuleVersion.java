package dev.escapade.load.version;

import java.util.Comparator;

/**
 * A module at a version.
 *
 * @param path the module path, or {@code go} or {@code toolchain} for the pseudo-modules of the Go
 *     release itself
 * @param version a canonical semantic version; empty for a main module, for every version (left of
 *     a replacement) or for a directory (right of one)
 */
public record ModuleVersion(String path, String version) {
  /** By path, then by version as the module path demands. */
  public static final Comparator<ModuleVersion> ORDER =
      Comparator.comparing(ModuleVersion::path)
          .thenComparing((a, b) -> compareVersions(a.path, a.version, b.version));

  /** The version that no module has: what selects nothing. */
  public static final String NONE = "none";

  /** Reports whether {@code path} is one of the pseudo-modules {@code go} and {@code toolchain}. */
  public static boolean isToolchain(String path) {
    return path.equals("go") || path.equals("toolchain");
  }

  /**
   * Compares two versions of the module {@code path}; {@code none} is below every other and empty
   * (a main module) above.
   */
  public static int compareVersions(String path, String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.isEmpty() || b.equals(NONE)) {
      return 1;
    }
    if (b.isEmpty() || a.equals(NONE)) {
      return -1;
    }
    return switch (path) {
      case "go" -> GoVersion.compare(a, b);
      case "toolchain" -> GoVersion.compare(toolchainVersion(a), toolchainVersion(b));
      default -> Semver.compare(a, b);
    };
  }

  private static String toolchainVersion(String name) {
    return GoVersion.isValid(name) ? name : GoVersion.fromToolchain(name);
  }

  /** {@code path@version}, or the path alone without a version. */
  @Override
  public String toString() {
    return version.isEmpty() ? path : path + "@" + version;
  }
}
