/**
 * Static single assignment form: functions of blocks of values, and what every pass over them
 * needs.
 *
 * <p>Invariants, which hold between passes:
 *
 * <ol>
 *   <li>A value's operation fixes the number and meaning of its arguments; the argument that is
 *       memory is the last one. Memory is a value like any other: who changes it makes a new one.
 *   <li>{@code x.succEdge(i)} is {@code (y, j)} if and only if {@code y.predEdge(j)} is {@code (x,
 *       i)}; argument j of a phi in y belongs to that edge.
 *   <li>{@code uses} of a value is the number of arguments and controls that it is.
 *   <li>A value's definition dominates its uses; for phis, the end of the predecessor.
 *   <li>There is one {@link SType} per identical Go type, so types are compared by {@code ==}.
 * </ol>
 *
 * <p>Numbers of values and blocks are dense and are given out as the release gives them out: the
 * order of some decisions follows the numbers, and dumps can be compared with those of the
 * toolchain (GOSSAFUNC). Orders, dominators and loops are computed when asked for and kept until
 * {@link Func#invalidateCfg}.
 *
 * <p>Source of the vocabulary: cmd/compile/internal/ssa of Go 1.26.
 */
@NullMarked
package dev.escapade.ssa.core;

import org.jspecify.annotations.NullMarked;
