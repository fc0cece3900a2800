/** The command {@code escapade check}: what is checked, and which findings are shown. */
@NullMarked
package dev.escapade.tools.check;

import org.jspecify.annotations.NullMarked;
