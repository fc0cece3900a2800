package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import java.nio.file.Path;

/**
 * Which packages a {@code pattern=flags} setting is for (cmd/go/internal/load: MatchPackage, go
 * 1.26). In a pattern, {@code ...} stands for any string; nothing else is special, except that it
 * never stands for a {@code vendor} element and that {@code x/...} matches {@code x} as well.
 */
sealed interface PackagePattern {
  /** Reports whether the package is meant. */
  boolean matches(GoPackage pkg);

  /** The packages that the command line names: those meant when there is no pattern. */
  record CommandLine() implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return pkg.isRoot();
    }
  }

  /** {@code all}: here every package of the build, whether the main module needs it or not. */
  record All() implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return true;
    }
  }

  /** {@code std}: all of GOROOT, commands included. */
  record Std() implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return pkg.isStandard();
    }
  }

  /** {@code cmd}. */
  record Cmd() implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return pkg.isStandard() && pkg.path().startsWith("cmd/");
    }
  }

  /** A pattern of import paths. */
  record ImportPath(Glob glob) implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return glob.matches(pkg.path());
    }
  }

  /** One directory. */
  record Directory(Path dir) implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      return pkg.dir().equals(dir.toString());
    }
  }

  /** The directories under {@code dir} whose relative paths match. */
  record Tree(Path dir, Glob glob) implements PackagePattern {
    @Override
    public boolean matches(GoPackage pkg) {
      if (pkg.dir().isEmpty()) {
        return false;
      }
      Path relative = dir.relativize(Path.of(pkg.dir()));
      if (relative.startsWith("..")) {
        return false;
      }
      String path = relative.toString().replace('\\', '/');
      return glob.matches(path.isEmpty() ? "." : path);
    }
  }

  /**
   * Reads a pattern.
   *
   * @param dir the directory to which {@code ./x} and {@code ../x} are relative, absolute
   */
  static PackagePattern parse(String pattern, Path dir) {
    if (isRelativePath(pattern)) {
      int dots = pattern.indexOf("...");
      if (dots < 0) {
        return new Directory(dir.resolve(pattern).normalize());
      }
      int slash = pattern.lastIndexOf('/', dots - 1);
      String start = slash < 0 ? "" : pattern.substring(0, slash);
      return new Tree(dir.resolve(start).normalize(), new Glob(pattern.substring(slash + 1)));
    }
    return switch (pattern) {
      case "all" -> new All();
      case "std" -> new Std();
      case "cmd" -> new Cmd();
      default -> new ImportPath(new Glob(pattern));
    };
  }

  private static boolean isRelativePath(String pattern) {
    return pattern.equals(".")
        || pattern.equals("..")
        || pattern.startsWith("./")
        || pattern.startsWith("../");
  }

  /** A glob over slash-separated paths whose only wildcard is {@code ...}. */
  final class Glob {
    /** Takes the place of a {@code vendor} element, which no wildcard may match. */
    private static final char VENDOR = '\0';

    private static final String WILDCARD = "...";

    private final String pattern;
    private final String stem;
    private final boolean hasStem;

    Glob(String pattern) {
      this.pattern = hideVendor(pattern);
      this.hasStem = pattern.endsWith("/" + WILDCARD);
      this.stem =
          hasStem ? hideVendor(pattern.substring(0, pattern.length() - WILDCARD.length() - 1)) : "";
    }

    boolean matches(String path) {
      String name = hideVendor(path);
      return matches(pattern, name) || (hasStem && matches(stem, name));
    }

    /**
     * The usual match of a glob: on a mismatch the last wildcard takes one character more. No
     * earlier wildcard needs to be tried again, so the cost is at most the product of the lengths.
     */
    private static boolean matches(String pattern, String name) {
      int p = 0;
      int n = 0;
      int afterWildcard = -1;
      int resume = 0;
      while (n < name.length() || p < pattern.length()) {
        if (pattern.startsWith(WILDCARD, p)) {
          p += WILDCARD.length();
          afterWildcard = p;
          resume = n;
        } else if (p < pattern.length()
            && n < name.length()
            && pattern.charAt(p) == name.charAt(n)) {
          p++;
          n++;
        } else if (afterWildcard >= 0 && resume < name.length() && name.charAt(resume) != VENDOR) {
          resume++;
          p = afterWildcard;
          n = resume;
        } else {
          return false;
        }
      }
      return true;
    }

    /** Hides all {@code vendor} elements but a last one. */
    private static String hideVendor(String path) {
      if (!path.contains("vendor")) {
        return path;
      }
      String[] elements = path.split("/", -1);
      for (int i = 0; i < elements.length - 1; i++) {
        if (elements[i].equals("vendor")) {
          elements[i] = String.valueOf(VENDOR);
        }
      }
      return String.join("/", elements);
    }
  }
}
