/**
 * The command {@code escapade check}: which findings are shown, and their plain forms, text and
 * JSON.
 */
@NullMarked
package dev.escapade.tools.check;

import org.jspecify.annotations.NullMarked;
