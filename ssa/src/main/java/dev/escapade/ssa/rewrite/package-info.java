/**
 * A small language of rewrite rules, and its interpreter.
 *
 * <p>A rule says {@code pattern -> result}, or {@code pattern -> result if condition}, in the
 * notation of arithmetic: {@code (x + y) - x -> y}. Arithmetic operators stand for the operations
 * of a width ({@code +} is Add8, Add16, Add32 or Add64), and a rule for several widths is written
 * once; in the names of other operations {@code $} stands for the width: {@code RotateLeft$(x,
 * #c)}. The parts are:
 *
 * <ul>
 *   <li>{@code x}: any value; the same name twice asks for the same value. {@code _}: any value.
 *   <li>{@code #c}: an integer constant, the same name twice asks for the same number; {@code 0},
 *       {@code -1}: that constant. Its width is that of the operation; that of shift counts is 64.
 *   <li>{@code i:…}: gives the value a name, to ask for its uses or type or to use it again.
 *   <li>in results {@code #(c+d)}: a new constant; {@code …<x>}: with the type of value x, or with
 *       a type by name such as {@code <UInt64>}. Without it a new value has the type that its
 *       operation fixes, or that of the value rewritten.
 *   <li>conditions are C-like expressions over the constants, with a few functions (see {@link
 *       dev.escapade.ssa.rewrite.Expression}).
 * </ul>
 *
 * <p>Rules are tried in the order in which they are written; arguments of commutative operations in
 * both orders, the written one first, outer operations before inner ones. So which rule applies,
 * and how, is the same as for the release's generated matchers.
 */
@NullMarked
package dev.escapade.ssa.rewrite;

import org.jspecify.annotations.NullMarked;
