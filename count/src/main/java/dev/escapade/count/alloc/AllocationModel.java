package dev.escapade.count.alloc;

import dev.escapade.release.AllocationRules;
import java.util.List;
import java.util.Set;

/** What a site allocates, given the lengths that matter. */
public final class AllocationModel {
  /** The runtime's structure for a map, and for one of its tables, in bytes. */
  private static final long MAP_BYTES = 48;

  private static final long TABLE_BYTES = 32;
  private static final long CHANNEL_BYTES = 104;
  private static final long GOROUTINE_BYTES = 448;
  private static final long DEFER_BYTES = 64;
  private static final long WORD = 8;

  /** Beyond this many entries nobody wants to know the exact size of a map. */
  private static final long MAX_HINT = 1 << 20;

  /** No slice has more elements: those of a byte would take a terabyte. */
  private static final long MAX_ELEMENTS = 1L << 40;

  /** Up to so many elements the room doubles; the part that is added gets smaller from there. */
  private static final long DOUBLING = 256;

  private final AllocationRules rules;

  /** The model of a release. */
  public AllocationModel(AllocationRules rules) {
    this.rules = rules;
  }

  /**
   * What it costs at most if a slice grows by appends until it has as many elements as fit into
   * memory, starting with none (runtime: nextslicecap, of which rounding up is left out).
   */
  public static Cost growths() {
    long steps = 1;
    for (long room = 1; room < MAX_ELEMENTS; steps++) {
      room += room < DOUBLING ? room : (room + 3 * DOUBLING) / 4;
    }
    return Cost.of(Range.between(0, steps), Range.UNKNOWN);
  }

  /**
   * The cost of running through a site once.
   *
   * @param length the value of {@link Site#length}
   */
  public Cost cost(Site site, Range length) {
    return switch (site.kind()) {
      case OBJECT -> object(site, 1, 1);
      case SMALL_BOX -> object(site, 0, 1);
      case ARRAY -> array(site, length, 0);
      case STRING -> array(site, length, 1);
      case CONCAT -> concat(site, length);
      case APPEND -> append(site, length);
      case RESERVED -> Cost.ASSUMING;
      case RESERVATION -> Cost.RESERVED;
      case MAP -> map(site, length);
      case MAP_PUT -> put(site);
      case CHAN -> channel(site, length);
      case GO -> Cost.of(Range.between(0, 1), Range.between(0, GOROUTINE_BYTES));
      case DEFER -> Cost.of(Range.between(0, 1), Range.between(0, DEFER_BYTES));
    };
  }

  private Cost object(Site site, long low, long high) {
    long bytes = site.elementBytes();
    return bytes == 0
        ? Cost.ZERO
        : Cost.of(
            Range.between(low, high),
            new Range(
                Formula.of(low * leastBytes(bytes, site.pointers())),
                Formula.of(high * rules.heapBytes(bytes, site.pointers()))));
  }

  /** Tiny objects share a block. */
  private long leastBytes(long bytes, boolean pointers) {
    return !pointers && bytes < rules.tinyBytes() ? bytes : rules.heapBytes(bytes, pointers);
  }

  /**
   * A backing array.
   *
   * @param free arrays up to this length cost nothing even without a buffer
   */
  private Cost array(Site site, Range length, long free) {
    if (site.elementBytes() == 0) {
      return Cost.ZERO;
    }
    long none = Math.max(free, site.buffer());
    Formula high = length.high();
    if (high != null && high.isConstant() && high.constant() <= none) {
      return Cost.ZERO;
    }
    boolean certain = length.low().constant() > none;
    return Cost.of(Range.between(certain ? 1 : 0, 1), bytes(site, length, certain));
  }

  private Range bytes(Site site, Range length, boolean certain) {
    long size = site.elementBytes();
    Formula high = length.high();
    long known = length.low().constant();
    Formula low =
        certain ? Formula.of(leastBytes(saturated(known, size), site.pointers())) : Formula.ZERO;
    if (high == null) {
      return new Range(low, null);
    }
    if (high.isConstant()) {
      return new Range(
          low, Formula.of(rules.heapBytes(saturated(high.constant(), size), site.pointers())));
    }
    // A class is at most an eighth greater than what is asked for, or 8 bytes; twice is safe.
    return new Range(
        low, Formula.of(rules.tinyBytes()).plus(high.times(Formula.of(saturated(2, size)))));
  }

