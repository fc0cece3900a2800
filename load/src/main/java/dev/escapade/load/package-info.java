/**
 * The packages of a build as the go command sees them: patterns, flags and environment in, packages
 * in dependency order out. {@link dev.escapade.load.Loader} is the entrance.
 */
@NullMarked
package dev.escapade.load;

import org.jspecify.annotations.NullMarked;
