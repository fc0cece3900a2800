/**
 * Which variables in a function's frame are live at its calls (cmd/compile/internal/liveness, Go
 * 1.26), as the flag {@code -live} asks: where the garbage collector may look at the frame, it has
 * to know which of the variables with pointers hold something that is still needed.
 *
 * <p>Two kinds of things are in the frame. <em>Variables that are kept in memory</em>, since they
 * are too large or their address is taken, are read, written and begun by operations that name
 * them; whether one is live is found backwards over these ({@link
 * dev.escapade.ssa.liveness.VariableEffects}). <em>Values</em> are in registers, but a call leaves
 * none as it was: what is needed after a call is kept in the frame across it, under the name of a
 * variable that has had the value, or in a temporary. So a value is in the frame at a call if and
 * only if it is used after it, and needs no register allocation to be found ({@link
 * dev.escapade.ssa.liveness.Frame}).
 *
 * <p>What follows from a number of registers is not modelled: which values are kept although no
 * call comes between, for lack of registers, and which part of an address is computed again. That
 * decides the numbers of temporaries, so {@code .autotmp_12} may be {@code .autotmp_13} in truth.
 */
@NullMarked
package dev.escapade.ssa.liveness;

import org.jspecify.annotations.NullMarked;
