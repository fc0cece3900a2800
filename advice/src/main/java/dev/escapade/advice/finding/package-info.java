/**
 * What rules find, as plain values: they can be stored, compared and rendered, and know nothing of
 * trees or of the code that they are about.
 */
@NullMarked
package dev.escapade.advice.finding;

import org.jspecify.annotations.NullMarked;
