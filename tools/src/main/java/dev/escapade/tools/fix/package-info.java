/**
 * Applying the fixes that rules propose, each proven: the changed code is analysed again in memory,
 * and a fix stays only if its finding is gone, nothing else is found that was not there before, and
 * the package still type-checks.
 *
 * <p>{@link dev.escapade.tools.fix.Edits} changes text, {@link dev.escapade.tools.fix.Prover}
 * searches for those that stay, {@link dev.escapade.tools.fix.Objections} says what speaks against
 * them, {@link dev.escapade.tools.fix.FixDiff} shows them. The prover does not know what an
 * analysis is: it asks for the {@link dev.escapade.tools.fix.Verdicts} on changed files.
 */
@NullMarked
package dev.escapade.tools.fix;

import org.jspecify.annotations.NullMarked;
