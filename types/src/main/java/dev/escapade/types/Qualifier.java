package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** How the package of a package-level object is printed before the object's name. */
@FunctionalInterface
public interface Qualifier {
  /** Full import paths. */
  Qualifier PATH = Package::path;

  /** The text before the dot; if it is empty there is no dot either. */
  String qualify(Package pkg);

  /** Full import paths for all packages but {@code pkg}. */
  static Qualifier relativeTo(@Nullable Package pkg) {
    return other -> other == pkg ? "" : other.path();
  }
}
