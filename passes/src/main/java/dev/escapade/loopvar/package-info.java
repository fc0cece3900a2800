/**
 * Variables per iteration: from language version 1.22 on, each iteration of a loop has its own copy
 * of the variables that the loop declares.
 *
 * <p>That matters only for variables that something may still refer to when the iteration is over.
 * {@link dev.escapade.loopvar.LoopVariables} finds those by their form: the address is taken, or a
 * closure captures the variable, other than in a return statement that leaves the loop. Such a loop
 * is rewritten so that the variable is declared in the body and copied from one iteration to the
 * next; all others keep one variable for the whole loop (cmd/compile/internal/loopvar, Go 1.26).
 *
 * <p>Invariants: the rewritten loop declares the variable in its head still, under the same name,
 * so that positions and messages are those of the source; a continue statement of the loop becomes
 * a jump to the copy at the end of the body.
 *
 * <p>Cost: one visit of each function with a loop. Files have their own language versions, and so
 * have inlined bodies: the version that counts is that of the file where the loop is written.
 *
 * <p>Imprecise on purpose: what is captured counts as kept, even by a function literal that is
 * called in place and never again; escape analysis decides later what that costs.
 */
@NullMarked
package dev.escapade.loopvar;

import org.jspecify.annotations.NullMarked;
