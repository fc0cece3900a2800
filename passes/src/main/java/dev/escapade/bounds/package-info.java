/**
 * Index expressions that need no check when the program runs, because the index cannot have a value
 * beyond the length of what is indexed, an array or a constant string.
 *
 * <p>The compiler finds these while it lowers code (cmd/compile/internal/walk, walkIndex, Go 1.26);
 * later stages remove many more checks, but only these are reported by {@code -m}.
 */
@NullMarked
package dev.escapade.bounds;

import org.jspecify.annotations.NullMarked;
