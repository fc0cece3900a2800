package dev.escapade.types;

import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceMap;

/**
 * How a package is checked (types2: Config; noder: checkFiles).
 *
 * @param goVersion the language version, such as {@code go1.21} or {@code go1.21.3}, for files
 *     without a version of their own; "" allows everything
 * @param importer finds the packages that are imported
 * @param sizes the sizes of types on the target
 * @param sources explains the positions of the files
 * @param sink where errors go
 * @param exprCount the number of expressions in the files, whose ids are less; a smaller number
 *     costs time only
 * @param options what else can be chosen
 */
public record Config(
    String goVersion,
    Importer importer,
    Sizes sizes,
    SourceMap sources,
    DiagnosticSink sink,
    int exprCount,
    Options options) {

  /**
   * Choices that are yes or no.
   *
   * @param ignoreFuncBodies whether to leave out the bodies of functions
   * @param ignoreBranchErrors whether breaks, continues, gotos and labels are left alone because
   *     the parser has checked them
   * @param fakeImportC whether {@code import "C"} gives a package in which every name is accepted
   * @param compiler whether to check, and to say, what the compiler does beyond the language (see
   *     {@link CompilerChecks})
   * @param complete whether, for the compiler, every function must have a body
   */
  public record Options(
      boolean ignoreFuncBodies,
      boolean ignoreBranchErrors,
      boolean fakeImportC,
      boolean compiler,
      boolean complete) {
    /** Those of a type checker that stands alone. */
    public static final Options PLAIN = new Options(false, false, false, false, false);

    /** Those of the compiler. */
    public static final Options COMPILER = new Options(false, true, false, true, false);

    /** These options with {@code import "C"} accepted or not. */
    public Options withFakeImportC(boolean fake) {
      return new Options(ignoreFuncBodies, ignoreBranchErrors, fake, compiler, complete);
    }

    /** These options with bodies demanded or not. */
    public Options withComplete(boolean allBodies) {
      return new Options(ignoreFuncBodies, ignoreBranchErrors, fakeImportC, compiler, allBodies);
    }
  }

  /** The configuration with which the compiler checks a package. */
  public static Config compiler(
      String lang, Importer importer, Sizes sizes, SourceMap sources, DiagnosticSink sink) {
    return new Config(lang, importer, sizes, sources, sink, 0, Options.COMPILER);
  }

  /** This configuration with the number of expressions in the files. */
  public Config withExprCount(int count) {
    return new Config(goVersion, importer, sizes, sources, sink, count, options);
  }

  /** This configuration with other options. */
  public Config withOptions(Options newOptions) {
    return new Config(goVersion, importer, sizes, sources, sink, exprCount, newOptions);
  }

  /** This configuration with {@code import "C"} accepted or not. */
  public Config withFakeImportC(boolean fake) {
    return withOptions(options.withFakeImportC(fake));
  }

  /** This configuration with bodies of all functions demanded or not. */
  public Config withComplete(boolean allBodies) {
    return withOptions(options.withComplete(allBodies));
  }

  boolean ignoreFuncBodies() {
    return options.ignoreFuncBodies;
  }

  boolean ignoreBranchErrors() {
    return options.ignoreBranchErrors;
  }

  boolean fakeImportC() {
    return options.fakeImportC;
  }

  boolean complete() {
    return options.complete;
  }
}
