/**
 * Exact values of constants and the operations on them (Go spec, "Constants"; go/constant, Go
 * 1.26).
 *
 * <p>Integers are exact, up to any size. Floating-point values are exact fractions as long as
 * numerator and denominator stay below 4096 bits; beyond, they are binary floating-point numbers of
 * 512 bits, and what is computed from one stays one. A complex value is a pair of these. An unknown
 * value stands for what could not be computed, and every operation on it is unknown.
 *
 * <p>Go strings are sequences of bytes. Here they are <i>byte strings</i>: Java strings whose chars
 * are 0 to 255, one per byte, so that length and order are those of Go; see {@link
 * dev.escapade.types.constant.GoStrings}.
 */
@NullMarked
package dev.escapade.types.constant;

import org.jspecify.annotations.NullMarked;
