/**
 * The representation: functions in static single assignment form, made of blocks and values
 * (cmd/compile/internal/ssa: func.go, block.go, value.go, op.go).
 *
 * <p>A value's type is an {@code SType}: the types of Go, interned so that identical types are one
 * object, with size, alignment and parts at hand; and the few that only SSA has, such as the state
 * of memory.
 */
@NullMarked
package dev.escapade.ssa.core;

import org.jspecify.annotations.NullMarked;
