/**
 * Proves branches and checks from what is known where they are: the pass that removes most bounds
 * checks.
 *
 * <p>The walk goes down the dominator tree. On the way into a block it learns the outcome of the
 * branch that leads there and the range of induction variables, then for each value of the block
 * the limits that follow from those of its arguments, and how it is ordered to them; on the way
 * back it forgets ({@link dev.escapade.ssa.prove.Facts#checkpoint}). A branch whose outcome
 * contradicts the facts is never taken.
 *
 * <p>Facts are of two kinds, and each new one of a kind may lead to some of the other: limits of a
 * value as signed and as unsigned integer ({@link dev.escapade.ssa.prove.Limit}), and orders
 * between two values, as pairs and as a partial order that is closed under transitivity ({@link
 * dev.escapade.ssa.prove.PartialOrder}, one for signed and one for unsigned comparison). Imprecise
 * on purpose: sums of two unknowns, products, and anything that needs more than one relation
 * through an addition.
 *
 * <p>Source of the rules: cmd/compile/internal/ssa/prove.go, poset.go, loopbce.go of Go 1.26.
 */
@NullMarked
package dev.escapade.ssa.prove;

import org.jspecify.annotations.NullMarked;
