/**
 * How many allocations a call makes, callees included.
 *
 * <p>Each package is read once, after escape analysis ({@link dev.escapade.count.CountAnalysis}):
 * of each function remains a tree of {@link dev.escapade.count.Step}s, which has the places that
 * may allocate, the calls, the ways through branches, and the rounds of loops in terms of the
 * parameters. When all packages are there, {@link dev.escapade.count.Counter} computes what a call
 * of a function costs: it runs through the tree and adds up, with what is known of the arguments.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A cost without an upper bound says why; a bound is never guessed.
 *   <li>A function for which nothing was found allocates nothing only if every function that it may
 *       call is known. Interface methods may be those of every type that is put into an interface
 *       anywhere in the program, and function values every function of that signature that is used
 *       as a value, unless it is known what is passed.
 *   <li>Ways that end in a panic do not count. Ways that are taken only when a call has returned an
 *       error, or that return a new one, are kept apart.
 * </ol>
 *
 * <p>Imprecise on purpose: variables that are assigned more than once are unknown; the ways through
 * a function are independent of each other; what a goroutine allocates belongs to the function that
 * starts it.
 */
@NullMarked
package dev.escapade.count;

import org.jspecify.annotations.NullMarked;
