package dev.escapade.tools.explain;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.ForwardingListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Watches what becomes of one file in a build. */
public final class FileInBuild extends ForwardingListener {
  private final Path file;
  private boolean isLoaded;
  private boolean hasErrors;
  private @Nullable String platform;

  /**
   * A watcher.
   *
   * @param next who is told of the build as well
   */
  public FileInBuild(Path file, BuildListener next) {
    super(next);
    this.file = file;
  }

  @Override
  public void loaded(LoadResult result) {
    hasErrors |= !result.errors().isEmpty();
    for (GoPackage pkg : result.packages()) {
      isLoaded |= has(pkg);
      if (Path.of(pkg.dir()).equals(file.getParent())
          && pkg.ignoredGoFiles().contains(String.valueOf(file.getFileName()))) {
        platform = result.settings().goos() + "/" + result.settings().goarch();
      }
    }
    super.loaded(result);
  }

  private boolean has(GoPackage pkg) {
    return pkg.files().stream().anyMatch(f -> f.path().equals(file.toString()));
  }

  @Override
  public void output(PackageOutput output) {
    hasErrors |= output.status() != PackageOutput.Status.OK && has(output.pkg());
    super.output(output);
  }

  /** Why nothing is known of the file, or null if it was built, errors aside. */
  public @Nullable String absence() {
    if (isLoaded) {
      return null;
    }
    if (platform != null) {
      return "the file is not part of the build for "
          + platform
          + ": its name or its //go:build line excludes it; GOOS, GOARCH and -tags decide that";
    }
    return hasErrors
        ? "the file was not looked at, because of the errors above"
        : "the file is not part of the package in its folder";
  }

  /** Reports whether the package of the file has errors, so that functions may be left out. */
  public boolean hasErrors() {
    return hasErrors;
  }
}
