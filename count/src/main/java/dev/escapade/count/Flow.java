package dev.escapade.count;

import java.util.List;

/**
 * How values of interfaces and functions get from one place to another, whatever the order in which
 * a function does things. Places are named: variables, parameters and results of functions, fields
 * of a type, elements of a kind.
 */
public sealed interface Flow {
  /** All places to which something may be assigned that nobody sees. */
  String ANYWHERE = "*";

  /** The place of everything that is looked at by reflection, or that it can make. */
  String REFLECTED = "*reflected";

  /** The parameter of a function that nobody sees: what gets there may be called with anything. */
  String OUTSIDE = "*#0";

  /**
   * What is in one place may be in another.
   *
   * @param iface the interface that it must implement, as in an assertion; or empty
   */
  record Copy(String from, String to, String iface) implements Flow {}

  /** A value of a concrete type gets into an interface. */
  record Boxed(String type, String to) implements Flow {}

  /**
   * A function is used as a value.
   *
   * @param skipped how many of its parameters are bound: the receiver of a method value
   */
  record Function(String key, int skipped, String to) implements Flow {}

  /** A value that nobody here sees the making of, by reflection or through unsafe pointers. */
  record Unknown(String to) implements Flow {}

  /** A function with this name is called; its parameters and results are places. */
  record Static(String key) implements Flow {}

  /**
   * A method of an interface is called.
   *
   * @param args the places of the arguments, empty where they are of no interest
   */
  record Method(String receiver, String method, List<String> args, List<String> results)
      implements Flow {}

  /** A function value is called. */
  record Value(String fn, String signature, List<String> args, List<String> results)
      implements Flow {}

  /** A method of what is in an interface becomes a function value. */
  record MethodValue(String receiver, String method, String to) implements Flow {}

  /** The place of a parameter, the receiver first. */
  static String param(String key, int i) {
    return key + "#" + i;
  }

  /** The place of a result. */
  static String result(String key, int i) {
    return key + "#r" + i;
  }

  /** The place of what is in interfaces with this dynamic type, for types of functions. */
  static String inBox(String type) {
    return "B:" + type;
  }
}
