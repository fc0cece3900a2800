package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import java.util.List;

/** All rules, sorted by slug. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new AppendWithoutCapacity(),
          new DeferInLoop(),
          new EagerLargeReservation(),
          new ErrorCreatedPerCall(),
          new InterfaceBoxingEscapes(),
          new LargeMapValue(),
          new LargeValueCopy(),
          new MapNeverShrinks(),
          new MapWithoutSizeHint(),
          new RarePointerScanCost(),
          new ReusedDecodeTarget(),
          new SliceOfPointers(),
          new StringConcatInLoop(),
          new StructPadding(),
          new TickerNotStopped());

  private Rules() {}

  /** All rules, sorted by slug. */
  public static List<Rule> all() {
    return ALL;
  }
}
