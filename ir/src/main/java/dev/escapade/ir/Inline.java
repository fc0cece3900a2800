package dev.escapade.ir;

import org.jspecify.annotations.Nullable;

/**
 * How a function may be inlined.
 *
 * @param cost the heuristic cost of the body
 * @param canDelayResults whether the results may be initialized as late as at the return statement
 * @param properties what the heuristics found out about the function; the inliner's own data
 */
public record Inline(int cost, boolean canDelayResults, @Nullable Object properties) {}
