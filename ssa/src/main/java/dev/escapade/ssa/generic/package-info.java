/**
 * The passes that do not depend on the machine, in the order in which {@link
 * dev.escapade.ssa.generic.Passes} runs them, up to the one that reports the bounds checks that are
 * left.
 *
 * <p>Each pass takes a function that holds the invariants of {@code core} and leaves one that does.
 * What a pass decides, and the numbers of the values that it makes, follow the release, for later
 * passes see both; so where a pass has a choice (which of two equal values stays, in which order
 * values are looked at) the choice is the release's.
 *
 * <p>Not kept, as nothing here asks for it: the statement marks of positions, and the table of
 * values of source variables, which serve the debugger only.
 *
 * <p>Source of the rules: cmd/compile/internal/ssa of Go 1.26.
 */
@NullMarked
package dev.escapade.ssa.generic;

import org.jspecify.annotations.NullMarked;
