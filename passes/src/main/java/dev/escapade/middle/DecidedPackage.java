package dev.escapade.middle;

import dev.escapade.ir.Func;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.slices.FrameBuffers;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.Unit;
import java.util.List;

/**
 * A package after all passes: calls are inlined, and each node and variable has its verdict ({@link
 * dev.escapade.ir.Node#esc}). Valid while the analyses of the package run, in one thread; nobody
 * may keep its nodes, since the code of a package is dropped when its work is done.
 *
 * @param source the trees and what the checker found of them
 * @param compilation where the code was built; also gives the {@link PackageSource} of others
 * @param unit what the passes shared: the release, sizes, spelling, the inline tree, and the log of
 *     decisions, which is as detailed as the flags of the run asked for
 * @param summary what importers get to know
 * @param arguments where the arguments of calls flow, also of calls into other packages
 */
public record DecidedPackage(
    PackageSource source,
    Compilation compilation,
    Unit unit,
    PackageSummary summary,
    FrameBuffers.Arguments arguments) {
  /** All functions with code, function literals, instances and wrappers included. */
  public List<Func> funcs() {
    return unit.code().funcs();
  }
}
