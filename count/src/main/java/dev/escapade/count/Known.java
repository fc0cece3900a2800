package dev.escapade.count;

import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value while a call is counted, in terms of the parameters of the function that
 * the user asked for.
 *
 * @param exact the integer it is, or null
 * @param number the integers it may be, if they are not negative; or null
 * @param length its length, or null
 * @param function the function it is, or null
 * @param type the concrete type within an interface, or null
 * @param nil whether it is nil, or null if that is unknown
 * @param truth the boolean it is, or null
 * @param name a name for formulas, or empty
 */
record Known(
    @Nullable Long exact,
    @Nullable Range number,
    @Nullable Range length,
    @Nullable Function function,
    @Nullable String type,
    @Nullable Boolean nil,
    @Nullable Boolean truth,
    String name) {
  /**
   * A function value.
   *
   * @param bound its first arguments
   */
  record Function(String key, List<Known> bound) {}

  static final Known NOTHING = new Known(null, null, null, null, null, null, null, "");

  static final Known NIL = new Known(null, null, Range.ZERO, null, null, true, null, "");

  static Known number(long n) {
    return new Known(n, n >= 0 ? Range.exactly(n) : null, null, null, null, null, null, "");
  }

  static Known number(@Nullable Range range) {
    if (range == null) {
      return NOTHING;
    }
    long n = range.number();
    return n >= 0 ? number(n) : new Known(null, range, null, null, null, null, null, "");
  }

  static Known sized(@Nullable Range length) {
    return new Known(null, null, length, null, null, null, null, "");
  }

  static Known function(String key, List<Known> bound) {
    return new Known(
        null, null, null, new Function(key, List.copyOf(bound)), null, false, null, "");
  }

  static Known boxed(String type) {
    return new Known(null, null, null, null, type, false, null, "");
  }

  static Known truth(boolean b) {
    return new Known(null, null, null, null, null, null, b, "");
  }

  static Known named(String name) {
    return new Known(null, null, null, null, null, null, null, name);
  }

  /** The integer, as a range. */
  @Nullable Range asNumber() {
    if (number != null) {
      return number;
    }
    return name.isEmpty() ? null : Range.exactly(Formula.symbol(name));
  }

  /** The length, as a range. */
  @Nullable Range asLength() {
    if (length != null) {
      return length;
    }
    return name.isEmpty() ? null : Range.exactly(Formula.symbol("len(" + name + ")"));
  }
}
