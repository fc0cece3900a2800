/**
 * Variables per iteration: from language version 1.22 on, each iteration of a loop has its own copy
 * of the variables that the loop declares.
 *
 * <p>That matters only for variables that something may still refer to when the iteration is over.
 * {@link dev.escapade.loopvar.LoopVariables} finds those by their form: the address is taken, or a
 * closure captures the variable, other than in a return statement that leaves the loop. Such a loop
 * is rewritten so that the variable is declared in the body and copied from one iteration to the
 * next; all others keep one variable for the whole loop (cmd/compile/internal/loopvar, Go 1.26).
 */
@NullMarked
package dev.escapade.loopvar;

import org.jspecify.annotations.NullMarked;
