/**
 * What belongs to one release of Go and to no other: budgets, thresholds, limits, the functions
 * that the back end treats specially. A pass asks its {@link dev.escapade.release.Release} instead
 * of writing a literal, so that "what did another release decide?" is a question about data.
 *
 * <p>Today there is one release, {@link dev.escapade.release.Release#GO1_26}.
 */
@NullMarked
package dev.escapade.release;

import org.jspecify.annotations.NullMarked;
