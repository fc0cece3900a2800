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
 * @param types the concrete types that may be within an interface, or within the interfaces that
 *     are its elements; none if they are not known
 * @param nil whether it is nil, or null if that is unknown
 * @param truth the boolean it is, or null
 * @param text the string it is, if it is a short constant; or null
 * @param name a name for formulas, or empty
 * @param kept whether it is kept from one call to the next, with what is reached from it
 * @param growing whether it is counted elsewhere how it grows
 */
record Known(
    @Nullable Long exact,
    @Nullable Range number,
    @Nullable Range length,
    @Nullable Function function,
    List<String> types,
    @Nullable Boolean nil,
    @Nullable Boolean truth,
    @Nullable String text,
    String name,
    boolean kept,
    boolean growing) {
  /**
   * A function value.
   *
   * @param bound its first arguments
   */
  record Function(String key, List<Known> bound) {}

  static final Known NOTHING =
      new Known(null, null, null, null, List.of(), null, null, null, "", false, false);

  static final Known NIL =
      new Known(null, null, Range.ZERO, null, List.of(), true, null, null, "", false, false);

  static Known number(long n) {
    return new Known(
        n,
        n >= 0 ? Range.exactly(n) : null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        "",
        false,
        false);
  }

  static Known number(@Nullable Range range) {
    if (range == null) {
      return NOTHING;
    }
    long n = range.number();
    return n >= 0
        ? number(n)
        : new Known(null, range, null, null, List.of(), null, null, null, "", false, false);
  }

  static Known sized(@Nullable Range length) {
    return new Known(null, null, length, null, List.of(), null, null, null, "", false, false);
  }

  static Known function(String key, List<Known> bound) {
    return new Known(
        null,
        null,
        null,
        new Function(key, List.copyOf(bound)),
        List.of(),
        false,
        null,
        null,
        "",
        false,
        false);
  }

  /** A value in an interface, of one of these types, or of any if there are none. */
  static Known boxed(List<String> types) {
    return new Known(null, null, null, null, types, false, null, null, "", false, false);
  }

  /** A constant string. */
  static Known text(String text) {
    return new Known(
        null,
        null,
        Range.exactly(text.length()),
        null,
        List.of(),
        null,
        null,
        text,
        "",
        false,
        false);
  }

  /** A slice of a value, which has this length and the same elements. */
  Known slice(@Nullable Range part) {
    return new Known(null, null, part, null, types, null, null, null, "", kept, false);
  }

  /** A slice of this length with elements of these types. */
  static Known elements(@Nullable Range length, List<String> types) {
    return new Known(null, null, length, null, types, null, null, null, "", false, false);
  }

  /** A value of one of these types in an interface, or nil. */
  static Known ofTypes(List<String> types) {
    return new Known(null, null, null, null, types, null, null, null, "", false, false);
  }

  /** An element. */
  Known element() {
    return new Known(
        null, null, null, null, types, types.isEmpty() ? null : false, null, null, "", kept, false);
  }

  static Known truth(boolean b) {
    return new Known(null, null, null, null, List.of(), null, b, null, "", false, false);
  }

  static Known named(String name) {
    return new Known(null, null, null, null, List.of(), null, null, null, name, false, false);
  }

  /** The same, kept or not. */
  Known withKept(boolean b) {
    return b == kept
        ? this
        : new Known(exact, number, length, function, types, nil, truth, text, name, b, growing);
  }

  /** The same, growing or not. */
  Known withGrowing(boolean b) {
    return b == growing
        ? this
        : new Known(exact, number, length, function, types, nil, truth, text, name, kept, b);
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
