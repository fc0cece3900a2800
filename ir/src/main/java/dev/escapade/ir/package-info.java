/**
 * The lowered, typed form of Go code that the middle end works on.
 *
 * <p>It has the nodes of {@code cmd/compile/internal/ir} (Go 1.26) as they stand after unified IR
 * was read and before "walk": costs, printed bodies and escape flows are defined on exactly these
 * nodes, so the kinds of nodes and their children are those of the compiler.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A {@link dev.escapade.ir.Node} has one parent, except {@link dev.escapade.ir.Name}, {@link
 *       dev.escapade.ir.BasicLit}, {@link dev.escapade.ir.NilExpr} and {@link
 *       dev.escapade.ir.TypeNode}, which may occur anywhere and must not be edited in place.
 *   <li>Every expression has a type, but for statements' pseudo-expressions ({@link
 *       dev.escapade.ir.KeyExpr}, {@link dev.escapade.ir.StructKeyExpr}) and calls without results.
 *       Types are those of the checker; every conversion between different types is a node.
 *   <li>Children are visited in the compiler's order: initialization first, then the operands in
 *       the order of the fields.
 *   <li>A position is a place in the source and an index into the {@link dev.escapade.ir.InlTree}
 *       of the compilation, 0 for code that was not inlined.
 * </ol>
 *
 * Nodes are mutable and belong to one compilation, thus to one thread at a time.
 */
@NullMarked
package dev.escapade.ir;

import org.jspecify.annotations.NullMarked;
