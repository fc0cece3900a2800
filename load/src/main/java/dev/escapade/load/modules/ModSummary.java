package dev.escapade.load.modules;

import dev.escapade.load.version.ModuleVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the go.mod of a dependency says that matters to its dependents.
 *
 * @param goVersion of its go line, or empty
 * @param pruned whether it lists all modules that its packages need (from go 1.17 on)
 * @param requires its requirements, those on excluded versions left out
 * @param error why it could not be read, or null
 * @param failed the module whose go.mod it would have been, a replacement perhaps
 */
record ModSummary(
    String goVersion,
    boolean pruned,
    List<ModuleVersion> requires,
    List<String> ignores,
    @Nullable String error,
    @Nullable ModuleVersion failed) {
  static ModSummary of(
      String goVersion, boolean pruned, List<ModuleVersion> requires, List<String> ignores) {
    return new ModSummary(goVersion, pruned, requires, ignores, null, null);
  }

  static ModSummary failed(String error, ModuleVersion failed) {
    return new ModSummary("", false, List.of(), List.of(), error, failed);
  }
}
