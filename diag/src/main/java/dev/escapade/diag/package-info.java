/**
 * Source files, positions and diagnostics. Every other module speaks of places in source through
 * this one; it knows none of them.
 *
 * <p>A position is one {@code int}: the base of its file in the {@link dev.escapade.diag.SourceMap}
 * plus a byte offset, as in go/token. {@link dev.escapade.diag.SourceMap#NO_POS} (0) means that
 * there is none.
 */
@NullMarked
package dev.escapade.diag;

import org.jspecify.annotations.NullMarked;
