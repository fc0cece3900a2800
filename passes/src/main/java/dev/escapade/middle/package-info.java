/**
 * The middle end as a whole: the passes in the order of the release
 * (cmd/compile/internal/gc/main.go, Go 1.26).
 */
@NullMarked
package dev.escapade.middle;

import org.jspecify.annotations.NullMarked;
