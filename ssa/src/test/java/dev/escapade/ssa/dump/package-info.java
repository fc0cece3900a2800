/**
 * Reads functions that an instrumented compiler wrote between its passes, and runs single passes of
 * ours on them: what a pass of ours makes of what the compiler's pass before left must be what the
 * compiler's pass made of it. A tool of developers; nothing depends on it.
 *
 * <p>A dump has, for each function, the types, auxiliary objects, and then the blocks and values
 * after each pass, with their numbers, the numbers that are free, and the table of constants, so
 * that equality can be asked for number by number.
 */
@NullMarked
package dev.escapade.ssa.dump;

import org.jspecify.annotations.NullMarked;
