package dev.escapade.driver.cache;

import org.jspecify.annotations.Nullable;

/**
 * The digests of what a package is made of.
 *
 * @param context the settings, the flags, the name, the assembly files: all but the Go files
 * @param own the context, the Go files, and which packages the imports are
 * @param cone the same of the package and of all packages below it: on nothing else depends what is
 *     said of the package; null if nobody asked for it
 */
public record PackageKey(Key context, Key own, @Nullable Key cone) {}
