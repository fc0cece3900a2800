package dev.escapade.driver;

import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import org.jspecify.annotations.Nullable;

/** Who is told how a build goes on. Calls may come from any thread, but one at a time. */
public interface BuildListener {
  /** The packages are known; nothing else has happened. */
  default void loaded(LoadResult result) {}

  /**
   * Who asks for the escape graphs of a package; null if nobody does. Asked before the work begins.
   * The sink is called by the thread that works on the package, whatever other calls there are.
   */
  default @Nullable GraphSink graphs(GoPackage pkg) {
    return null;
  }

  /**
   * A profile cannot be used, so the packages that are to be built with it are not looked at.
   *
   * @param file its absolute path
   * @param message what is wrong, as the go command prints it
   */
  default void badProfile(String file, String message) {}

  /** The work on a package is done; the order is by chance. For showing progress. */
  default void finished(GoPackage pkg) {}

  /**
   * The output of the next package; in the order of {@link LoadResult#packages}, which is the same
   * in every run.
   */
  void output(PackageOutput output);
}
