/**
 * Keeps the first backing stores of slices that grow step by step in the frame, though the slice
 * escapes in the end (cmd/compile/internal/slice, Go 1.26).
 *
 * <p>A variable is exclusive while no other slice shares its backing store; all that may end this
 * is one statement, which returns or copies the variable. Just before it the elements are moved to
 * the heap if they are in the frame, so that the appends before it may use a buffer there. It pays
 * only if there are several appends, or one in a loop.
 *
 * <p>Invariant: uses are counted twice, once as any use and once where the use is known to keep the
 * variable exclusive; what has other uses too is left alone. So an expression that nobody thought
 * of here does no harm.
 *
 * <p>Cost: one visit of each function that declares a slice.
 *
 * <p>Imprecise on purpose: the depth of loops is taken from the tree, without regard to gotos; it
 * only tells what pays. A call that gets the variable and does not keep it is harmless, but one
 * whose result may be it is not followed.
 *
 * <p>The pass comes after escape analysis and changes its verdicts about appends. It belongs to
 * code generation: no message of the compiler tells of it.
 */
@NullMarked
package dev.escapade.slices;

import org.jspecify.annotations.NullMarked;
