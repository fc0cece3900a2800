package dev.escapade.fuzz;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the front end on one file, on a thread with the stack that a worker of the driver has. */
final class FrontEnd implements AutoCloseable {
  /** How far an input goes. */
  enum Depth {
    PARSE,
    CHECK
  }

  private static final long STACK_BYTES = 512L << 20;
  private static final long TIMEOUT_SECONDS = 20;
  private static final String LANG = "go1.26";

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
    Future<Integer> result = thread.submit(() -> frontEnd(content, depth));
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

  private static int frontEnd(byte[] content, Depth depth) {
    int[] errors = {0};
    SourceMap sources = new SourceMap();
    SourceFile source = sources.add("fuzz.go", content.length);
    ParseOptions options = ParseOptions.of(new IdSource());
    File file = Parser.parse(source, content, options, d -> errors[0] += checked(d, sources));
    if (file == null || errors[0] > 0 || depth == Depth.PARSE) {
      return errors[0];
    }
    Config config =
        Config.compiler(
                LANG,
                FrontEnd::noPackages,
                Sizes.forArch("amd64"),
                sources,
                d -> errors[0] += checked(d, sources))
            .withExprCount(options.ids().count());
    Checker.checkFiles(new Package("fuzz", ""), List.of(file), config);
    return errors[0];
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
