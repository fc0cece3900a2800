/**
 * Keeps values alive in the bodies of {@code for b.Loop()} loops of benchmarks, so that nothing of
 * what is measured is optimized away (cmd/compile/internal/bloop, Go 1.26).
 *
 * <p>After each statement of such a body comes a call of runtime.KeepAlive for each variable that
 * the statement assigns, for the results of a call that nobody uses, or for the arguments of a call
 * without results. What is no variable is first stored in one. Taking the address for the call has
 * consequences (closures capture the variable by reference), the call itself has none.
 *
 * <p>Representation: the statements are inserted into the tree before anything is inlined, so later
 * passes see ordinary calls. Invariant: the statements of the body keep their order, and what is
 * added evaluates nothing twice.
 *
 * <p>Cost: one visit of the functions of a package that imports testing; no other package is looked
 * at.
 *
 * <p>Imprecise on purpose: only a for statement whose condition is the call itself counts, as in
 * the compiler; a condition that is kept in a variable is not followed.
 */
@NullMarked
package dev.escapade.bloop;

import org.jspecify.annotations.NullMarked;
