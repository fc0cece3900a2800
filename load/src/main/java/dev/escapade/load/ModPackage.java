package dev.escapade.load;

import dev.escapade.load.build.PackageDir;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.version.ModuleVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package as the search for modules sees it: where it is and what it imports, before anything is
 * said about how good it is. One task writes it; it is read after all tasks have ended.
 */
final class ModPackage {
  final String path;
  final boolean isRoot;
  @Nullable ModuleVersion module;
  String dir = "";
  boolean inStd;
  ImportResolver.@Nullable Fault fault;
  @Nullable PackageDir data;
  List<ModPackage> imports = List.of();
  List<ModPackage> testImports = List.of();

  /** Whether the main module needs the package, directly or not (the pattern {@code all}). */
  boolean inAll;

  /** The package through which this one was first reached, breadth first; null for roots. */
  @Nullable ModPackage reachedFrom;

  ModPackage(String path, boolean isRoot) {
    this.path = path;
    this.isRoot = isRoot;
  }
}
