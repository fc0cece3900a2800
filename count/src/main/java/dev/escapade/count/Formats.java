package dev.escapade.count;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads formats of package fmt. */
final class Formats {
  private Formats() {}

  /**
   * The verbs of a format, in order; null if it takes widths from arguments, names arguments by
   * their indices, or is wrong.
   */
  static @Nullable List<Integer> verbs(String format) {
    List<Integer> verbs = new ArrayList<>();
    int i = format.indexOf('%') + 1;
    while (i > 0) {
      while (i < format.length() && "+-# 0.123456789".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      if (i == format.length() || "*[".indexOf(format.charAt(i)) >= 0 || format.charAt(i) > '~') {
        return null;
      }
      if (format.charAt(i) != '%') {
        verbs.add((int) format.charAt(i));
      }
      i = format.indexOf('%', i + 1) + 1;
    }
    return verbs;
  }
}
