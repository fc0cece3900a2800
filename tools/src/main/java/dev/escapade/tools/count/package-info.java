/** Counts of allocations: collected from a build, printed, and compared with benchmarks. */
@NullMarked
package dev.escapade.tools.count;

import org.jspecify.annotations.NullMarked;
