/**
 * Everything that the middle end decided about one line of the source, in words. An explanation has
 * the form of a finding, whose chain, cost and advice it needs as well; it is given for what costs
 * nothing, too.
 */
@NullMarked
package dev.escapade.advice.explain;

import org.jspecify.annotations.NullMarked;
