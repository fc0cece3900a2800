package dev.escapade.driver;

import dev.escapade.diag.DiagnosticSink;
import dev.escapade.load.GoPackage;
import dev.escapade.syntax.File;
import dev.escapade.types.Checker;
import dev.escapade.types.Config;
import dev.escapade.types.Importer;
import dev.escapade.types.Info;
import dev.escapade.types.Package;
import java.util.List;

/**
 * A package that has been type-checked.
 *
 * @param parsed its trees
 * @param types its objects
 * @param info what is known of its expressions
 */
record CheckedPackage(ParsedPackage parsed, Package types, Info info) {
  /**
   * Checks a package; errors go to {@code sink}.
   *
   * @param lang the language version
   */
  static CheckedPackage check(
      ParsedPackage parsed, String lang, Importer importer, Shared shared, DiagnosticSink sink) {
    GoPackage pkg = parsed.pkg();
    Package types = new Package(pkg.isMain() ? "main" : pkg.path(), pkg.name());
    Config config =
        Config.compiler(lang, importer, shared.sizes(), shared.sources(), sink)
            .withExprCount(parsed.exprCount())
            .withFakeImportC(pkg.usesCgo())
            .withComplete(pkg.isComplete());
    return new CheckedPackage(parsed, types, Checker.checkFiles(types, parsed.files(), config));
  }

  /** The same with other trees, for which the objects and the info hold. */
  CheckedPackage with(List<File> files) {
    return new CheckedPackage(
        new ParsedPackage(parsed.pkg(), files, parsed.exprCount()), types, info);
  }
}
