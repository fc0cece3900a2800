/**
 * Escape analysis: which variables and allocations of a function may live on the stack.
 *
 * <p>A stack object must not be reachable from the heap, and no pointer to it may outlive it: the
 * frame goes away when the function returns, and a variable declared in a loop is a new one in each
 * iteration. What might break either rule is put on the heap.
 *
 * <h2>Representation</h2>
 *
 * <p>Every variable and every allocating expression of a batch is a {@link
 * dev.escapade.escape.Location}. An assignment is an edge between two of them, weighted with the
 * number of dereferences minus the number of address operators: {@code p = q} has weight 0, {@code
 * p = *q} weight 1, {@code p = &q} weight -1 (never less: the address of an address does not
 * exist). Control flow, the fields of structs and the elements of slices are not told apart; the
 * analysis is imprecise there on purpose, as the compiler is. Four locations stand for what has no
 * variable: the heap, the target of every store through a pointer, the callee of every unknown
 * call, and the place where unused values go.
 *
 * <p>While the tree is walked, a {@link dev.escapade.escape.Hole} says where the value of the
 * expression at hand goes; {@link dev.escapade.escape.FuncFlow} and its parts turn statements,
 * expressions, calls and assignments into edges.
 *
 * <h2>Algorithm</h2>
 *
 * <p>{@link dev.escapade.escape.Solver} computes, from each location as root, the least number of
 * dereferences on a path from any other location to it (a shortest path with the intermediate sums
 * bounded below by 0). A sum of -1 means that an address reaches the root; if the root outlives
 * what was addressed, that escapes. A location is walked again when it begins to escape or to
 * persist, each of which happens once, so there are linearly many walks; a walk costs the edges
 * that it passes. {@link dev.escapade.escape.SilentSolver} comes to the same without a walk for
 * each location, for those who do not ask for paths; in a batch of thousands of functions it takes
 * a hundredth of the time.
 *
 * <h2>Functions and packages</h2>
 *
 * <p>Functions are analysed in batches of mutual recursion, callees first. What a batch finds about
 * a parameter, {@link dev.escapade.escape.Leaks}, is all that callers see, in the same package or
 * in another. A closure that captures is analysed within the function around it.
 *
 * <p>Order matters for messages: the compiler reports while it solves, so locations, edges and the
 * work queue keep the order of cmd/compile/internal/escape (Go 1.26).
 *
 * <h2>Imprecise on purpose</h2>
 *
 * <p>Besides fields, elements and control flow: a store through any pointer goes to the heap, so a
 * list that is built of locals only escapes; an unknown callee keeps all its arguments; parameters
 * of one batch are not told apart by call; and how deep a result refers into a parameter is kept up
 * to a small number of dereferences. What is larger than a frame may hold, or of a size that is not
 * constant, escapes whatever refers to it.
 */
@NullMarked
package dev.escapade.escape;

import org.jspecify.annotations.NullMarked;
