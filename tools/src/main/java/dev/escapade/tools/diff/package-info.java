/**
 * What a change does to memory: decisions, counts and findings of two revisions of the same code,
 * with places left aside, so that moved lines are no difference.
 */
@NullMarked
package dev.escapade.tools.diff;

import org.jspecify.annotations.NullMarked;
