/**
 * Static initialization: which package-level variables get their values when the program is linked,
 * and what is left for the package's init function.
 *
 * <p>It is a pass of the middle end because what is static allocates nothing: it must be gone from
 * the init function before escape analysis looks. An initializer is static if it is made of
 * constants, addresses of package-level variables, functions and composite literals of these; a
 * literal that is static except for some elements leaves assignments to the places of those
 * elements. A copy of another variable is static if that is, unless a function that has run before
 * may have changed it. A call is static if it was inlined and the body is one return statement;
 * then the arguments are put in the places of the parameters.
 *
 * <p>Large map literals are moved to functions of their own first, so that the linker can drop
 * those of maps that nobody uses (cmd/compile/internal/staticinit, pkginit; Go 1.26).
 *
 * <h2>Invariants, cost, and what is imprecise</h2>
 *
 * <p>What is static has the same value whenever the package's init function starts; a variable that
 * is copied before some function may have changed it must not be written in between. The statements
 * that are left keep their order.
 *
 * <p>Cost: each initializer is visited once, and again for each variable that copies it.
 *
 * <p>Imprecise on purpose: only calls with a single return statement are followed, no arithmetic is
 * done that the type checker has not done, and interfaces hold only what is pointer-shaped or
 * read-only.
 */
@NullMarked
package dev.escapade.staticinit;

import org.jspecify.annotations.NullMarked;
