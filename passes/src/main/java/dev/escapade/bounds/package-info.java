/**
 * Index expressions that need no check when the program runs, because the index cannot have a value
 * beyond the length of what is indexed, an array or a constant string.
 *
 * <p>The compiler finds these while it lowers code (cmd/compile/internal/walk, walkIndex, Go 1.26);
 * later stages remove many more checks, but only these are reported by {@code -m}.
 *
 * <p>Representation: none; the pass looks and reports. Invariant: it runs when all calls are
 * inlined, as constants come with arguments.
 *
 * <p>Cost: one visit of each function, and only when its lines are asked for.
 *
 * <p>Imprecise on purpose: an index is known by its value or by the operator that bounds it (a
 * mask, a remainder, a shift of an unsigned value), never by what conditions say of it; that is the
 * work of {@code ssa.prove}.
 */
@NullMarked
package dev.escapade.bounds;

import org.jspecify.annotations.NullMarked;
