/**
 * Removes assignments to local variables that nothing reads, so that they do not make anything
 * escape (cmd/compile/internal/deadlocals, Go 1.26).
 *
 * <p>An assignment without effects to a variable is set aside when it is met, and its right side is
 * visited only when a use of the variable turns up; what is still set aside in the end is dead. The
 * order of statements does not matter, so one visit suffices.
 *
 * <p>Invariant: what is removed has no effects, so a call on the right side stays, whatever becomes
 * of its result. What a function literal captures is used as soon as the literal is met.
 *
 * <p>Imprecise on purpose: a variable that only dead assignments read is used, unless these are set
 * aside before; one visit finds what the compiler finds in one.
 */
@NullMarked
package dev.escapade.deadlocals;

import org.jspecify.annotations.NullMarked;
