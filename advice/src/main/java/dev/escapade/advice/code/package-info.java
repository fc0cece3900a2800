/**
 * A package as rules see it: its trees with the ways back up, questions about types and calls, the
 * allocations that the middle end has decided on, and the ways by which they escape, in words.
 */
@NullMarked
package dev.escapade.advice.code;

import org.jspecify.annotations.NullMarked;
