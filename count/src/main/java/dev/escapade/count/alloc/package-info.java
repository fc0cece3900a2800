/**
 * The allocation model: what each operation of the intermediate representation allocates at run
 * time, which is not what {@code -m} says. An expression that escapes may cost nothing (a constant
 * in an interface, an empty slice), and one that does not escape may allocate (an append that
 * grows, a string longer than the buffer in the frame, a map with more entries than one group).
 *
 * <p>{@link dev.escapade.count.alloc.Sites} reads an operation with its verdict of escape analysis
 * and makes a {@link dev.escapade.count.alloc.Site} of it: what decides about the allocation, in
 * terms of the lengths that are known. {@link dev.escapade.count.alloc.AllocationModel} gives the
 * {@link dev.escapade.count.alloc.Cost} when the lengths are known. The rules are those of the
 * compiler's lowering (cmd/compile/internal/walk: order.go, convert.go, builtin.go, complit.go,
 * closure.go, expr.go) and of the runtime (malloc.go, slice.go, string.go, iface.go, chan.go,
 * internal/runtime/maps); their numbers are {@link dev.escapade.release.AllocationRules}.
 *
 * <p>What is amortized is counted as what it can be: a range from none on. Records that the runtime
 * keeps for reuse (goroutines, deferred calls, waiting lists) count as at most one.
 */
@NullMarked
package dev.escapade.count.alloc;

import org.jspecify.annotations.NullMarked;
