package dev.escapade.release;

import java.util.Set;

/**
 * Which packages the compiler treats in a way of their own (cmd/internal/objabi: pkgspecial.go).
 *
 * @param runtime the runtime and what it imports: more directives are allowed, and nothing may be
 *     allocated implicitly
 * @param detectors packages beyond the runtime that are not instrumented for the race detector
 * @param instrumentedRuntime packages of the runtime that are instrumented
 * @param raceFree packages that the race detector knows by itself
 */
public record PackageRules(
    Set<String> runtime,
    Set<String> detectors,
    Set<String> instrumentedRuntime,
    Set<String> raceFree) {
  public PackageRules {
    runtime = Set.copyOf(runtime);
    detectors = Set.copyOf(detectors);
    instrumentedRuntime = Set.copyOf(instrumentedRuntime);
    raceFree = Set.copyOf(raceFree);
  }

  /** Reports whether the code of a package may be instrumented. */
  public boolean isInstrumented(String path) {
    return instrumentedRuntime.contains(path)
        || !(runtime.contains(path) || detectors.contains(path));
  }

  /** Reports whether no call into a package is instrumented as such. */
  public boolean isRaceFree(String path) {
    return raceFree.contains(path);
  }

  /** Reports whether the package with this import path belongs to the runtime. */
  public boolean isRuntime(String path) {
    return runtime.contains(path);
  }
}
