/**
 * How arguments and results are passed (Go internal ABI specification; cmd/compile/internal/abi, Go
 * 1.26): which go in registers, and where on the stack the others are.
 *
 * <p>A value is passed in registers if all its parts fit in those that are left, each part in one
 * of the integer or of the floating-point registers; otherwise on the stack as a whole. Parameters
 * in registers get room to be spilled to, above the arguments that are on the stack.
 */
@NullMarked
package dev.escapade.ssa.abi;

import org.jspecify.annotations.NullMarked;
