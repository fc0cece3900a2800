package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import java.util.List;

/** All rules, sorted by slug. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new AddressOfParameter(),
          new AppendWithoutCapacity(),
          new BufferPerIteration(),
          new ChannelSendEscapes(),
          new ClosureCapturesByReference(),
          new ClosureCapturesLargeValue(),
          new ContractViolated(),
          new DeferBlocksInlining(),
          new DeferInLoop(),
          new EagerLargeReservation(),
          new ElementPointerPinsArray(),
          new ErrorCreatedPerCall(),
          new ErrorWrapOnHotPath(),
          new GenericDictionaryCall(),
          new GlobalStoreEscapes(),
          new GoroutineClosurePerIteration(),
          new GoroutineLeakOnChannel(),
          new InterfaceBoxingEscapes(),
          new LargeMapValue(),
          new LargeValueCopy(),
          new LiveReferenceAtRelease(),
          new MakeBeforeErrorCheck(),
          new MapForSingleLookup(),
          new MapNeverShrinks(),
          new MapWithoutSizeHint(),
          new MethodValueEscapes(),
          new MissedDevirtualization(),
          new NoinlineOnHotPath(),
          new NonConstantMakeSize(),
          new ObjectTooLargeForStack(),
          new PoolObjectUsedAfterPut(),
          new PoolRetainsLargeField(),
          new RarePointerScanCost(),
          new ReflectFormatting(),
          new RegexpCompiledPerCall(),
          new ReturnPointerToLocal(),
          new ReusedDecodeTarget(),
          new SliceOfPointers(),
          new SortSliceReflection(),
          new StoredArgumentEscapes(),
          new StringBytesCopy(),
          new StringConcatInLoop(),
          new StringMadeToAppend(),
          new StructPadding(),
          new SubslicePinsArray(),
          new TickerNotStopped(),
          new TimeFormatIntermediate(),
          new TransitiveAllocation(),
          new VariadicAnyBoxing());

  private Rules() {}

  /** All rules, sorted by slug. */
  public static List<Rule> all() {
    return ALL;
  }
}
