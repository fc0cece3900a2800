package dev.escapade.release;

import java.util.Set;

/**
 * Which packages the compiler treats in a way of their own (cmd/internal/objabi: pkgspecial.go).
 *
 * @param runtime the runtime and what it imports: more directives are allowed, and nothing may be
 *     allocated implicitly
 */
public record PackageRules(Set<String> runtime) {
  public PackageRules {
    runtime = Set.copyOf(runtime);
  }

  /** Reports whether the package with this import path belongs to the runtime. */
  public boolean isRuntime(String path) {
    return runtime.contains(path);
  }
}
