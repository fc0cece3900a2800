package dev.escapade.advice.explain;

import dev.escapade.advice.code.Way;
import dev.escapade.advice.code.Ways;
import java.util.Locale;

/** What would have to change for a value to stay in its frame, by what keeps it. */
final class Remedies {
  private Remedies() {}

  static String of(Way way) {
    String keeper = way.keeper().isEmpty() ? "it" : way.keeper();
    return switch (way.end()) {
      case RETURNED ->
          "return the value instead of a pointer to it, or let the caller pass the memory in; where"
              + " the function is inlined, the caller's frame may hold it already";
      case GLOBAL ->
          "nothing, if package variable "
              + keeper
              + " is to keep it; else store a copy there, or what of it is needed";
      case STORED ->
          "nothing, if " + keeper + " is to keep it; else store a copy, or what of it is needed";
      case SENT -> "send a value instead of a pointer; a receiver may be anywhere";
      case GOROUTINE ->
          "pass a copy to the goroutine as an argument; what a goroutine shares must be on the"
              + " heap";
      case INTERFACE_CALL ->
          "call the method on its concrete type, or make the type known where "
              + keeper
              + " is called: a small function that is inlined, or a profile, does it";
      case FUNCTION_VALUE ->
          "call a declared function, or a literal in place: of a function value nothing is known";
      case CALLEE -> "give " + keeper + " a copy, or what of it is needed; or change what it keeps";
      case SIZE -> "make it smaller, or of a constant size";
      case LOOP -> "declare " + keeper + " inside of the loop, or copy out of it what is needed";
      case COPIED ->
          "nothing, if " + keeper + " is to keep what is copied to it; else keep less of it";
      case HOLDER ->
          isLiteral(way)
              ? "keep the function literal in the frame: call it in place, or pass it to what does"
                  + " not keep it; or let it have a copy"
              : "as for "
                  + Ways.inWords(keeper)
                  + ": what a value on the heap refers to is on the heap";
      case PANIC -> "nothing: a panic may carry its value to any frame";
      case UNKNOWN -> "";
    };
  }

  /** The same in a few words for the headline. */
  static String reason(Way way) {
    return switch (way.end()) {
      case RETURNED -> "it is returned";
      case GLOBAL -> "package variable " + way.keeper() + " keeps it";
      case STORED -> way.keeper().isEmpty() ? "it is stored" : way.keeper() + " keeps it";
      case SENT -> "it is sent on a channel";
      case GOROUTINE -> "a goroutine uses it";
      case INTERFACE_CALL -> "some implementation of " + way.keeper() + " might keep it";
      case FUNCTION_VALUE -> "function value " + way.keeper() + " might keep it";
      case CALLEE -> way.keeper() + " keeps it";
      case SIZE -> "its size does not fit a frame";
      case LOOP -> way.keeper() + " keeps it from round to round";
      case COPIED -> "it is copied to " + (way.keeper().isEmpty() ? "another slice" : way.keeper());
      case HOLDER ->
          (isLiteral(way) ? "a function literal" : Ways.inWords(way.keeper()))
              + " refers to it, which is on the heap itself";
      case PANIC -> "it is the value of a panic";
      case UNKNOWN -> "";
    };
  }

  private static boolean isLiteral(Way way) {
    return way.keeper().equals("func literal");
  }

  /** What would have to change for a function to be inlined, by the compiler's reason. */
  static String ofRefusal(String reason) {
    if (reason.startsWith("function too complex")) {
      return "make it smaller, or move what runs seldom to a function of its own";
    }
    if (reason.startsWith("unhandled op ")) {
      return "move the "
          + reason.substring("unhandled op ".length()).toLowerCase(Locale.ROOT)
          + " statement to a function of its own";
    }
    if (reason.startsWith("marked go:")) {
      return "remove //" + reason.substring("marked ".length()).split(" ", 2)[0];
    }
    return switch (reason) {
      case "recursive" -> "call it from a function that does the first step in a loop";
      case "no function body" -> "nothing: it is written in assembly, or linked from elsewhere";
      default -> "";
    };
  }
}
