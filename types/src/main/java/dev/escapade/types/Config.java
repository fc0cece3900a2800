package dev.escapade.types;

import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceMap;

/**
 * How a package is checked (types2: Config).
 *
 * @param goVersion the language version, such as {@code go1.21} or {@code go1.21.3}, for files
 *     without a version of their own; "" allows everything
 * @param importer finds the packages that are imported
 * @param sizes the sizes of types on the target
 * @param sources explains the positions of the files
 * @param sink where errors go
 * @param exprCount the number of expressions in the files, whose ids are less; a smaller number is
 *     allowed
 * @param ignoreFuncBodies whether to leave out the bodies of functions
 * @param ignoreBranchErrors whether breaks, continues, gotos and labels are left alone because the
 *     parser has checked them
 * @param fakeImportC whether {@code import "C"} gives a package in which every name is accepted
 * @param langHint the {@code -lang} value that errors about versions mention, as the compiler's do;
 *     "" to leave it out
 */
public record Config(
    String goVersion,
    Importer importer,
    Sizes sizes,
    SourceMap sources,
    DiagnosticSink sink,
    int exprCount,
    boolean ignoreFuncBodies,
    boolean ignoreBranchErrors,
    boolean fakeImportC,
    String langHint) {

  /** The configuration with which the compiler checks a package (noder: checkFiles). */
  public static Config compiler(
      String lang, Importer importer, Sizes sizes, SourceMap sources, DiagnosticSink sink) {
    return new Config(lang, importer, sizes, sources, sink, 0, false, true, false, lang);
  }

  /** This configuration with {@code import "C"} accepted or not. */
  public Config withFakeImportC(boolean fake) {
    return new Config(
        goVersion,
        importer,
        sizes,
        sources,
        sink,
        exprCount,
        ignoreFuncBodies,
        ignoreBranchErrors,
        fake,
        langHint);
  }

  /** This configuration with the number of expressions in the files. */
  public Config withExprCount(int count) {
    return new Config(
        goVersion,
        importer,
        sizes,
        sources,
        sink,
        count,
        ignoreFuncBodies,
        ignoreBranchErrors,
        fakeImportC,
        langHint);
  }
}
