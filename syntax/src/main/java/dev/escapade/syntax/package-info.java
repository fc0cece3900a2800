/**
 * Go source text to syntax trees: scanner, parser, tree and printer.
 *
 * <p>The tree has the shape that Go's compiler gives it (cmd/compile/internal/syntax, Go 1.26),
 * because the positions in the compiler's messages are those of its nodes: the position of a node
 * is that of a token which is characteristic for the production, usually the leftmost one. Nodes
 * are immutable records without facts; later phases keep facts in side tables indexed by {@link
 * dev.escapade.syntax.Expr#id()}, which is dense within one package.
 */
@NullMarked
package dev.escapade.syntax;

import org.jspecify.annotations.NullMarked;
