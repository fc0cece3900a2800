/** The command {@code escapade explain}: what was decided on a line, as a story with the source. */
@NullMarked
package dev.escapade.tools.explain;

import org.jspecify.annotations.NullMarked;
