package dev.escapade.types;

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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Loads, parses and checks packages and everything that they import, on several threads. */
final class Sources implements AutoCloseable {
  private static final long STACK_BYTES = 512L << 20;

  final SourceMap sources = new SourceMap();
  final List<Diagnostic> errors = Collections.synchronizedList(new ArrayList<>());
  final AtomicLong parseNanos = new AtomicLong();
  final AtomicLong checkNanos = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  private final Map<GoPackage, CompletableFuture<Package>> checked = new IdentityHashMap<>();
  private final Map<String, Package> byPath = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  Sources(int threadCount) {
    this.threads =
        Executors.newFixedThreadPool(threadCount, r -> new Thread(null, r, "check", STACK_BYTES));
  }

  /** Checks the packages that {@code patterns} match in {@code dir}. */
  LoadResult check(Path dir, String... patterns) throws IOException {
    return check(LoadConfig.of(dir, patterns));
  }

  LoadResult check(LoadConfig config) throws IOException {
    LoadResult result = Loader.load(config);
    Sizes sizes = Sizes.forArch(result.settings().goarch());
    for (GoPackage p : result.packages()) {
      List<CompletableFuture<Package>> imports = new ArrayList<>();
      for (GoPackage imported : p.importMap().values()) {
        CompletableFuture<Package> f = checked.get(imported);
        if (f != null) {
          imports.add(f);
        }
      }
      checked.put(
          p,
          CompletableFuture.allOf(imports.toArray(CompletableFuture[]::new))
              .thenApplyAsync(_ -> checkPackage(p, sizes), threads));
    }
    for (CompletableFuture<Package> f : checked.values()) {
      f.join();
    }
    return result;
  }

  /** The package with that path in the module of the last load, or null. */
  Package byPath(String path) {
    return byPath.get(path);
  }

  private Package checkPackage(GoPackage p, Sizes sizes) {
    if (p.path().equals("unsafe")) {
      return Universe.UNSAFE;
    }
    long start = System.nanoTime();
    ParseOptions options = ParseOptions.of(new IdSource());
    if (p.isStandard()) {
      options =
          options.forStd(p.path().equals("runtime") || p.path().startsWith("internal/runtime/"));
    }
    List<File> files = new ArrayList<>();
    for (GoFile f : p.files()) {
      byte[] content = f.content();
      bytes.addAndGet(content.length);
      File file =
          Parser.parse(sources.add(f.path(), content.length), content, options, errors::add);
      if (file != null) {
        files.add(file);
      }
    }
    long parsed = System.nanoTime();
    Importer importer =
        path -> {
          if (path.equals("unsafe")) {
            return Universe.UNSAFE;
          }
          GoPackage imported = p.importMap().get(path);
          CompletableFuture<Package> f = imported == null ? null : checked.get(imported);
          if (f == null) {
            throw new Importer.ImportException("package " + path + " is not in std");
          }
          return f.join();
        };
    Package pkg = new Package(p.isMain() ? "main" : p.path(), p.name());
    Config config =
        Config.compiler(p.langVersion(), importer, sizes, sources, errors::add)
            .withExprCount(options.ids().count())
            .withFakeImportC(p.usesCgo());
    try {
      Checker.checkFiles(pkg, files, config);
    } catch (Throwable e) {
      errors.add(Diagnostic.error("Crash", 0, p.importPath() + ": " + e));
      e.printStackTrace();
    }
    byPath.put(p.path(), pkg);
    parseNanos.addAndGet(parsed - start);
    checkNanos.addAndGet(System.nanoTime() - parsed);
    return pkg;
  }

  /** One error as the compiler would print it. */
  String text(Diagnostic d) {
    StringBuilder out = new StringBuilder(sources.position(d.pos()) + ": " + d.message());
    for (Diagnostic.Note note : d.notes()) {
      out.append("\n\t");
      if (note.pos() != 0) {
        out.append(sources.position(note.pos())).append(": ");
      }
      out.append(note.message());
    }
    return out.toString();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
