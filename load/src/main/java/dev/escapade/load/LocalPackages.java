package dev.escapade.load;

import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.modules.MainModule;
import org.jspecify.annotations.Nullable;

/** Finds the import path of a directory (cmd/go: resolveLocalPackage). */
final class LocalPackages {
  private LocalPackages() {}

  /**
   * An import path, or why there is none.
   *
   * @param noGoDir the directory, if the reason is that it has no Go files
   * @param neverAPackage whether wildcards are to pass over the directory silently
   */
  record Result(
      @Nullable String path,
      @Nullable String error,
      @Nullable String noGoDir,
      boolean neverAPackage) {
    static Result of(String path) {
      return new Result(path, null, null, false);
    }

    static Result error(String message) {
      return new Result(null, message, null, false);
    }
  }

  private static final Result BUILTIN =
      new Result(null, "\"builtin\" is a pseudo-package, not an importable package", null, true);

  static Result resolve(Session session, ImportResolver resolver, String dir) {
    PackageDir data = session.read(dir);
    if (data.fault() != null && data.ignoredGoFiles().isEmpty()) {
      if (!session.tree.isDirectory(dir)) {
        return Result.error("stat " + dir + ": directory not found");
      }
      if (data.fault() instanceof PackageDir.Fault.NoGoFiles) {
        return new Result(null, "no Go files in " + dir, dir, false);
      }
    }
    for (MainModule main : session.modules.mains()) {
      if (!main.dir().isEmpty() && dir.equals(main.dir())) {
        return dir.equals(session.settings.gorootSrc())
            ? new Result(null, "GOROOT/src is not an importable package", null, true)
            : Result.of(main.prefix());
      }
    }
    Result inMain = inMainModules(session, resolver, dir);
    if (inMain != null) {
      return inMain;
    }
    String sub = Paths.below(dir, session.settings.gorootSrc());
    if (sub != null && !sub.equals(".") && sub.indexOf('@') < 0) {
      return sub.equals("builtin") ? BUILTIN : Result.of(sub);
    }
    String path = resolver.pathInDependencies(dir);
    return path.isEmpty() ? Result.error(outside(session, dir)) : Result.of(path);
  }

  private static @Nullable Result inMainModules(
      Session session, ImportResolver resolver, String dir) {
    String missing = "";
    MainModule missingIn = null;
    for (MainModule main : session.modules.mains()) {
      String sub = main.dir().isEmpty() ? null : Paths.below(dir, main.dir());
      if (sub == null || sub.indexOf('@') >= 0) {
        continue;
      }
      if (sub.startsWith("vendor/")) {
        return session.modules.mode().isVendor()
            ? Result.of(sub.substring("vendor/".length()))
            : Result.error("without -mod=vendor, directory " + dir + " has no package path");
      }
      if (main.prefix().isEmpty()) {
        return sub.equals("builtin") ? BUILTIN : Result.of(sub);
      }
      String path = main.prefix() + "/" + sub;
      if (resolver.isInMain(main, path)) {
        return Result.of(path);
      }
      if (missingIn == null || main.prefix().length() > missingIn.prefix().length()) {
        missing = path;
        missingIn = main;
      }
    }
    return missingIn == null
        ? null
        : Result.error(
            "main module (" + missingIn.path() + ") does not contain package " + missing);
  }

  private static String outside(Session session, String dir) {
    String shown = session.shorten(dir);
    String subject = shown.equals(".") ? "current directory" : "directory " + shown;
    if (!session.modules.inWorkspace()) {
      return subject + " outside main module or its selected dependencies";
    }
    String root = moduleRoot(session, dir);
    return root.isEmpty()
        ? subject + " outside modules listed in go.work or their selected dependencies"
        : subject
            + " is contained in a module that is not one of the workspace modules listed in"
            + " go.work. You can add the module to the workspace using:\n\tgo work use "
            + session.shorten(root);
  }

  private static String moduleRoot(Session session, String dir) {
    for (String d = dir; ; d = Paths.parent(d)) {
      if (session.tree.isFile(Paths.join(d, "go.mod"))) {
        return d;
      }
      if (d.equals(Paths.parent(d))) {
        return "";
      }
    }
  }

  /** Reports whether packages below {@code dir} can have a path at all. */
  static boolean mayHavePackages(Session session, ImportResolver resolver, String dir) {
    String root = moduleRoot(session, dir);
    return (!root.isEmpty() && session.modules.mainDirs().contains(root))
        || session.inGoroot(dir)
        || !resolver.pathInDependencies(dir).isEmpty();
  }

  /** The main module whose directory is {@code dir} or above it, the last if several are. */
  static @Nullable MainModule mainAround(Session session, String dir) {
    MainModule found = null;
    for (MainModule main : session.modules.mains()) {
      if (!main.dir().isEmpty() && Paths.isWithin(dir, main.dir())) {
        found = main;
      }
    }
    return found;
  }

  /** The text for a directory that is in no module because there is none. */
  static String noModule(Session session) {
    if (session.modules.inWorkspace()) {
      return "no modules were found in the current workspace; see 'go help work'";
    }
    String cwd = session.settings.cwd();
    for (String d = cwd; !session.inGoroot(d); d = Paths.parent(d)) {
      if (session.tree.isFile(Paths.join(d, ".git/config"))) {
        String relative = Paths.relative(cwd, d);
        String cd = relative.equals(".") ? "" : "cd " + relative + " && ";
        return "cannot find main module, but found .git/config in "
            + d
            + "\n\tto create a module there, run:\n\t"
            + cd
            + "go mod init";
      }
      if (d.equals(Paths.parent(d))) {
        break;
      }
    }
    return "go.mod file not found in current directory or any parent directory;"
        + " see 'go help modules'";
  }
}
