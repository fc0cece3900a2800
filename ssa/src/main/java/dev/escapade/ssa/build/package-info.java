/**
 * Makes SSA of walked functions (cmd/compile/internal/ssagen: ssa.go, phi.go, intrinsics.go; Go
 * 1.26).
 *
 * <p>A {@code State} holds the block that is being filled and what each variable is worth in it. A
 * variable that has no value yet in the block becomes a forward reference; when all blocks are
 * there, {@code Phis} replaces these by copies and phis. Variables whose address is taken, or that
 * are too large, live in memory, and the state of memory is a variable like others.
 *
 * <p>What the compiler decides later from the order and number of values depends on how they are
 * made; so the parts of a statement are built in the compiler's order, and a constant is made where
 * the compiler makes it.
 */
@NullMarked
package dev.escapade.ssa.build;

import org.jspecify.annotations.NullMarked;
