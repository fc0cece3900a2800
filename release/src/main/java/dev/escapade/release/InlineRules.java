package dev.escapade.release;

/**
 * The inliner's budgets and costs (cmd/compile/internal/inline). A cost counts IR nodes, corrected
 * by the surcharges below.
 *
 * @param maxBudget the cost above which a function is too complex
 * @param extraCallCost the surcharge of a call that will not be inlined itself
 * @param extraCallCostAggressive that surcharge under {@code -l=4}
 * @param paramCallCost the surcharge of calling a parameter: it may turn out to be known
 * @param extraPanicCost the surcharge of {@code panic}
 * @param extraThrowCost the surcharge of {@code runtime.throw}
 * @param extraAppendCost the surcharge of {@code append}
 * @param closureCost the surcharge of a function literal
 * @param bigFunctionNodes the number of nodes from which a function is big
 * @param bigFunctionMaxCost the greatest cost of what is inlined into a big function
 * @param closureCalledOnceCost the greatest cost of a function literal with a single call
 * @param closureFactor by how much the limit grows when a function literal is called
 * @param mapInitNodes the number of nodes from which the initializer of a map becomes a function
 * @param hotMaxBudget the budget of a function that a profile calls hot
 * @param hotCallSiteThresholdPercent the share of all calls that hot call sites make up
 */
public record InlineRules(
    int maxBudget,
    int extraCallCost,
    int extraCallCostAggressive,
    int paramCallCost,
    int extraPanicCost,
    int extraThrowCost,
    int extraAppendCost,
    int closureCost,
    int bigFunctionNodes,
    int bigFunctionMaxCost,
    int closureCalledOnceCost,
    int closureFactor,
    int mapInitNodes,
    int hotMaxBudget,
    double hotCallSiteThresholdPercent) {}
