package dev.escapade.load;

import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import org.jspecify.annotations.Nullable;

/** Who may import what: internal and vendored packages, and commands (cmd/go: load.loadImport). */
final class ImportRules {
  private ImportRules() {}

  /** Why {@code importer} may not import {@code p} as {@code path}, or null if it may. */
  static @Nullable PackageError check(
      Session session, GoPackage importer, String path, GoPackage p, ImportStack stack) {
    if (p.error == null && !mayUseInternal(session, importer, p)) {
      return new PackageError(
          "use of internal package " + p.importPath + " not allowed", stack.copy(), true);
    }
    int vendor = vendorIndex(p.importPath);
    if (vendor >= 0 && !isBelow(session, importer.dir, p, Math.max(vendor - 1, 0))) {
      return new PackageError("use of vendored package not allowed", stack.copy(), false);
    }
    int written = vendorIndex(path);
    if (written >= 0) {
      return new PackageError(
          path + " must be imported as " + path.substring(written + "vendor/".length()),
          stack.copy(),
          false);
    }
    if (p.name.equals("main") && !importer.dir.equals(p.dir)) {
      return new PackageError(
          "import \"" + path + "\" is a program, not an importable package", stack.copy(), false);
    }
    if (ImportResolver.isRelative(path) && !importer.fromFiles) {
      return new PackageError(
          path.equals(".")
              ? ".: cannot import current directory"
              : "local import \"" + path + "\" in non-local package",
          stack.copy(),
          false);
    }
    return null;
  }

  private static boolean mayUseInternal(Session session, GoPackage importer, GoPackage p) {
    int internal = internalIndex(p.importPath);
    if (internal < 0) {
      return true;
    }
    // The test package of a package may import what that may.
    boolean external = importer.path.equals(importer.forTest + "_test");
    String from = external ? importer.forTest : importer.path;
    boolean fips = isBelow(p.importPath, "crypto/internal/fips140");
    if (fips && isBelow(from, "crypto")) {
      return true;
    }
    if (isBelow(from, "crypto/internal/fips140")) {
      return isBelow(p.importPath, "crypto/internal");
    }
    int parent = Math.max(internal - 1, 0);
    if (p.module == null) {
      return isBelow(session, importer.dir, p, parent);
    }
    if (importer.fromFiles) {
      from = ImportGraph.directoryPath(session, importer.dir);
    }
    return isBelow(from, p.importPath.substring(0, parent));
  }

  /**
   * Reports whether a directory lies below that of the first {@code length} characters of a path.
   */
  private static boolean isBelow(Session session, String dir, GoPackage p, int length) {
    int end = length + p.dir.length() - p.importPath.length();
    if (end < 0 || end > p.dir.length()) {
      return true;
    }
    String parent = Paths.clean(p.dir.substring(0, end));
    return Paths.isWithin(dir, parent)
        || Paths.isWithin(session.tree.realPath(dir), session.tree.realPath(parent));
  }

  private static boolean isBelow(String path, String prefix) {
    return prefix.isEmpty() || path.equals(prefix) || path.startsWith(prefix + "/");
  }

  /** Where the last element {@code internal} starts, or -1. */
  private static int internalIndex(String path) {
    if (path.endsWith("/internal")) {
      return path.length() - "internal".length();
    }
    int i = path.lastIndexOf("/internal/");
    if (i >= 0) {
      return i + 1;
    }
    return path.equals("internal") || path.startsWith("internal/") ? 0 : -1;
  }

  /** Where the last element {@code vendor} that is not the end of the path starts, or -1. */
  private static int vendorIndex(String path) {
    int i = path.lastIndexOf("/vendor/");
    if (i >= 0) {
      return i + 1;
    }
    return path.startsWith("vendor/") ? 0 : -1;
  }
}
