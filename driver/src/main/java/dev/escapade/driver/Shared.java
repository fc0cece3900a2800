package dev.escapade.driver;

import dev.escapade.diag.SourceMap;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.load.BuildSettings;
import dev.escapade.load.GoPackage;
import dev.escapade.profile.CallProfile;
import dev.escapade.release.Arch;
import dev.escapade.release.Intrinsics;
import dev.escapade.release.Release;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.unit.PackageSummary;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all packages of a run share. Safe for concurrent use.
 *
 * @param release the rules of Go in force
 * @param goVersion the release of the installation, such as {@code go1.26.8}
 * @param goos the target operating system
 * @param arch the target architecture
 * @param sizes the sizes of types on it
 * @param intrinsics the calls that are instructions on it
 * @param assembly how assembly files are read
 * @param sources the files of the run
 * @param checked the packages that have been checked, as the middle end reads them
 * @param summaries what is known of the packages that the middle end has worked on
 * @param profiles the profiles that could be read, by file
 * @param analyses the analyses above the middle end
 * @param unsound the objects that depend on errors ({@link SoundDecls})
 */
record Shared(
    Release release,
    String goVersion,
    String goos,
    Arch arch,
    Sizes sizes,
    Intrinsics intrinsics,
    Assembly assembly,
    SourceMap sources,
    Map<Package, PackageSource> checked,
    Map<Package, PackageSummary> summaries,
    Map<String, CallProfile> profiles,
    Analyses analyses,
    Set<Obj> unsound) {
  static Shared of(
      Release release,
      BuildSettings settings,
      Map<String, CallProfile> profiles,
      Analyses analyses) {
    Arch arch = Arch.of(settings.goarch());
    return new Shared(
        release,
        settings.goVersion(),
        settings.goos(),
        arch,
        Sizes.forArch(settings.goarch()),
        release.intrinsics(arch),
        Assembly.of(settings),
        new SourceMap(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        Map.copyOf(profiles),
        analyses,
        ConcurrentHashMap.newKeySet());
  }

  /** The profile that a package is built with, or null. */
  @Nullable CallProfile profile(GoPackage pkg) {
    return pkg.profile().isEmpty() ? null : profiles.get(pkg.profile());
  }

  /** What tells the profile of a package apart from others; empty if it is built with none. */
  String profileDigest(GoPackage pkg) {
    CallProfile profile = profile(pkg);
    if (profile != null) {
      return profile.digest();
    }
    return pkg.profile().isEmpty() ? "" : "unusable";
  }

  /** This with the files and packages of an earlier run, to which more will be added. */
  Shared continuing(Shared earlier) {
    return new Shared(
        release,
        goVersion,
        goos,
        arch,
        sizes,
        intrinsics,
        assembly,
        earlier.sources,
        earlier.checked,
        earlier.summaries,
        profiles,
        earlier.analyses,
        earlier.unsound);
  }

  /**
   * Reports whether packages with errors are looked at as far as possible: analyses do, while a
   * build ends there.
   */
  boolean takesParts() {
    return !analyses.isEmpty();
  }

  /** Reports whether the target is WebAssembly. */
  boolean isWasm() {
    return arch.name().equals("wasm");
  }
}
