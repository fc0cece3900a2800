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
import java.util.List;

/**
 * A package whose files have been parsed.
 *
 * @param files its files; one without a correct package clause is absent, and reported
 * @param exprCount the expressions' ids are less than this
 */
record ParsedPackage(GoPackage pkg, List<File> files, int exprCount) {
  ParsedPackage {
    files = List.copyOf(files);
  }

  /** Parses all files; errors go to {@code sink}. */
  static ParsedPackage parse(
      GoPackage pkg, CompilerFlags flags, Shared shared, DiagnosticSink sink) {
    ParseOptions options = ParseOptions.of(new IdSource());
    if (pkg.isStandard() || flags.std() || flags.runtime()) {
      boolean isRuntime = shared.release().packages().isRuntime(pkg.path());
      options = options.forStd(isRuntime || flags.runtime());
    }
    if (shared.isWasm()) {
      options = options.forWasm();
    }
    List<File> files = new ArrayList<>();
    for (GoFile file : pkg.files()) {
      byte[] content = file.content();
      SourceFile source = shared.sources().add(file.path(), content.length);
      File tree = Parser.parse(source, content, options, sink);
      if (tree != null) {
        files.add(tree);
      }
    }
    return new ParsedPackage(pkg, files, options.ids().count());
  }
}
