package dev.escapade.driver.cache;

import dev.escapade.load.BuildSettings;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Computes the keys of packages. */
public final class PackageKeys {
  /** To be changed when the meaning of an entry changes. */
  private static final String FORMAT = "result 2";

  private final String program;
  private final BuildSettings settings;
  private final AssemblyInputs assembly;

  private PackageKeys(String program, BuildSettings settings) {
    this.program = program;
    this.settings = settings;
    this.assembly = new AssemblyInputs(settings.goroot().resolve("pkg", "include"));
  }

  /**
   * The keys of {@code packages}, each of which stands after those that it imports. Depends on the
   * content of files, not on their times.
   *
   * @param program identifies the program that makes the results, its code included
   * @param flags the compiler's flags for a package, with all else that is special to the package
   */
  public static IdentityHashMap<GoPackage, Key> of(
      List<GoPackage> packages,
      String program,
      BuildSettings settings,
      Function<GoPackage, String> flags) {
    PackageKeys keys = new PackageKeys(program, settings);
    byte[][] own = new byte[packages.size()][];
    IntStream.range(0, own.length)
        .parallel()
        .forEach(i -> own[i] = keys.own(packages.get(i), flags.apply(packages.get(i))));
    IdentityHashMap<GoPackage, Key> result = new IdentityHashMap<>();
    for (int i = 0; i < own.length; i++) {
      GoPackage pkg = packages.get(i);
      Digest digest = new Digest().add(own[i]);
      pkg.importMap()
          .forEach((path, imported) ->
              digest.add(path).add(Objects.requireNonNull(result.get(imported), path).hex()));
      result.put(pkg, digest.key());
    }
    return result;
  }

  /** The digest of all that belongs to the package itself. */
  private byte[] own(GoPackage pkg, String flags) {
    Digest digest = new Digest().add(FORMAT).add(program).add(flags);
    addSettings(digest);
    digest
        .add(pkg.importPath())
        .add(pkg.path())
        .add(pkg.name())
        .add(pkg.dir())
        .add(pkg.langVersion())
        .add(pkg.forTest())
        .add(pkg.isStandard())
        .add(pkg.usesCgo())
        .add(pkg.isComplete())
        .addAll(pkg.imports());
    for (GoFile file : pkg.files()) {
      digest.add(file.path()).add(file.digest());
    }
    assembly.addTo(digest, Path.of(pkg.dir()), pkg.asmFiles());
    return digest.bytes();
  }

  private void addSettings(Digest digest) {
    digest
        .add(settings.goVersion())
        .add(settings.goos())
        .add(settings.goarch())
        .add(settings.archLevel())
        .addAll(settings.toolTags());
  }
}
