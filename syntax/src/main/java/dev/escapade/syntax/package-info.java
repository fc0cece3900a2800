/**
 * Go source text to syntax trees: scanner, parser, tree and printer.
 *
 * <p>The tree has the shape that Go's compiler gives it (cmd/compile/internal/syntax, Go 1.26),
 * because the positions in the compiler's messages are those of its nodes: the position of a node
 * is that of a token which is characteristic for the production, usually the leftmost one. Nodes
 * are immutable records without facts; later phases keep facts in side tables indexed by {@link
 * dev.escapade.syntax.Expr#id()}, which is dense within one package.
 *
 * <p>{@link dev.escapade.syntax.Parser} is the way in. Below it, {@code Scanner} makes tokens from
 * bytes, {@code TokenReader} adds errors, recovery and directives, and one class for each part of
 * the language (declarations, statements, expressions, types, parameters) makes nodes. A file with
 * errors still gives a tree; what could not be understood is a {@link
 * dev.escapade.syntax.Expr.BadExpr}, a name {@code _}, or missing. Trees are as deep as {@link
 * dev.escapade.syntax.Limits} allows, so whoever recurses over them runs on a thread with a stack
 * to match; the walks, positions and checks of this package do not recurse into long chains.
 */
@NullMarked
package dev.escapade.syntax;

import org.jspecify.annotations.NullMarked;
