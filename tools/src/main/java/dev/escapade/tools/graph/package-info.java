/**
 * Escape graphs for people and programs: which graph is meant ({@link
 * dev.escapade.tools.graph.GraphTarget}), its JSON (docs/escape-graph.schema.json), and a page to
 * browse it in.
 *
 * <p>The page is the JSON, the source lines that it speaks of, and a script that shows them; it
 * loads nothing, so that it can be mailed and archived.
 */
@NullMarked
package dev.escapade.tools.graph;

import org.jspecify.annotations.NullMarked;
