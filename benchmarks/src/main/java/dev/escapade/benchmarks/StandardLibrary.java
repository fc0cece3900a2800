package dev.escapade.benchmarks;

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
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.types.Universe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Packages of the installed Go, as input of the benchmarks. */
public final class StandardLibrary {
  private final LoadResult loaded;
  private final Map<GoPackage, Package> checked = new IdentityHashMap<>();

  private StandardLibrary(LoadResult loaded) {
    this.loaded = loaded;
  }

  /** A parsed package. */
  public record Parsed(List<File> files, SourceMap sources, int exprCount) {}

  /** The package with this path and all that it imports. */
  public static StandardLibrary load(String path) throws IOException {
    Map<String, String> env = new java.util.HashMap<>(System.getenv());
    env.put("CGO_ENABLED", "0");
    LoadConfig config = LoadConfig.of(Path.of("").toAbsolutePath(), path).withEnv(env);
    LoadResult loaded = Loader.load(config);
    if (!loaded.errors().isEmpty()) {
      throw new IOException(loaded.errors().toString());
    }
    return new StandardLibrary(loaded);
  }

  /** All packages, each after its imports. */
  public List<GoPackage> packages() {
    return loaded.packages();
  }

  /** The package that was asked for. */
  public GoPackage root() {
    return loaded.roots().getFirst();
  }

  /** The length of a package's source. */
  public static int sizeBytes(GoPackage pkg) {
    return pkg.files().stream().mapToInt(f -> f.content().length).sum();
  }

  /** Checks everything that {@link #root} imports. */
  public void checkImports() {
    for (GoPackage pkg : packages()) {
      if (pkg != root() && !pkg.path().equals("unsafe")) {
        checked.put(pkg, check(pkg, parse(pkg)));
      }
    }
  }

  /** Parses a package. */
  public static Parsed parse(GoPackage pkg) {
    SourceMap sources = new SourceMap();
    ParseOptions options = ParseOptions.of(new IdSource()).forStd(true);
    List<File> files = new ArrayList<>();
    for (GoFile file : pkg.files()) {
      File tree =
          Parser.parse(
              sources.add(file.path(), file.content().length),
              file.content(),
              options,
              StandardLibrary::fail);
      if (tree != null) {
        files.add(tree);
      }
    }
    return new Parsed(files, sources, options.ids().count());
  }

  /** Checks a package whose imports have been checked. */
  public Package check(GoPackage pkg, Parsed parsed) {
    Importer importer =
        path -> path.equals("unsafe") ? Universe.UNSAFE : checked.get(pkg.importMap().get(path));
    Config config =
        Config.compiler(
                pkg.langVersion(),
                importer,
                Sizes.forArch(loaded.settings().goarch()),
                parsed.sources(),
                StandardLibrary::fail)
            .withExprCount(parsed.exprCount());
    Package types = new Package(pkg.path(), pkg.name());
    Checker.checkFiles(types, parsed.files(), config);
    return types;
  }

  private static void fail(Diagnostic diagnostic) {
    throw new AssertionError(diagnostic.toString());
  }
}
