/**
 * What the compiler's optimization log has ({@code -json=0,dir}; cmd/compile/internal/logopt, go
 * 1.26), as typed records, and its rendering.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An {@link dev.escapade.decisions.Optimization} is complete: its {@link
 *       dev.escapade.decisions.Place places} name every inlined call they stand in, so that no
 *       reader needs the inline tree.
 *   <li>The {@link dev.escapade.decisions.OptimizationLog} has the order in which the compiler
 *       records. What is written is sorted by outermost place; records of one place keep their
 *       order.
 *   <li>Whoever decides writes the record: inlining, devirtualization and escape analysis theirs,
 *       and what stands after them (nil checks, bounds checks, copies) its own, into the same log.
 * </ol>
 *
 * <p>{@link dev.escapade.decisions.optlog.CompilerJson} is the compiler's format, version 0: for
 * each source file a header line and then one diagnostic of the Language Server Protocol a line.
 */
@NullMarked
package dev.escapade.decisions.optlog;

import org.jspecify.annotations.NullMarked;
