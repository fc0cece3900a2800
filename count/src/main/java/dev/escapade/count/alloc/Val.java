package dev.escapade.count.alloc;

import java.util.List;
import java.util.Map;

/**
 * What is known of a value when a function is read, in terms of the function's parameters. Values
 * never have effects.
 */
public sealed interface Val {
  /** An integer. */
  record Num(long value) implements Val {}

  /** A string, slice, map or channel of which the length is known in terms of others. */
  record Sized(Val length) implements Val {}

  /** A short constant string; a byte in each char. */
  record Text(String text) implements Val {}

  /** A string that is put together from strings and decimal numbers. */
  record Joined(List<Val> parts) implements Val {}

  /** A slice of a value. */
  record Sub(Val of, Val length) implements Val {}

  /** A parameter, the receiver first, by its index. */
  record Param(int index, String name) implements Val {}

  /**
   * A slice of interfaces.
   *
   * @param types those that are in them; none if some are not known
   * @param each the elements
   */
  record Elements(Val length, List<String> types, List<Val> each) implements Val {}

  /** An element of a slice. */
  record Element(Val of) implements Val {}

  /** A part of a value, as {@code .name} of {@code base}; for names in formulas. */
  record Part(Val base, String suffix) implements Val {}

  /** The length of a value. */
  record Len(Val of) implements Val {}

  /** {@code a op b} with + - * / &lt;&lt; &gt;&gt; or m (the smaller one), M (the greater one). */
  record Op(char op, Val a, Val b) implements Val {}

  /**
   * A function or function literal.
   *
   * @param key its name for the linker
   * @param bound the values of its first parameters
   * @param captured the values of the variables around it, which count as its last parameters
   */
  record Fn(String key, List<Val> bound, List<Val> captured) implements Val {}

  /** A struct, with the fields that are given. */
  record Struct(Map<String, Val> fields) implements Val {}

  /** A literal of an array, slice or map; without keys if it is no map. */
  record Table(List<Val> keys, List<Val> elements) implements Val {}

  /** An element of a {@link Table}, or of a variable that is one. */
  record Row(Val table, Val index) implements Val {}

  /**
   * A variable of a loop that is run through for each element of a table.
   *
   * @param otherwise what is known of it elsewhere
   */
  record Bound(int id, Val otherwise) implements Val {}

  /** A value of a concrete type in an interface; in generic code the name has shapes. */
  record Boxed(String type, Val value) implements Val {}

  /** Nil, of any type. */
  record Nil() implements Val {}

  /** A package's variable. */
  record Global(String name) implements Val {}

  /** Whether a value in an interface has a type, or implements an interface. */
  record IsOf(Val value, String type) implements Val {}

  /** A pointer that is not nil. */
  record Address(Val value) implements Val {}

  /** What is in an interface, of a type that is no interface. */
  record Content(Val of) implements Val {}

  /** A boolean constant. */
  record Truth(boolean value) implements Val {}

  /** Anything; the name may stand in formulas, if it is not empty. */
  record Any(String name) implements Val {}

  /**
   * A value that belongs to somebody.
   *
   * @param owner {@link #KEPT}, a parameter, or {@link ResultOf}
   * @param spot which object or slice it is, or {@link #ANY}
   */
  record Owned(Val value, Val owner, Val spot) implements Val {}

  /** A variable of a function, by a number. */
  record Local(int id) implements Val {}

  /**
   * A slice or object that is known by a name: that of a variable, or a field within.
   *
   * @param base a {@link Local} or {@link Param}: it, or what it points to
   * @param path the fields, as {@code .buf}
   */
  record Spot(Val base, String path) implements Val {}

  /** The {@link Spot} of the first result of a function, which may be that of an argument. */
  record SameAs(String callee, List<Val> args) implements Val {}

  /** The {@link Spot} that all of these are, if they are one. */
  record AllSame(List<Val> spots) implements Val {}

  /**
   * The owner of the first result of a function, which may be kept, or be that of an argument.
   *
   * @param owners whom the arguments belong to
   */
  record ResultOf(String callee, List<Val> owners) implements Val {}

  /** The owner of what is kept from one call to the next. */
  record Kept() implements Val {}

  /**
   * A value of an interface or function type.
   *
   * @param value what is known of it
   * @param place where it comes from, if that is not enough
   */
  record Flowing(Val value, String place) implements Val {}

  /**
   * A field of a type that is not followed further than to know whether it ever changes.
   *
   * @param zero its value if it does not: false, 0, nil or ""
   */
  record Field(Val value, String place, String zero) implements Val {}

  /** What is kept. */
  Val KEPT = new Kept();

  /** Nothing is known. */
  Val ANY = new Any("");

  /** The nil value. */
  Val NIL = new Nil();
}
