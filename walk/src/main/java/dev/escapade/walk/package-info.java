/**
 * Lowering (cmd/compile/internal/walk, Go 1.26): code after escape analysis becomes code that a
 * back end can take over operation by operation.
 *
 * <p>Two steps per function. {@code Order} fixes the order of evaluation: what has effects, or a
 * value that others may change, is put into temporaries by statements of its own. {@code Walk} then
 * replaces what has no instruction: maps, channels, strings, interfaces, ranges, switches and
 * selects become calls of package runtime, comparisons, jumps and plain loops; composite literals
 * become assignments or static data; closures become structs.
 *
 * <p>Nodes are changed in place. The names and order of temporaries are the release's, since what
 * the back end decides depends on them.
 */
@NullMarked
package dev.escapade.walk;

import org.jspecify.annotations.NullMarked;
