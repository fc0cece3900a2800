/**
 * How close Escapade comes to the installed Go toolchain: for developers of Escapade.
 *
 * <p>Both print lines for each package. Lines are compared by package as multisets: agreement is
 * {@code same / (same + missing + extra)}. Outputs reach hundreds of megabytes, so nothing but a
 * 64-bit hash of each line is kept ({@link dev.escapade.tools.compare.LineBag}): the toolchain's
 * output is read once to fill the bags, Escapade's is taken out of them line by line, and what is
 * left is looked up in a second reading. The toolchain's output is kept on disk, because making it
 * takes minutes.
 *
 * <p>Disagreements are sorted into kinds by their {@linkplain dev.escapade.tools.compare.Shape
 * shape}, the compiler's words without names and numbers, so that the commonest fault is on top.
 */
@NullMarked
package dev.escapade.tools.compare;

import org.jspecify.annotations.NullMarked;
