/**
 * The middle end as a whole: the passes in the order of the release
 * (cmd/compile/internal/gc/main.go, Go 1.26).
 *
 * <p>The order is part of what is decided. Large map literals are moved out of the init function
 * first. Benchmark loops are prepared before calls are inlined, for what keeps a value alive is
 * decided by the source. Costs are computed before any call is replaced, so that they do not depend
 * on the order of functions. When calls are inlined, loops get their variables for each iteration,
 * static initializers are cut out, as they allocate nothing, and dead assignments go, lest they
 * make something escape. Escape analysis comes last and sees every body that will be compiled,
 * wrappers and instances included.
 *
 * <p>Invariants: a pass reads what earlier ones have left in the tree and the {@link
 * dev.escapade.unit.Unit}, and writes decisions to the log only in the order in which the compiler
 * would print them. Nothing of a package is changed when its analyses run ({@link
 * dev.escapade.middle.PackageAnalysis}).
 *
 * <p>Cost: each pass is linear in the size of the code after inlining, except for the solver of
 * escape analysis, whose walks are bounded by the locations that change.
 */
@NullMarked
package dev.escapade.middle;

import org.jspecify.annotations.NullMarked;
