package dev.escapade.tools.count;

import dev.escapade.count.Facts;
import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import java.util.List;

/**
 * The count of one function.
 *
 * @param function the function
 * @param outcome what a call costs
 * @param sites the places in it that allocate
 * @param calls the calls in it that allocate
 */
public record CountEntry(
    Facts.Function function, Outcome outcome, List<SiteCost> sites, List<CallCost> calls) {
  /**
   * A place that allocates.
   *
   * @param cost each time
   * @param times how often
   */
  public record SiteCost(Site site, Cost cost, Range times) {}

  /**
   * A call that allocates.
   *
   * @param candidates what may be called
   * @param outcome what it costs each time
   * @param times how often
   * @param sites the places in the callee that allocate, if that was asked for and it is known
   * @param calls the calls in it that allocate
   */
  public record CallCost(
      Place place,
      List<String> candidates,
      Outcome outcome,
      Range times,
      List<SiteCost> sites,
      List<CallCost> calls) {}
}
