/**
 * Random Go programs, and the hunt for disagreement with the installed toolchain on them.
 *
 * <p>A program is a few packages that import each other, generated from a seed and always the same
 * for it. It is typed by construction: an expression is made for the type that is wanted there, out
 * of what is declared and in scope. Most programs have several packages with generic types and
 * functions that are instantiated and embedded across them. Nothing is ever run, so loops need not
 * end. What is written is a tree of {@link dev.escapade.fuzz.programs.Piece}, so that the shrinker
 * can drop parts of it.
 */
@NullMarked
package dev.escapade.fuzz.programs;

import org.jspecify.annotations.NullMarked;
