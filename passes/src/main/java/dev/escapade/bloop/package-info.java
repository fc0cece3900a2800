/**
 * Keeps values alive in the bodies of {@code for b.Loop()} loops of benchmarks, so that nothing of
 * what is measured is optimized away (cmd/compile/internal/bloop, Go 1.26).
 *
 * <p>After each statement of such a body comes a call of runtime.KeepAlive for each variable that
 * the statement assigns, for the results of a call that nobody uses, or for the arguments of a call
 * without results. What is no variable is first stored in one. Taking the address for the call has
 * consequences (closures capture the variable by reference), the call itself has none.
 */
@NullMarked
package dev.escapade.bloop;

import org.jspecify.annotations.NullMarked;
