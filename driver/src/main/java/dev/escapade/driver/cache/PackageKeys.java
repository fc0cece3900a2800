package dev.escapade.driver.cache;

import dev.escapade.load.BuildSettings;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Computes the keys of packages. */
public final class PackageKeys {
  /** To be changed when the meaning of an entry changes. */
  private static final String FORMAT = "result 3";

  private final Key settings;
  private final AssemblyInputs assembly;

  private PackageKeys(String program, BuildSettings settings, KeyMemory memory) {
    this.settings =
        new Digest()
            .add(FORMAT)
            .add(program)
            .add(settings.goVersion())
            .add(settings.goos())
            .add(settings.goarch())
            .add(settings.archLevel())
            .addAll(settings.toolTags())
            .key();
    this.assembly = memory.assembly(settings.goroot().resolve("pkg", "include"));
  }

  /**
   * The keys of {@code packages}, each of which stands after those that it imports. Depends on the
   * content of files, not on their times.
   *
   * @param program identifies the program that makes the results, its code included
   * @param flags the compiler's flags for a package, with all else that is special to the package
   */
  public static IdentityHashMap<GoPackage, PackageKey> of(
      List<GoPackage> packages,
      String program,
      BuildSettings settings,
      Function<GoPackage, String> flags) {
    IdentityHashMap<GoPackage, PackageKey> result =
        withoutCones(packages, program, settings, flags, new KeyMemory());
    IdentityHashMap<GoPackage, Key> cones = new IdentityHashMap<>();
    for (GoPackage pkg : packages) {
      PackageKey keys = Objects.requireNonNull(result.get(pkg));
      Digest digest = new Digest().add(keys.own());
      pkg.importMap()
          .forEach(
              (path, imported) -> digest.add(Objects.requireNonNull(cones.get(imported), path)));
      Key cone = digest.key();
      cones.put(pkg, cone);
      result.put(pkg, new PackageKey(keys.context(), keys.own(), cone));
    }
    return result;
  }

  /**
   * The same for a single process, without the keys of cones.
   *
   * @param memory keys of an earlier call
   */
  public static IdentityHashMap<GoPackage, PackageKey> withoutCones(
      List<GoPackage> packages,
      String program,
      BuildSettings settings,
      Function<GoPackage, String> flags,
      KeyMemory memory) {
    PackageKeys keys = new PackageKeys(program, settings, memory);
    memory.limit(packages.size());
    PackageKey[] own = new PackageKey[packages.size()];
    IntStream.range(0, own.length)
        .parallel()
        .forEach(i -> {
          GoPackage pkg = packages.get(i);
          String pkgFlags = flags.apply(pkg);
          Key context =
              pkg.asmFiles().isEmpty()
                  ? memory.key(
                      "context " + pkg.importPath(),
                      keys.contextInputs(pkg, pkgFlags),
                      () -> keys.context(pkg, pkgFlags))
                  : keys.context(pkg, pkgFlags).key(); // The files have to be looked at anyway.
          Key ownKey =
              memory.key(
                  "own " + pkg.importPath(), ownInputs(pkg, context), () -> own(pkg, context));
          own[i] = new PackageKey(context, ownKey, null);
        });
    IdentityHashMap<GoPackage, PackageKey> result = new IdentityHashMap<>();
    for (int i = 0; i < own.length; i++) {
      result.put(packages.get(i), own[i]);
    }
    return result;
  }

  private Digest context(GoPackage pkg, String flags) {
    Digest digest =
        new Digest()
            .add(settings)
            .add(flags)
            .add(pkg.importPath())
            .add(pkg.path())
            .add(pkg.name())
            .add(pkg.dir())
            .add(pkg.langVersion())
            .add(pkg.forTest())
            .add(pkg.isStandard())
            .add(pkg.usesCgo())
            .add(pkg.isComplete());
    assembly.addTo(digest, Path.of(pkg.dir()), pkg.asmFiles());
    return digest;
  }

  /** What {@link #context} depends on, assembly files apart. */
  private List<Object> contextInputs(GoPackage pkg, String flags) {
    return List.of(
        settings,
        flags,
        pkg.importPath(),
        pkg.path(),
        pkg.name(),
        pkg.dir(),
        pkg.langVersion(),
        pkg.forTest(),
        pkg.isStandard(),
        pkg.usesCgo(),
        pkg.isComplete());
  }

  /** What {@link #own} depends on. */
  private static List<Object> ownInputs(GoPackage pkg, Key context) {
    List<Object> inputs = new ArrayList<>(2 + 2 * pkg.files().size() + 2 * pkg.importMap().size());
    inputs.add(context);
    inputs.add(pkg.imports());
    for (GoFile file : pkg.files()) {
      inputs.add(file.name());
      inputs.add(file.digest());
    }
    pkg.importMap()
        .forEach((path, imported) -> {
          inputs.add(path);
          inputs.add(imported.importPath());
        });
    return inputs;
  }

  private static Digest own(GoPackage pkg, Key context) {
    Digest digest = new Digest().add(context).addAll(pkg.imports());
    for (GoFile file : pkg.files()) {
      digest.add(file.name()).add(file.digest());
    }
    pkg.importMap().forEach((path, imported) -> digest.add(path).add(imported.importPath()));
    return digest;
  }
}
