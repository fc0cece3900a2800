package dev.escapade.count;

import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param parts what is known of the fields of a struct, by {@code .name}, or of the elements of a
 *     slice of interfaces, by {@code [index]}
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
    boolean growing,
    Map<String, Known> parts) {
  /**
   * A function value.
   *
   * @param bound its first arguments
   * @param captured its last ones
   */
  record Function(String key, List<Known> bound, List<Known> captured) {
    /** The arguments of a function with {@code params} parameters, if it is called with some. */
    List<Known> arguments(List<Known> given, int params) {
      List<Known> all = new ArrayList<>(bound);
      all.addAll(given);
      if (!captured.isEmpty()) {
        while (all.size() < params - captured.size()) {
          all.add(NOTHING);
        }
        all.addAll(captured);
      }
      return all;
    }
  }

  /** The name of the part that is in an interface. */
  private static final String CONTENT = " content";

  static final Known NOTHING =
      new Known(null, null, null, null, List.of(), null, null, null, "", false, false, Map.of());

  static final Known NIL =
      new Known(
          null, null, Range.ZERO, null, List.of(), true, null, null, "", false, false, Map.of());

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
        false,
        Map.of());
  }

  static Known number(@Nullable Range range) {
    if (range == null) {
      return NOTHING;
    }
    long n = range.number();
    return n >= 0
        ? number(n)
        : new Known(
            null, range, null, null, List.of(), null, null, null, "", false, false, Map.of());
  }

  static Known sized(@Nullable Range length) {
    return new Known(
        null, null, length, null, List.of(), null, null, null, "", false, false, Map.of());
  }

  static Known function(String key, List<Known> bound, List<Known> captured) {
    return new Known(
        null,
        null,
        null,
        new Function(key, List.copyOf(bound), List.copyOf(captured)),
        List.of(),
        false,
        null,
        null,
        "",
        false,
        false,
        Map.of());
  }

  /** A value in an interface, of one of these types, or of any if there are none. */
  static Known boxed(List<String> types) {
    return new Known(null, null, null, null, types, false, null, null, "", false, false, Map.of());
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
        false,
        Map.of());
  }

  /** A slice of a value, which has this length and the same elements. */
  Known slice(@Nullable Range part) {
    return new Known(null, null, part, null, types, null, null, null, "", kept, false, Map.of());
  }

  /** A slice of this length with elements of these types, and if they are known, these. */
  static Known elements(@Nullable Range length, List<String> types, List<Known> each) {
    Map<String, Known> parts = new HashMap<>();
    for (Known k : each) {
      parts.put(index(parts.size()), k);
    }
    return new Known(
        null, null, length, null, types, null, null, null, "", false, false, Map.copyOf(parts));
  }

  private static String index(int i) {
    return "[" + i + "]";
  }

  /** How many elements are known, each. */
  int each() {
    return parts.containsKey(index(0)) ? parts.size() : 0;
  }

  /** The element with an index. */
  Known element(int i) {
    Known k = parts.get(index(i));
    return k == null ? element() : k;
  }

  /** A value of one of these types in an interface, or nil. */
  static Known ofTypes(List<String> types) {
    return new Known(null, null, null, null, types, null, null, null, "", false, false, Map.of());
  }

  /** An element. */
  Known element() {
    return new Known(
        null,
        null,
        null,
        null,
        types,
        types.isEmpty() ? null : false,
        null,
        null,
        "",
        kept,
        false,
        Map.of());
  }

  static Known truth(boolean b) {
    return new Known(null, null, null, null, List.of(), null, b, null, "", false, false, Map.of());
  }

  static Known named(String name) {
    return new Known(
        null, null, null, null, List.of(), null, null, null, name, false, false, Map.of());
  }

  /** The same, kept or not. */
  Known withKept(boolean b) {
    return b == kept
        ? this
        : new Known(
            exact, number, length, function, types, nil, truth, text, name, b, growing, parts);
  }

  /** The same, growing or not. */
  Known withGrowing(boolean b) {
    return b == growing
        ? this
        : new Known(exact, number, length, function, types, nil, truth, text, name, kept, b, parts);
  }

  /** The same as the value of a pointer that is not nil. */
  Known asAddress() {
    return new Known(
        exact, number, length, function, types, false, truth, text, name, kept, growing, parts);
  }

  /** The same with what is in the interface: a pointer that is not nil, or something unknown. */
  Known withContent(Known content) {
    return Boolean.FALSE.equals(content.nil()) && content.function() == null
        ? new Known(
            exact,
            number,
            length,
            function,
            types,
            nil,
            truth,
            text,
            name,
            kept,
            growing,
            Map.of(CONTENT, NOTHING.asAddress()))
        : this;
  }

  /** What is in the interface. */
  Known content() {
    return parts.getOrDefault(CONTENT, NOTHING).withKept(kept);
  }

  /** A struct. */
  static Known struct(Map<String, Known> fields) {
    return new Known(
        null, null, null, null, List.of(), null, null, null, "", false, false, Map.copyOf(fields));
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
