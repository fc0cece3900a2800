package dev.escapade.count;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of package fmt: the printer takes the operands one after the other, each with its
 * verb, and whether a type prints itself depends on its methods and the verb (fmt: print.go, {@code
 * handleMethods}). The printer hands these on in its fields, which are followed nowhere else.
 */
final class Printing {
  /** Prints one operand: the printer, the operand, the verb. */
  static final String OPERAND = "fmt.(*pp).printArg";

  /** Prints a string that a method has returned: the printer, the string, the verb. */
  static final String STRING = "fmt.(*pp).fmtString";

  private static final String FORMATTED = "fmt.(*pp).doPrintf";
  private static final List<String> PLAIN = List.of("fmt.(*pp).doPrint", "fmt.(*pp).doPrintln");

  /** Where integers are written into the printer's buffer, or into a new one if they are wide. */
  private static final List<String> INTEGERS =
      List.of("fmt.(*fmt).fmtInteger", "fmt.(*fmt).fmtUnicode");

  private static final String FORMAT = "Formatfunc(fmt.State";
  private static final String ERROR = "Errorfunc() string";
  private static final String STRINGER = "Stringfunc() string";
  private static final String STRING_VERBS = "vsxXq";

  private Printing() {}

  /** Reports whether the printer that is at work stays so within a function. */
  static boolean isWithin(String function) {
    return function.startsWith("fmt.");
  }

  /**
   * Reports whether a function starts with an operand after the other, with a format or without.
   */
  static boolean isStart(String function) {
    return function.equals(FORMATTED) || PLAIN.contains(function);
  }

  /** Reports whether what a function makes is needed only for wide integers. */
  static boolean isForWide(String function) {
    return INTEGERS.contains(function);
  }

  /** The verbs of the operands of a call; null if they are not known. */
  static @Nullable List<Formats.Verb> verbs(String function, List<Known> args) {
    boolean formatted = function.equals(FORMATTED);
    if (args.size() < (formatted ? 3 : 2)) {
      return null;
    }
    long operands = args.getLast().each();
    if (!formatted) {
      List<Formats.Verb> verbs = new ArrayList<>();
      for (long i = 0; i < operands; i++) {
        verbs.add(new Formats.Verb('v', false, true));
      }
      return operands == 0 ? null : verbs;
    }
    String format = args.get(1).text();
    List<Formats.Verb> verbs = format == null ? null : Formats.verbs(format);
    // Operands without a verb are printed, too, and verbs without an operand.
    return verbs == null || (operands != 0 && operands != verbs.size()) ? null : verbs;
  }

  /**
   * The method that a type prints itself with, by its name and signature; empty if it has none;
   * null if that is not known.
   */
  static @Nullable String method(Facts.ConcreteType type, Formats.Verb verb) {
    boolean string = STRING_VERBS.indexOf(verb.letter()) >= 0;
    if (type.keys(STRINGER) == null && type.keys(ERROR) == null) {
      string = false;
    }
    for (String method : type.methods().keySet()) {
      if (method.startsWith(FORMAT)) {
        return method;
      }
    }
    if (verb.sharp() && verb.letter() == 'v') {
      return null;
    }
    if (verb.letter() == 'w') {
      return type.keys(ERROR) == null ? null : ERROR;
    }
    return !string ? "" : type.keys(ERROR) == null ? STRINGER : ERROR;
  }
}
