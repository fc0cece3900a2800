/**
 * Inlining: which functions may be inlined, at what cost, and which calls are.
 *
 * <h2>May a function be inlined?</h2>
 *
 * <p>{@link dev.escapade.inline.Inlinability} asks of each function, callees first, what forbids it
 * (a directive, no body) and what it costs. The cost ({@link dev.escapade.inline.CostVisitor})
 * counts nodes; a call counts what the callee's body costs if that will be inlined in turn, and a
 * large surcharge otherwise. What exceeds the budget is refused. A function literal has a larger
 * budget, because it may turn out to be called once only.
 *
 * <h2>Is a call inlined?</h2>
 *
 * <p>{@link dev.escapade.inline.CallInliner} finds the callee, through variables that are assigned
 * once, and compares its cost with what the caller allows: less in a big function, more for a
 * function literal, most for one with a single call. A function is not inlined into its own inlined
 * body. {@link dev.escapade.inline.Interleaved} does so for all calls of a package, callers after
 * callees, each batch to a fixpoint: an inlined body brings new calls, known values and, through
 * devirtualization, new callees.
 *
 * <p>Invariants: a callee's body is built anew for each call, so bodies share no nodes; the cost of
 * a function does not depend on what has been inlined into it, as all costs are computed before.
 *
 * <p>The rules are those of cmd/compile/internal/inline and inline/interleaved (Go 1.26), without
 * the heuristics of inline/inlheur, which that release turns off. With a profile, functions that a
 * hot call leads to get a larger budget ({@link dev.escapade.pgo.HotCalls}), and it is used at the
 * hot calls alone.
 *
 * <p>Cost: each body is visited once for its cost, and the visit stops when the budget is spent;
 * inlining copies bodies, and what they bring is visited in the next round, so the work is linear
 * in the size of the result.
 *
 * <p>Imprecise on purpose: the cost counts nodes, not instructions, and a callee is found only
 * through variables that are assigned once. What is refused for its cost is refused everywhere,
 * whatever a constant argument would leave of the body.
 */
@NullMarked
package dev.escapade.inline;

import org.jspecify.annotations.NullMarked;
