/**
 * The back end over a package: each function is lowered, built and rewritten, in the order in which
 * the compiler does it (cmd/compile/internal/gc/compile.go, Go 1.26).
 */
@NullMarked
package dev.escapade.ssa.compile;

import org.jspecify.annotations.NullMarked;
