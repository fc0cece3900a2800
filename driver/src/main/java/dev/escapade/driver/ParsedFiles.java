package dev.escapade.driver;

import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceFile;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a package as they were parsed last, so that those that have not changed since need
 * not be parsed again. Their trees, which nobody changes, keep their positions and the numbers of
 * their expressions; changed files get new ones. When most numbers have fallen out of use, all
 * files are parsed again.
 *
 * <p>For one source map, and for one thread at a time.
 */
final class ParsedFiles {
  /** So many numbers may be out of use in a small package. */
  private static final int SPARE_IDS = 10_000;

  /** A file without syntax errors. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Known(byte[] digest, File tree) {}

  private Map<String, Known> known = new HashMap<>();
  private @Nullable ParseOptions options;
  private int maxIds;

  /** Knows nothing yet. */
  ParsedFiles() {}

  /** Parses the files of a package that have changed; errors go to {@code sink}. */
  ParsedPackage parse(GoPackage pkg, CompilerFlags flags, Shared shared, DiagnosticSink sink) {
    ParseOptions wanted = options(pkg, flags, shared);
    ParseOptions last = options;
    boolean isFirst =
        last == null
            || last.ids().count() > maxIds
            || !last.with(wanted.ids(), wanted.names()).equals(wanted);
    ParseOptions current = last == null || isFirst ? wanted : last;
    Map<String, Known> now = new HashMap<>();
    List<File> files = new ArrayList<>();
    for (GoFile file : pkg.files()) {
      Known before = isFirst ? null : known.get(file.path());
      if (before == null || !Arrays.equals(before.digest, file.digest())) {
        before = parse(file, current, shared, sink, files);
      } else {
        files.add(before.tree);
      }
      if (before != null) {
        now.put(file.path(), before);
      }
    }
    if (isFirst) {
      maxIds = 2 * current.ids().count() + SPARE_IDS;
    }
    options = current;
    known = now;
    return new ParsedPackage(pkg, files, current.ids().count());
  }

  private static @Nullable Known parse(
      GoFile file, ParseOptions options, Shared shared, DiagnosticSink sink, List<File> trees) {
    boolean[] isWrong = new boolean[1];
    File tree =
        tree(
            file,
            options,
            shared,
            d -> {
              isWrong[0] = true;
              sink.report(d);
            });
    if (tree == null) {
      return null;
    }
    trees.add(tree);
    return isWrong[0] || file.hasChanged() ? null : new Known(file.digest(), tree);
  }

  /** Parses all files of a package, for once; errors go to {@code sink}. */
  static ParsedPackage parseAll(
      GoPackage pkg, CompilerFlags flags, Shared shared, DiagnosticSink sink) {
    ParseOptions options = options(pkg, flags, shared);
    List<File> files = new ArrayList<>();
    for (GoFile file : pkg.files()) {
      File tree = tree(file, options, shared, sink);
      if (tree != null) {
        files.add(tree);
      }
    }
    return new ParsedPackage(pkg, files, options.ids().count());
  }

  private static @Nullable File tree(
      GoFile file, ParseOptions options, Shared shared, DiagnosticSink sink) {
    byte[] content = file.content();
    SourceFile source = shared.sources().add(file.path(), content.length);
    return Parser.parse(source, content, options, sink);
  }

  private static ParseOptions options(GoPackage pkg, CompilerFlags flags, Shared shared) {
    ParseOptions options = ParseOptions.of(new IdSource());
    if (pkg.isStandard() || flags.std() || flags.runtime()) {
      boolean isRuntime = shared.release().packages().isRuntime(pkg.path());
      options = options.forStd(isRuntime || flags.runtime());
    }
    return shared.isWasm() ? options.forWasm() : options;
  }
}
