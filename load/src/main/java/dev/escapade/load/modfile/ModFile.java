package dev.escapade.load.modfile;

import dev.escapade.load.version.ModuleVersion;
import java.util.List;

/**
 * What a go.mod file says. Retractions, tools' comments and godebug settings are of no interest
 * here.
 *
 * @param modulePath empty without a module line
 * @param goVersion the version of the go line, or empty
 * @param toolchain the name in the toolchain line, or empty
 * @param ignores directories that patterns skip
 */
public record ModFile(
    String modulePath,
    String goVersion,
    String toolchain,
    List<Require> requires,
    List<ModuleVersion> excludes,
    List<Replace> replaces,
    List<String> tools,
    List<String> ignores) {
  public ModFile {
    requires = List.copyOf(requires);
    excludes = List.copyOf(excludes);
    replaces = List.copyOf(replaces);
    tools = List.copyOf(tools);
    ignores = List.copyOf(ignores);
  }

  /** A requirement; {@code indirect} is its comment. */
  public record Require(ModuleVersion module, boolean indirect) {}

  /**
   * A replacement.
   *
   * @param old with an empty version for all versions
   * @param replacement with an empty version for a directory
   */
  public record Replace(ModuleVersion old, ModuleVersion replacement) {}

  /** A file, or what is wrong with it: one text for each fault, with its place. */
  public record Parsed(ModFile file, List<String> errors) {}
}
