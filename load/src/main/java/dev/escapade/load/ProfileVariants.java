package dev.escapade.load;

import dev.escapade.load.files.Paths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Attaches profiles to the packages that are built with them (cmd/go/internal/load:
 * setPGOProfilePath, go 1.26).
 *
 * <p>A profile that is given by name is for all packages. Otherwise each command that has a file
 * {@code default.pgo} in its directory uses that, and so does all that it imports: as other roots
 * may import the same packages, the command gets variants of them for itself.
 */
final class ProfileVariants {
  private static final String OFF = "off";
  private static final String AUTO = "auto";
  private static final String DEFAULT_FILE = "default.pgo";

  private final GoPackage command;
  private final String profile;

  /** Whether packages are changed in place, for want of others that could share them. */
  private final boolean alone;

  private final IdentityHashMap<GoPackage, GoPackage> variants = new IdentityHashMap<>();

  private ProfileVariants(GoPackage command, String profile, boolean alone) {
    this.command = command;
    this.profile = profile;
    this.alone = alone;
  }

  /** Attaches the profiles that {@code settings} ask for to {@code roots} and what they import. */
  static void attach(List<GoPackage> roots, Settings settings) {
    switch (settings.pgo()) {
      case OFF -> {}
      case AUTO -> {
        for (GoPackage root : roots) {
          String file = root.dir + "/" + DEFAULT_FILE;
          if (root.isMain() && Files.exists(Path.of(file))) {
            new ProfileVariants(root, file, roots.size() == 1).variant(root);
          }
        }
      }
      default -> {
        String file = Paths.absolute(settings.cwd(), settings.pgo().replace('\\', '/'));
        PackageLoader.inOrder(roots).forEach(p -> p.profile = file);
      }
    }
  }

  /** What stands for {@code p} in the build of the command. */
  private GoPackage variant(GoPackage p) {
    GoPackage known = variants.get(p);
    if (known != null) {
      return known;
    }
    GoPackage v = p;
    if (!alone && p != command) {
      v = p.copyAs(p.importPath + " [" + command.importPath + "]");
      v.root = p.root;
      v.literal = p.literal;
      v.fromFiles = p.fromFiles;
      v.forMain = command.importPath;
    }
    variants.put(p, v);
    v.profile = profile;
    List<GoPackage> dependencies = p.dependencies == null ? List.of() : p.dependencies;
    List<GoPackage> own = new ArrayList<>(dependencies.size());
    for (GoPackage d : dependencies) {
      own.add(variant(d));
    }
    v.dependencies = own;
    v.importMap.replaceAll((_, d) -> variant(d));
    return v;
  }
}
