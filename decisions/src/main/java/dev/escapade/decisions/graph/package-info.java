/**
 * Escape graphs as data: what escape analysis knew of a batch of functions when it decided.
 *
 * <p>A graph is made only for functions that somebody asks for ({@link
 * dev.escapade.decisions.graph.GraphSink}); nothing is recorded otherwise. It is complete in
 * itself: positions are resolved, nodes spelled as the compiler spells them, and references within
 * it are indices, so that it outlives the code that it describes.
 */
@NullMarked
package dev.escapade.decisions.graph;

import org.jspecify.annotations.NullMarked;
