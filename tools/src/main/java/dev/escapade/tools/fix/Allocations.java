package dev.escapade.tools.fix;

import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Range;
import org.jspecify.annotations.Nullable;

/**
 * What a declared function allocates, callees included.
 *
 * @param name as a programmer writes it, with the package's path
 * @param file where it is declared
 * @param call what a call costs
 * @param places the sum of what all places in it cost, on whatever path and in its function
 *     literals as well: where a call takes one of several paths, it may fall though no bound does
 */
public record Allocations(String name, String file, Outcome call, Range places) {
  /** Reports whether a call may cost more than {@code before}, however it ends. */
  boolean isWorseThan(Allocations before) {
    return isWorse(call.normal(), before.call.normal())
        || isWorse(call.failed(), before.call.failed());
  }

  private static boolean isWorse(@Nullable Cost now, @Nullable Cost before) {
    return now != null && before != null && now.allocs().isWorseThan(before.allocs());
  }

  /** Reports whether all is known exactly, and it is the same as {@code before}. */
  boolean isCertainlyAs(Allocations before) {
    Cost cost = call.any();
    boolean isAll = !cost.amortized() && !cost.assuming() && cost.growth().isEmpty();
    return isAll
        && places.equals(Range.exactly(places.low()))
        && places.equals(before.places)
        && perCall().equals(before.perCall());
  }

  /** The number of allocations in a call. */
  public Range perCall() {
    return call.any().allocs();
  }
}
