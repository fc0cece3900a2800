package dev.escapade.ir.build;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.SourceMap;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import dev.escapade.load.Loader;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import dev.escapade.types.Checker;
import dev.escapade.types.Config;
import dev.escapade.types.Importer;
import dev.escapade.types.Info;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.types.Universe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Loads and checks packages, as input for the builder. */
final class Packages implements Compilation.Sources {
  final SourceMap positions = new SourceMap();
  final List<Diagnostic> errors = new ArrayList<>();
  final List<PackageSource> sources = new ArrayList<>();
  Sizes sizes = Sizes.forArch("amd64");
  private final Map<GoPackage, Package> checked = new IdentityHashMap<>();
  private final Map<Package, PackageSource> byPackage = new IdentityHashMap<>();

  /** Checks what {@code patterns} match in {@code dir}, and what that imports. */
  static Packages load(Path dir, String... patterns) throws IOException {
    Packages p = new Packages();
    LoadResult result = Loader.load(LoadConfig.of(dir, patterns));
    p.sizes = Sizes.forArch(result.settings().goarch());
    for (GoPackage pkg : result.packages()) {
      p.checked.put(pkg, p.check(pkg));
    }
    return p;
  }

  @Override
  public PackageSource of(Package pkg) {
    PackageSource s = byPackage.get(pkg);
    if (s == null) {
      throw new IllegalArgumentException("no source of package " + pkg.path());
    }
    return s;
  }

  private Package check(GoPackage p) {
    if (p.path().equals("unsafe")) {
      return Universe.UNSAFE;
    }
    ParseOptions options = ParseOptions.of(new IdSource());
    if (p.isStandard()) {
      options =
          options.forStd(p.path().equals("runtime") || p.path().startsWith("internal/runtime/"));
    }
    List<File> files = new ArrayList<>();
    for (GoFile f : p.files()) {
      byte[] content = f.content();
      File file =
          Parser.parse(positions.add(f.path(), content.length), content, options, errors::add);
      if (file != null) {
        files.add(file);
      }
    }
    Importer importer =
        path -> {
          if (path.equals("unsafe")) {
            return Universe.UNSAFE;
          }
          GoPackage imported = p.importMap().get(path);
          Package pkg = imported == null ? null : checked.get(imported);
          if (pkg == null) {
            throw new Importer.ImportException("could not import " + path);
          }
          return pkg;
        };
    Package pkg = new Package(p.isMain() ? "main" : p.path(), p.name());
    Config config =
        Config.compiler(p.langVersion(), importer, sizes, positions, errors::add)
            .withExprCount(options.ids().count())
            .withFakeImportC(p.usesCgo());
    Info info = Checker.checkFiles(pkg, files, config);
    PackageSource source = new PackageSource(pkg, files, info);
    byPackage.put(pkg, source);
    sources.add(source);
    return pkg;
  }
}
