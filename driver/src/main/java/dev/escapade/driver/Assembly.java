package dev.escapade.driver;

import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.asm.AssemblySymbols;
import dev.escapade.load.BuildSettings;
import dev.escapade.load.GoPackage;
import dev.escapade.types.Package;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How assembly files are read (cmd/go/internal/work/gc.go: asmArgs, Go 1.26).
 *
 * @param defines the macros that stand for 1
 * @param includes where included files of the installation are
 */
record Assembly(Set<String> defines, Path includes) {
  static Assembly of(BuildSettings settings) {
    Set<String> defines = new HashSet<>();
    defines.add("GOOS_" + settings.goos());
    defines.add("GOARCH_" + settings.goarch());
    defines.addAll(ofLevel(settings.goarch(), settings.archLevel()));
    return new Assembly(Set.copyOf(defines), settings.goroot().resolve("pkg", "include"));
  }

  private static Set<String> ofLevel(String goarch, String level) {
    return switch (goarch) {
      case "386" -> Set.of("GO386_" + level);
      case "amd64" -> Set.of("GOAMD64_" + level);
      case "arm" ->
          level.contains("7")
              ? Set.of("GOARM_7", "GOARM_6", "GOARM_5")
              : level.contains("6") ? Set.of("GOARM_6", "GOARM_5") : Set.of("GOARM_5");
      case "arm64" ->
          level.contains("lse") || (!level.isEmpty() && !level.startsWith("v8.0"))
              ? Set.of("GOARM64_LSE")
              : Set.of();
      case "mips", "mipsle" -> Set.of("GOMIPS_" + level);
      case "mips64", "mips64le" -> Set.of("GOMIPS64_" + level);
      case "ppc64", "ppc64le" ->
          switch (level) {
            case "power10" -> Set.of("GOPPC64_power10", "GOPPC64_power9", "GOPPC64_power8");
            case "power9" -> Set.of("GOPPC64_power9", "GOPPC64_power8");
            default -> Set.of("GOPPC64_power8");
          };
      case "riscv64" -> Set.of("GORISCV64_" + level);
      default -> Set.of();
    };
  }

  /** What the assembly files of a package define. */
  AssemblySymbols read(GoPackage pkg, Package types) {
    Path dir = Path.of(pkg.dir());
    List<Path> files =
        pkg.asmFiles().stream()
            .filter(name -> !(pkg.path().equals("runtime/cgo") && name.startsWith("gcc_")))
            .map(dir::resolve)
            .toList();
    return AssemblySymbols.read(files, TypeFmt.linkPrefix(types), defines, List.of(includes));
  }
}
