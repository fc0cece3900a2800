package dev.escapade.fuzz;

import dev.escapade.decisions.CompilerText;
import dev.escapade.decisions.Decision;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.Utf8Text;
import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.middle.MiddleEnd;
import dev.escapade.release.Arch;
import dev.escapade.release.Intrinsics;
import dev.escapade.release.Release;
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
import dev.escapade.unit.Options;
import dev.escapade.unit.Unit.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the compiler on one file, on a thread with the stack that a worker of the driver has. */
final class Compiler implements AutoCloseable {
  /** How far an input goes. */
  enum Depth {
    PARSE,
    CHECK,
    /** All that the middle end does, and its text. */
    DECIDE
  }

  private static final long STACK_BYTES = 512L << 20;
  private static final long TIMEOUT_SECONDS = 20;
  private static final String LANG = "go1.26";
  private static final String ARCH = "amd64";
  private static final Intrinsics INTRINSICS = Release.GO1_26.intrinsics(Arch.of(ARCH));

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(null, task, "fuzz", STACK_BYTES);
        t.setDaemon(true);
        return t;
      });

  /**
   * Runs on one input.
   *
   * @return the number of errors found in it
   * @throws AssertionError if that crashes, takes too long, or reports an error outside the file
   */
  int run(byte[] content, Depth depth) {
    Future<Integer> result = thread.submit(() -> compile(content, depth));
    try {
      return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("crash: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no result after " + TIMEOUT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int compile(byte[] content, Depth depth) {
    int[] errors = {0};
    SourceMap sources = new SourceMap();
    SourceFile source = sources.add("fuzz.go", content.length);
    ParseOptions options = ParseOptions.of(new IdSource());
    File file = Parser.parse(source, content, options, d -> errors[0] += checked(d, sources));
    if (file == null || errors[0] > 0 || depth == Depth.PARSE) {
      return errors[0];
    }
    Sizes sizes = Sizes.forArch(ARCH);
    Config config =
        Config.compiler(
                LANG, Compiler::noPackages, sizes, sources, d -> errors[0] += checked(d, sources))
            .withExprCount(options.ids().count());
    Package pkg = new Package("fuzz", "");
    Info info = Checker.checkFiles(pkg, List.of(file), config);
    if (errors[0] == 0 && depth == Depth.DECIDE) {
      decide(new PackageSource(pkg, List.of(file), info), sizes, sources);
    }
    return errors[0];
  }

  private static void decide(PackageSource source, Sizes sizes, SourceMap sources) {
    Arch arch = Arch.of(ARCH);
    Target target =
        new Target(
            Release.GO1_26, arch, sizes, INTRINSICS, Options.ofFlags(2, 0, false), null, sources);
    Compilation compilation = new Compilation(source, _ -> source, sizes, arch);
    DecisionLog log = new DecisionLog(2);
    MiddleEnd.run(target, compilation, Set.of(), _ -> null, log);
    Utf8Text line = new Utf8Text();
    CompilerText text = new CompilerText(sources, Release.GO1_26.positions(), line);
    for (Decision decision : log.decisions()) {
      text.write(decision);
      line.clear();
    }
  }

  private static Package noPackages(String path) throws Importer.ImportException {
    if (path.equals("unsafe")) {
      return Universe.UNSAFE;
    }
    throw new Importer.ImportException("could not import " + path);
  }

  private static int checked(Diagnostic diagnostic, SourceMap sources) {
    Position position = sources.position(diagnostic.pos());
    if (diagnostic.message().isEmpty() || position.line() < 0 || position.column() < 0) {
      throw new AssertionError("odd error at " + position + ": " + diagnostic);
    }
    return 1;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
