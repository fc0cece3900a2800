package dev.escapade.middle;

import dev.escapade.types.Package;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An analysis above the middle end. It runs once for each package, after the passes over that
 * package and after the same analysis of all packages below it, whose summaries it may read. It
 * must keep no state between packages, for packages are analysed on several threads, and its
 * summary must depend on its arguments only, for summaries are stored.
 *
 * @param <S> what it tells of a package: immutable, and free of nodes of the code
 */
public interface PackageAnalysis<S> {
  /** The summaries of the packages below the one that is analysed. */
  @FunctionalInterface
  interface Imports<S> {
    /** The summary of {@code pkg}; null if there is none, as for {@code unsafe}. */
    @Nullable S summary(Package pkg);
  }

  /** A name for stored summaries, in one word. */
  String name();

  /**
   * Settings that decide what is said of the packages that the command line names, in any form. Of
   * packages below these, and to the analysis of importers, the same must be said whatever they
   * are.
   */
  default String settings() {
    return "";
  }

  /**
   * Reports whether the summaries of all packages are wanted in the end. If not, those of packages
   * that the command line does not name are for the analysis of importers only.
   */
  default boolean wantsAll() {
    return true;
  }

  /** Analyses a package. */
  S analyze(DecidedPackage pkg, Imports<S> imports);

  /** Writes a summary, always as the same bytes, so that {@link #read} gives an equal one. */
  void write(S summary, DataOutput out) throws IOException;

  /**
   * Reads a summary.
   *
   * @throws IOException also if it is damaged
   */
  S read(DataInput in) throws IOException;
}