  private static long saturated(long n, long size) {
    return n > (Long.MAX_VALUE >> 16) / Math.max(1, size) ? Long.MAX_VALUE >> 16 : n * size;
  }

  /** Two operands that are not empty make a new string; {@code length} is that of all. */
  private Cost concat(Site site, Range length) {
    Cost cost = array(site, length, 0);
    return site.pointers() ? cost : cost.orNothing();
  }

  private Cost append(Site site, Range length) {
    if (site.elementBytes() == 0 || length.isZero()) {
      return Cost.ZERO;
    }
    return Cost.of(Range.between(0, 1), Range.UNKNOWN);
  }

  /** A map with a hint; {@link Site#elementBytes} is the size of a slot. */
  private Cost map(Site site, Range hint) {
    boolean inFrame = site.buffer() != 0;
    Cost header = inFrame ? Cost.ZERO : blocks(1, rules.heapBytes(MAP_BYTES, true));
    long slots = rules.mapGroupSlots();
    Formula high = hint.high();
    if (high != null && high.isConstant() && high.constant() <= slots) {
      return header;
    }
    Cost least = tables(site, Math.min(MAX_HINT, hint.low().constant()));
    if (high == null || !high.isConstant() || high.constant() > MAX_HINT) {
      return header.plus(
          new Cost(
              new Range(least.allocs().low(), high == null ? null : mapAllocs(high)),
              new Range(least.bytes().low(), null),
              high == null ? List.of("the size hint of a map") : List.of(),
              false,
              false,
              Range.ZERO,
              Set.of()));
    }
    return header.plus(least.or(tables(site, high.constant())));
  }

  /** A directory, and two blocks for each table of 1024 slots, at most twice as many as needed. */
  private Formula mapAllocs(Formula hint) {
    return Formula.of(3).plus(hint.times(Formula.of(4)));
  }

  private Cost tables(Site site, long hint) {
    long slots = rules.mapGroupSlots();
    if (hint <= slots) {
      return Cost.ZERO;
    }
    long capacity = hint * slots / rules.mapGroupLoad();
    long count = powerOfTwo((capacity + rules.mapTableSlots() - 1) / rules.mapTableSlots());
    long groups = powerOfTwo(capacity / count) / slots;
    Cost table =
        blocks(1, rules.heapBytes(TABLE_BYTES, true))
            .plus(blocks(1, rules.heapBytes(groups * groupBytes(site), site.pointers())));
    return blocks(1, rules.heapBytes(count * WORD, true))
        .plus(table.times(Range.exactly(count), ""));
  }

  private long groupBytes(Site site) {
    return WORD + rules.mapGroupSlots() * site.elementBytes();
  }

  private static long powerOfTwo(long n) {
    return n <= 1 ? 1 : Long.highestOneBit(n - 1) << 1;
  }

  private static Cost blocks(long n, long bytes) {
    return Cost.of(Range.exactly(n), Range.exactly(n * bytes));
  }

  /**
   * An entry may need the first group; or the first table, with its groups and a directory; or two
   * tables in place of one, with a greater directory. Great keys and elements are blocks of their
   * own, of which {@link Site#buffer} tells the number.
   */
  private Cost put(Site site) {
    return Cost.of(Range.between(0, 5 + site.buffer()), Range.UNKNOWN);
  }

  /** The channel and its buffer are one block unless elements hold pointers. */
  private Cost channel(Site site, Range length) {
    long header = rules.heapBytes(CHANNEL_BYTES, true);
    if (length.isZero() || site.elementBytes() == 0) {
      return blocks(1, header);
    }
    Site elements =
        new Site(
            site.place(),
            site.what(),
            Site.Kind.ARRAY,
            site.elementBytes(),
            site.pointers(),
            0,
            site.length(),
            site.said());
    Cost buffer = array(elements, length, 0);
    if (site.pointers()) {
      return blocks(1, header).plus(buffer);
    }
    return Cost.of(Range.exactly(1), Range.exactly(header).plus(buffer.bytes()));
  }
}
