package dev.escapade.fuzz.programs;

import org.jspecify.annotations.Nullable;

/** A variable in scope. */
final class Variable {
  final String name;
  final GoType type;

  /** The package that declares it; null for a local one. */
  final @Nullable PackageModel pkg;

  /** Whether Go does not mind if nothing uses it. */
  boolean isParameter;

  Variable(String name, GoType type, @Nullable PackageModel pkg) {
    this.name = name;
    this.type = type;
    this.pkg = pkg;
  }

  /** Its spelling. */
  String use(PackageModel from) {
    return pkg == null ? name : from.qualified(pkg, name);
  }
}
