/** The rules, one class for each slug, in the one list {@link dev.escapade.advice.rules.Rules}. */
@NullMarked
package dev.escapade.advice.rules;

import org.jspecify.annotations.NullMarked;
