package dev.escapade.escape;

import dev.escapade.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * A list of what in the source code brings an assignment about, from the inside out; kept only when
 * paths are wanted.
 */
record Note(@Nullable Note next, Node where, String why) {}
