/**
 * Fuzzing: no input, however broken, may make Escapade crash, hang or exhaust its stack.
 *
 * <p>Two ways. Jazzer calls {@code fuzzerTestOneInput} of a target with bytes that reach new code
 * ({@code fuzz/run}). {@link dev.escapade.fuzz.MutationRun} takes real Go files and deletes,
 * repeats, swaps and replaces tokens, which stays close to valid programs and so comes further than
 * bytes do. {@link dev.escapade.fuzz.MutationTarget} joins the two: Jazzer chooses the mutations,
 * and learns which of them reach new code.
 */
@NullMarked
package dev.escapade.fuzz;

import org.jspecify.annotations.NullMarked;
